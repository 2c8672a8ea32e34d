"""The code to rate by on a receipt: another program reads it, and it takes no page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from counter_app.documents import Papers
from counter_app.seals.rating_codes import made
from counter_app.seals.receipts import qr_text
from tests.documents.samples import EVENT, SECRETS, proof_of, sample

URL = "https://rate.example.gov.cn/r/" + made(EVENT, "261123-001-K7Q-0001-5", "2026-12-23", SECRETS.sign)


@pytest.mark.parametrize("kind", ["SLTZ", "YWHZ", "SLHZ"])
def test_both_codes_are_read_on_one_page(
    kind: str, pictures: Callable[[bytes, int], list[Image.Image]]
) -> None:
    content = replace(sample(kind), rate_url=URL, rate_until="2026-12-23")
    proof = proof_of(content)
    job = Papers().render(content, proof, 1)
    [page] = pictures(job.pdf, 200)
    assert {found.text for found in zxingcpp.read_barcodes(page)} == {URL, qr_text(proof)}
    codes = [one for one in job.operations if one[0] == "raster" and one[1] == one[2]]
    assert len(codes) == (2 if kind == "SLHZ" else 0)
