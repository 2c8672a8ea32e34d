"""A name that was written on a screen stands on the applicant's line of the paper, and nowhere else."""

from __future__ import annotations

import base64
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from counter_app.documents.papers import Papers
from tests.documents.samples import proof_of, sample


def name() -> str:
    """A zigzag, as a PNG in base64."""
    image = Image.new("L", (400, 120), 255)
    ImageDraw.Draw(image).line([(10, 100), (100, 20), (200, 100), (390, 30)], fill=0, width=6)
    out = BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode("ascii")


def pictures(kind: str, ink: str) -> int:
    content = replace(sample(kind), ink=ink)
    job = Papers().render(content, proof_of(content))
    return job.pdf.count(b"/Subtype /Image")


@pytest.mark.parametrize(("kind", "more"), [("SLTZ", 1), ("YWHZ", 1), ("CBPZ", 0)])
def test_it_stands_where_the_applicant_signs(kind: str, more: int) -> None:
    assert pictures(kind, name()) - pictures(kind, "") == more


def test_a_picture_nobody_can_read_keeps_no_paper_back() -> None:
    assert pictures("SLTZ", base64.b64encode(b"\x89PNG\r\n").decode("ascii")) == pictures("SLTZ", "")
