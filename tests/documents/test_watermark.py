"""Who had it printed stands under the words of what stays in the house, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from counter_app.documents import Papers
from counter_app.documents.papers import Document, draw
from counter_app.documents.registry import papers as every_paper
from counter_app.documents.verify import verify_file
from counter_app.documents.watermark import FAINT, INTERNAL, ground, mark_of
from counter_app.domain.papers import plain_of
from tests.documents.samples import proof_of, public_keys, sample

ASKED = replace(sample("CXJG"), agent_name="欧阳晓", window="3", clerk_no="0317")


def test_a_citizens_own_paper_carries_none() -> None:
    own = [kind for kind in every_paper() if kind not in ("RZZD", "YJJJ")]
    assert [kind for kind in own if mark_of(replace(sample(kind), agent_name=""))] == []


def test_who_asked_for_somebody_else_stands_on_what_they_were_told() -> None:
    mark = mark_of(ASKED)
    assert all(word in mark for word in ("代查人 欧阳晓", "3 号窗口", "工号 0317", "2026年"))
    assert mark_of(replace(ASKED, agent_name="")) == ""


@pytest.mark.parametrize("kind", sorted(INTERNAL))
def test_what_stays_in_the_house_says_so(kind: str) -> None:
    assert mark_of(sample(kind)).startswith("内部使用")


def test_the_words_verify_as_before_and_can_still_be_read(
    papers: Papers, tmp_path: Path, pictures: Callable[[bytes, int], list[Image.Image]]
) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(papers.render(ASKED, proof_of(ASKED)).pdf)
    assert verify_file(file, public_keys()).ok
    told = "\n".join(draw(Document(plain_of(ASKED), proof_of(ASKED))).press.lines)
    assert "代查人" not in told
    page = pictures(file.read_bytes(), 60)[0].convert("L")
    plain = pictures(papers.render(replace(ASKED, agent_name=""), proof_of(ASKED)).pdf, 60)[0].convert("L")
    faint = [sum(one.histogram()[200:250]) for one in (page, plain)]
    assert faint[0] > faint[1] * 1.5
    assert min(Image.open(BytesIO(ground("字", 100, 100))).convert("L").tobytes()) >= FAINT - 8
