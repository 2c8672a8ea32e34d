"""Every paper a citizen is handed has words beside its own: title, headings, labels, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import tomli

import resources
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.papers import PAPERS, STAFF
from counter_app.catalog.tongues import read_tongue
from counter_app.documents.bilingual import words_for
from counter_app.documents.blocks import Facts, Heading, Key, Opening, Signing, Table
from counter_app.documents.registry import paper_of
from tests.documents.conftest import drawn
from tests.documents.samples import sample

TONGUES = {one.code: one for one in map(read_tongue, resources.names("forms/tongues", ".toml"))}
OFFICE = STAFF | {"RZZD"}
FOR_PEOPLE = [kind for kind in PAPERS if kind not in OFFICE]
HAN = re.compile("[\u4e00-\u9fff]")
# What a citizen of each matter may promise in writing.
PROMISES = {
    kind.id: tuple(dict.fromkeys(one.commit_text for one in kind.materials if one.commit_text))
    for kind in load_catalogue().types.values()
}
PROMISED = ("SLTZ", "YWHZ", "RQCN", "GZCN")  # papers that name what was promised
# What comes with the case, not with the paper: labels of its own form's answers stay Chinese.
ANSWERS = frozenset({
    "申报病种", "鉴定医院", "安置地", "备案起始日期", "名单人数", "退回更正", "缴费记录",
})  # fmt: skip


def said(kind: str) -> Iterator[str]:
    """What the program itself puts on a paper but its sentences."""
    yield paper_of(kind).title
    for block in paper_of(kind).blocks(sample(kind)):
        if isinstance(block, Facts | Key):
            yield from (name for name, value in block.pairs if value.strip() and name not in ANSWERS)
        elif isinstance(block, Table):
            yield from (name for _, name in block.columns)
        elif isinstance(block, Signing):
            yield from block.signers
        elif isinstance(block, Heading | Opening):
            yield block.text


def sentences(name: str) -> Iterator[str]:
    """Every sentence of a form, its places filled."""
    for told in tomli.loads(resources.read_bytes(name).decode("utf-8")).values():
        for text in [told] if isinstance(told, str) else told if isinstance(told, list) else []:
            yield re.sub(r"\{\w+\}", "2026年12月4日", text)


@pytest.mark.parametrize("code", ["ug", "zh_Hant"])
@pytest.mark.parametrize("kind", FOR_PEOPLE)
def test_nothing_of_a_citizens_paper_is_left_without_words(kind: str, code: str) -> None:
    spoken = TONGUES[code]
    assert [text for text in said(kind) if not spoken.known(text.strip("　 "))] == []
    given = paper_of(kind).form
    told = [text for text in sentences(f"forms/{given}.toml") if text != "2026年12月4日。"]
    assert [text for text in told if not spoken.known(text)] == []


def test_a_day_inside_a_sentence_becomes_a_number() -> None:
    told = words_for("预计在 2027年1月11日 前办结，办结后将及时通知您。", TONGUES["en"])
    assert told.startswith("It should be completed by 2027-01-11")


def test_a_place_never_swallows_the_rest_of_a_sentence() -> None:
    told = words_for(
        "进度查询与咨询：查询码 7K3；咨询电话 0633-8000000；"
        "监督电话 0633-8000001；医保热线 12393、政务热线 12345。",
        TONGUES["en"],
    )
    assert "complaints 0633-8000001" in told
    assert not re.search("[\u4e00-\u9fff]", told)


@pytest.mark.parametrize("code", TONGUES)
def test_what_was_promised_is_named_in_the_language_too(code: str) -> None:
    spoken, told = (
        TONGUES[code],
        "本人对下列事项作出书面承诺：{}。承诺不实的，愿意退回所得待遇并依法承担相应责任。",
    )
    alone = {text for texts in PROMISES.values() for text in texts}
    together = [told.format("、".join(texts)) for texts in PROMISES.values() if texts]
    assert len(alone) > 15
    assert [text for text in alone if text not in spoken.words] == []
    if code != "zh_Hant":
        assert [text for text in together if HAN.search(words_for(text, spoken) or text)] == []


@pytest.mark.parametrize("code", TONGUES)
@pytest.mark.parametrize("kind", PROMISED)
def test_a_paper_with_most_promises_is_still_one_sheet(kind: str, code: str) -> None:
    most = max(PROMISES.values(), key=lambda texts: len("".join(texts)))
    assert len(most) > 2
    lines = drawn(replace(sample(kind), commitments=list(most), tongue=code)).lines
    assert sum("页，共" in line for line in lines) <= 1


@pytest.mark.parametrize("code", ["en", "zh_Hant"])
def test_the_promise_itself_stands_on_its_paper_in_both_languages(code: str) -> None:
    text = "本次外伤无第三方责任"
    for promised in ([text], [text, "本人已出国（境）定居"]):
        page = "".join(drawn(replace(sample("GZCN"), commitments=promised, tongue=code)).lines)
        assert text in page
        assert TONGUES[code].words[text].replace(" ", "") in page.replace(" ", "")
