"""Every paper: its words and its picture as they were looked at, and what must hold for all of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from counter_app.documents import Papers
from counter_app.documents.papers import Document, qr_matrix, read_document
from counter_app.documents.registry import papers as all_papers
from counter_app.domain.papers import plain_of
from counter_app.problems import Problem
from counter_app.seals.receipts import qr_text
from tests.documents.conftest import ALIKE, DOTS, drawn, unlike, words
from tests.documents.contents import INSTANT, PERSON
from tests.documents.samples import proof_of, sample

KINDS = sorted(all_papers())
NAMES = (
    "𬱖晓梅",
    "䶮",
    "欧阳𬱖䶮",
    "买买提·艾合买提",
    "阿卜杜热合曼江·买买提吐尔逊江·艾合买提江·吾守尔",  # 24 and one more
    "司马㛃𫖯𬀪𬸚",
    "O’Brien-Müller José",
    "王\U0003ff0a明",  # no font has it
)


@pytest.mark.parametrize("kind", KINDS)
def test_words_are_the_golden_ones(kind: str, golden: Callable[[str, bytes], bytes]) -> None:
    told = "\n".join(drawn(sample(kind)).lines) + "\n"
    assert told == golden(f"{kind}.txt", told.encode("utf-8")).decode("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_page_looks_like_the_golden_picture(
    kind: str,
    papers: Papers,
    golden: Callable[[str, bytes], bytes],
    pictures: Callable[[bytes, int], list[Image.Image]],
) -> None:
    pages = pictures(papers.render(sample(kind), proof_of(sample(kind))).pdf, DOTS)
    assert len(pages) == 1, "an ordinary paper is one page"
    held = io.BytesIO()
    pages[0].quantize(16).save(held, "PNG", optimize=True)
    kept = Image.open(io.BytesIO(golden(f"{kind}.png", held.getvalue()))).convert("L")
    assert unlike(pages[0], kept) < ALIKE


@pytest.mark.parametrize("kind", KINDS)
def test_another_program_reads_every_word(
    kind: str, papers: Papers, pdftotext: Callable[[bytes], str]
) -> None:
    found = pdftotext(papers.render(sample(kind), proof_of(sample(kind))).pdf)
    assert words(found) == words("".join(drawn(sample(kind)).lines))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_as_it_is_written(
    name: str, papers: Papers, pdftotext: Callable[[bytes], str]
) -> None:
    content = replace(PERSON, applicant_name=name)
    found = pdftotext(papers.render(content, proof_of(content)).pdf)
    assert name in found.replace("\n", " ")


def test_same_arguments_same_bytes() -> None:
    for content in (PERSON, INSTANT):
        proof = proof_of(content)
        first = Papers().render(content, proof, 2)
        Papers().render(sample("DYHD"), proof_of(sample("DYHD")))  # what else was printed leaves no trace
        again = Papers().render(content, proof, 2)
        assert (first.pdf, first.name) == (again.pdf, again.name)
        assert b"CreationDate (D:2000" in first.pdf  # no time of printing in the file


def test_four_threads_print_what_one_prints() -> None:
    contents = [sample(kind) for kind in KINDS[:8]]
    alone = [Papers().render(content, proof_of(content)).pdf for content in contents]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda content: Papers().render(content, proof_of(content)).pdf, contents))
    assert together == alone


@pytest.mark.parametrize("kind", KINDS)
def test_qr_on_the_page_says_the_proof(
    kind: str, papers: Papers, pictures: Callable[[bytes, int], list[Image.Image]]
) -> None:
    proof = proof_of(sample(kind))
    page = pictures(papers.render(sample(kind), proof).pdf, 200)[0]
    assert [found.text for found in zxingcpp.read_barcodes(page)] == [qr_text(proof)]


def test_a_lost_line_is_another_picture(
    papers: Papers, pictures: Callable[[bytes, int], list[Image.Image]]
) -> None:
    """The tolerance between pictures is narrower than the smallest thing that matters."""
    whole = sample("SLTZ")
    less = replace(whole, materials=[replace(whole.materials[0], name=""), *whole.materials[1:]])
    one, two = (pictures(papers.render(c, proof_of(PERSON)).pdf, DOTS)[0] for c in (whole, less))
    assert unlike(one, two) > ALIKE


def test_qr_is_a_square_with_a_quiet_edge() -> None:
    matrix = qr_matrix("OW1R.abc")
    assert all(len(row) == len(matrix) for row in matrix)
    assert not any(matrix[0])
    assert not any(row[0] for row in matrix)


def test_kinds_are_the_papers_that_exist(papers: Papers) -> None:
    assert dict(papers.kinds()) == {code: paper.title for code, paper in all_papers().items()}


def test_unknown_kind_is_refused(papers: Papers) -> None:
    with pytest.raises(Problem) as refused:
        papers.render(replace(PERSON, kind="XXXX"), proof_of(PERSON))
    assert refused.value.code == "not-found"


@pytest.mark.parametrize("kind", KINDS)
def test_reprint_and_demo_are_said(kind: str) -> None:
    plain = drawn(sample(kind)).lines
    marked = drawn(replace(sample(kind), demo=True), reprint=3).lines
    assert "补打 3" in marked
    assert any("演示单据" in line for line in marked)
    assert not any(re.fullmatch(r"补打 \d+", line) or "演示" in line for line in plain)


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_is_printed_whole(kind: str) -> None:
    """Neither a certificate number nor an account; the unified code of a unit is no secret."""
    for content in (sample(kind), replace(sample(kind), agent_name="李敏", agent_certno_tail="1242")):
        told = "\n".join(drawn(content).lines)
        assert not re.search(r"(?<![\d-])\d{15,19}[\dXx]?(?![\d-])", told)


def test_attachment_is_enough_to_print_again() -> None:
    document = Document(plain_of(PERSON), proof_of(PERSON), 2, 1, True)
    assert read_document(document.canonical()) == document


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"content":[],"proof":[]}', b"\xff"])
def test_what_is_not_ours_is_no_document(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_document(data)


def test_copies_follow_the_practice() -> None:
    assert {code for code, paper in all_papers().items() if paper.copies == 2} == {
        "SLTZ",
        "RQCN",
        "GZCN",
        "YJJJ",
        "ZBYS",
        "PLQD",
    }
