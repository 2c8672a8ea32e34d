"""Every paper a citizen is handed has words beside its own: title, headings, labels, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import tomli

import resources
from counter_app.catalog.papers import PAPERS, STAFF
from counter_app.catalog.tongues import read_tongue
from counter_app.documents.bilingual import words_for
from counter_app.documents.blocks import Facts, Heading, Key, Opening, Signing, Table
from counter_app.documents.registry import paper_of
from tests.documents.samples import sample

TONGUES = {one.code: one for one in map(read_tongue, resources.names("forms/tongues", ".toml"))}
OFFICE = STAFF | {"RZZD"}
FOR_PEOPLE = [kind for kind in PAPERS if kind not in OFFICE]
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
