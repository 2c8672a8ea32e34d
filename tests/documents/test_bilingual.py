"""Papers for who reads another language: beside the Chinese, on one sheet, found by another program."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

import resources
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.papers import PAPERS
from counter_app.catalog.tongues import places, read_tongue
from counter_app.documents import Papers
from counter_app.documents.bilingual import beside, lighter, tongue_of, words_for
from counter_app.documents.blocks import Block, Facts, Key, Listed, Text
from counter_app.documents.registry import paper_of
from counter_app.documents.verify import verify_file
from counter_app.domain.papers import PaperContent, plain_of
from tests.documents.conftest import ALIKE, DOTS, drawn, unlike
from tests.documents.contents import PERSON
from tests.documents.samples import proof_of, public_keys, sample

ROOT = Path(__file__).resolve().parents[2]
FILES = resources.names("forms/tongues", ".toml")
TONGUES = {one.code: one for one in map(read_tongue, FILES)}
DATED = "请在 2026年12月4日 前补正；逾期未补正的，视为放弃本次申请，以后仍可重新申请。"
OFFICE = frozenset({"YJJJ", "ZBYS", "RZZD"})  # between windows, back office and the day's end: Chinese alone
FOR_PEOPLE = tuple(kind for kind in PAPERS if kind not in OFFICE)
LOOKED_AT = (("SLTZ", "ug"), ("YWHZ", "en"), ("SLHZ", "kk_Arab"), ("SQWT", "ug"), ("BZGZ", "zh_Hant"),
             ("RQCN", "ug"), ("JFZM", "kk_Arab"), ("BYSL", "en"), ("DYHD", "ug"))  # fmt: skip


def of(kind: str, code: str) -> PaperContent:
    """A sample for somebody who reads a language."""
    return replace(sample(kind), tongue=code)


@pytest.fixture(scope="module")
def sources() -> str:
    """Every sentence and label of papers, what people promise, and the code that says the rest."""
    forms = [resources.read_bytes(name).decode("utf-8") for name in resources.names("forms", ".toml")]
    files = [*(ROOT / "counter_app/documents").glob("*.py"), *(ROOT / "counter_app/domain").glob("*.py")]
    files += [ROOT / "counter_app/catalog/papers.py", ROOT / "counter_app/services/results.py"]
    promised = [one.commit_text for kind in load_catalogue().types.values() for one in kind.materials]
    return "\n".join([*forms, *promised, *(file.read_text("utf-8") for file in files)])


def test_the_languages_of_papers_are_those_of_the_screens() -> None:
    assert set(TONGUES) == {"en", "kk_Arab", "ug", "zh_Hant"}
    assert {f"languages/{code}.toml" for code in TONGUES} == set(resources.names("languages", ".toml"))


@pytest.mark.parametrize("code", TONGUES)
def test_no_phrase_is_missing_and_every_place_is_kept(code: str) -> None:
    words = TONGUES[code].words
    assert set(words) == set(TONGUES["en"].words)
    assert [text for text, said in words.items() if places(text) != places(said) or not said.strip()] == []


def test_every_phrase_still_stands_on_a_paper(sources: str) -> None:
    """A phrase whose Chinese was changed would never be found again."""
    gone = []
    for text in TONGUES["en"].words:
        parts = re.split(r"\{\w+\}|[：。；]", text)
        gone += [(text, part) for part in parts if part.strip() and part.strip() not in sources]
    assert gone == []


@pytest.mark.parametrize("code", ["ug", "kk_Arab"])
def test_arabic_script_is_written_in_arabic_script_and_says_who_wrote_it(code: str) -> None:
    for text, said in TONGUES[code].words.items():
        letters = re.sub(r"\{\w+\}|№", "", said)
        assert not re.search(r"[A-Za-z\u4e00-\u9fff]", letters), text
    head = resources.read_bytes(f"forms/tongues/{code}.toml").decode("utf-8").partition("[words]")[0]
    assert "NON-NATIVE" in head or "reviewed = true" in head


@pytest.mark.parametrize(("kind", "code"), LOOKED_AT)
def test_a_paper_in_two_languages_looks_as_it_was_looked_at(
    kind: str,
    code: str,
    papers: Papers,
    golden: Callable[[str, bytes], bytes],
    pictures: Callable[[bytes, int], list[Image.Image]],
) -> None:
    content = of(kind, code)
    told = "\n".join(drawn(content).lines) + "\n"
    assert told == golden(f"{kind}-{code}.txt", told.encode("utf-8")).decode("utf-8")
    job = papers.render(content, proof_of(content))
    assert job.pdf == Papers().render(content, proof_of(content)).pdf
    pages = pictures(job.pdf, DOTS)
    held = io.BytesIO()
    pages[0].quantize(16).save(held, "PNG", optimize=True)
    kept = Image.open(io.BytesIO(golden(f"{kind}-{code}.png", held.getvalue()))).convert("L")
    assert unlike(pages[0], kept) < ALIKE


@pytest.mark.parametrize("kind", FOR_PEOPLE)
def test_one_sheet_in_chinese_is_one_in_two_languages_and_the_chinese_is_whole(kind: str) -> None:
    alone = _chinese(drawn(sample(kind)).lines)
    for code in TONGUES:
        lines = drawn(of(kind, code)).lines
        assert sum("页，共" in line for line in lines) <= 1
        assert not alone - _chinese(lines)


def _chinese(lines: Sequence[str]) -> Counter[str]:
    """How often each Chinese character stands on a paper."""
    return Counter(char for line in lines for char in line if "\u4e00" <= char <= "\u9fff")


@pytest.mark.parametrize("kind", ["SLTZ", "SLHZ", "SQWT"])
def test_another_program_reads_the_words_that_are_read_from_the_right(
    kind: str, papers: Papers, pdftotext: Callable[[bytes], str]
) -> None:
    content = of(kind, "ug")
    found = set(re.findall("[\u0600-\u08ff]+", pdftotext(papers.render(content, proof_of(content)).pdf)))
    words = TONGUES["ug"].words
    wanted = [words[paper_of(kind).title], *(words[label] for label in _labels(kind))]
    assert [
        word for text in wanted for word in re.findall("[\u0600-\u08ff]+", text) if word not in found
    ] == []


def _labels(kind: str) -> list[str]:
    """Labels of facts and of the frame, as the Chinese has them."""
    given = paper_of(kind).blocks(sample(kind))
    pairs = [
        pair for block in given if isinstance(block, Facts | Key) for pair in block.pairs if pair[1].strip()
    ]
    return [name for name, _ in pairs if name in TONGUES["ug"].words]


def test_a_paper_in_two_languages_is_verified_and_one_in_chinese_says_nothing_new(tmp_path: Path) -> None:
    content = of("YWHZ", "kk_Arab")
    file = tmp_path / "paper.pdf"
    file.write_bytes(Papers().render(content, proof_of(content)).pdf)
    assert verify_file(file, public_keys()).ok
    assert "tongue" not in plain_of(PERSON)


def test_days_become_numbers_and_what_has_no_words_stays_chinese() -> None:
    english = tongue_of("en")
    assert words_for("2026年12月4日", english) == "2026-12-04"
    assert words_for(
        "请在 2026年12月4日 前补正；逾期未补正的，视为放弃本次申请，以后仍可重新申请。", english
    ).startswith("Please complete it before 2026-12-04.")
    assert words_for("欧阳晓梅", english) == words_for("受理：2026年12月4日", english) == ""
    assert words_for("受理日期", None) == words_for("受理日期", tongue_of("zh_Hant")) == ""
    assert tongue_of("xx") is tongue_of("../common") is None
    assert beside([Text("咨询电话")], "xx") == [Text("咨询电话")]


def test_a_label_of_a_slip_has_its_words_beside_its_value() -> None:
    told: list[Block] = beside([Text("编号：1"), Text("事项：甲"), Text("甲乙：丙")], "en")
    assert [block.aside for block in told if isinstance(block, Text)] == ["Number", "Matter", ""]


def test_a_full_sheet_loses_what_repeats_before_it_loses_a_day() -> None:
    lines = (
        "办理本事项不收取任何费用。",
        "请在 2026年12月4日 前补正；逾期未补正的，视为放弃本次申请，以后仍可重新申请。",
    )
    given = beside([Listed(lines), Key((("应办结日", "2026年12月21日"),))], "en")
    steps = list(lighter(given))
    advice = [
        [bool(one) for one in block.asides] for step in steps for block in step if isinstance(block, Listed)
    ]
    assert advice == [[False, True], [False, True], [], []]
    frame = [block.asides for step in steps for block in step if isinstance(block, Key)]
    assert frame[0] == (("To be completed by", "2026-12-21"),)
    assert frame[-1] == (("To be completed by", ""),)
