"""A paper signed with a finger before two witnesses: who they were, lines for them, and it verifies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.documents import Papers
from counter_app.documents.papers import Document, draw
from counter_app.documents.verify import verify_file
from counter_app.domain.papers import PaperContent, PaperReading, PaperSignature, plain_of
from tests.documents.samples import proof_of, public_keys, sample
from tests.documents.test_signatures import FINGER, PICTURES, UNDER

SEEN = ["陈静（综合窗口，工号 0317）", "林晓（值班主管，工号 0318）"]


def read(kind: str) -> PaperContent:
    reading = PaperReading(UNDER, "2026-11-22T09:30:00+08:00", SEEN)
    given = [PaperSignature(FINGER, "finger", UNDER)]
    return replace(sample(kind), signatures=given, readings=[reading])


@pytest.mark.parametrize("kind", ["SLTZ", "GZCN", "YWHZ"])
def test_it_names_the_two_and_verifies(kind: str, papers: Papers, tmp_path: Path) -> None:
    content, file = read(kind), tmp_path / "a.pdf"
    told = "\n".join(draw(Document(plain_of(content), proof_of(content))).press.lines)
    assert "当面念读" in told.replace("\n", "")
    assert all(one in told for one in SEEN)
    file.write_bytes(papers.render(content, proof_of(content), 0, PICTURES).pdf)
    assert verify_file(file, public_keys()).ok


def test_a_paper_of_somebody_who_writes_says_nothing_of_it() -> None:
    content = sample("SLTZ")
    assert "readings" not in plain_of(content)
    told = "\n".join(draw(Document(plain_of(content), proof_of(content))).press.lines)
    assert "见证人" not in told


def test_a_finger_never_stands_on_a_line_of_the_staff() -> None:
    """告知承诺书 has a line for each side; only the citizen's carries what the citizen gave."""
    content = read("RQCN")
    document = Document(plain_of(content), proof_of(content))
    assert "".join(draw(document).press.lines).count("（电子指纹，") == 1
