"""What every driver of the family `eseals` promises."""

from __future__ import annotations

import io
import traceback

import pytest
from reportlab.pdfgen import canvas

from counter_app.problems import ROWS
from drivers.protocols import Fault, SealWish
from tests.fakes.citizen_rigs import AskRig

FAMILY = "eseals"


def paper(words: str = "One Window, contract test") -> SealWish:
    file = io.BytesIO()
    page = canvas.Canvas(file)
    page.drawString(20, 300, words)
    page.save()
    return SealWish(file.getvalue(), "261122-001-A2B-0001-K", "机构业务专用章", keyword="盖章")


def test_the_same_paper_comes_back_sealed(rig: AskRig) -> None:
    wish = paper()
    sealed = rig.device.seal(wish)
    assert sealed.pdf != wish.pdf
    assert sealed.pdf.startswith(b"%PDF-")
    assert sealed.serial
    assert "One Window" not in repr(wish) + repr(sealed)


def test_asking_again_for_the_same_paper_is_one_use(rig: AskRig) -> None:
    wish = paper()
    assert rig.device.seal(wish).serial == rig.device.seal(wish).serial
    assert rig.device.seal(paper("another")).serial != rig.device.seal(wish).serial


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("refuse", "eseal-refused"),
        ("slow", "eseal-unknown"),
        ("error", "eseal-unknown"),
        ("garbage", "eseal-garbled"),
        ("other", "eseal-garbled"),
        ("bare", "eseal-garbled"),
    ],
)
def test_each_failure_is_its_own_with_advice(rig: AskRig, mode: str, code: str) -> None:
    rig.act(mode)
    with pytest.raises(Fault) as caught:
        rig.device.seal(paper())
    assert caught.value.code == code
    assert ROWS[code].advice
    assert "secret-token" not in "".join(traceback.format_exception(caught.value))


def test_a_service_that_is_not_there_has_sealed_nothing(rig: AskRig) -> None:
    rig.unplug()
    with pytest.raises(Fault) as caught:
        rig.device.seal(paper())
    assert caught.value.code == "eseal-away"
