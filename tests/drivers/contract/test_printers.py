"""What every driver of the family `printers` promises."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen import canvas

from counter_app.problems import ROWS
from drivers import registry
from drivers.protocols import Fault, PrintJob
from tests.fakes.rig import Rig

FAMILY = "printers"
SIZES = {"a4": (595, 842), "r80": (227, 400)}


def job(media: str, name: str = "contract-0001") -> PrintJob:
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=SIZES[media])
    page.drawString(20, 300, "One Window, contract test")
    page.save()
    operations = (("text", "One Window, contract test", ""), ("feed", 2), ("cut",))
    return PrintJob(name, name, media, file.getvalue(), operations)


def test_a_paper_of_each_medium_leaves(rig: Rig, driver_id: str) -> None:
    media = registry.find(driver_id).media
    assert media
    for medium in media:
        outcome = rig.device.print(job(medium, "contract-" + medium))
        assert outcome.job_id
        assert outcome.state in ("sent", "done")


def test_the_same_paper_may_be_printed_again(rig: Rig, driver_id: str) -> None:
    paper = job(registry.find(driver_id).media[0])
    assert [rig.device.print(paper).state for _ in range(2)] == [rig.device.print(paper).state] * 2


def test_what_comes_out_says_what_was_printed(rig: Rig, driver_id: str) -> None:
    if rig.words is None:
        pytest.skip("nothing here can read the paper: look at it")
    rig.device.print(job(registry.find(driver_id).media[0]))
    assert "One Window, contract test" in rig.words()


def test_trouble_has_a_name_and_an_advice_and_is_over_when_it_is_mended(rig: Rig, driver_id: str) -> None:
    if rig.words is None:
        pytest.skip("nobody here can take the paper away")
    paper = job(registry.find(driver_id).media[0])
    rig.device.print(paper)
    rig.take()
    with pytest.raises(Fault) as caught:
        rig.device.print(paper)
    assert caught.value.code in ("printer-absent", "printer-jam", "printer-full", "printer-refused")
    assert ROWS[caught.value.code].advice
    rig.put()
    assert rig.device.print(paper).state in ("sent", "done")


def test_an_empty_job_is_refused_by_name(rig: Rig) -> None:
    with pytest.raises(Fault) as caught:
        rig.device.print(PrintJob("contract-0002", "contract"))
    assert caught.value.code == "printer-refused"


def test_closing_twice_is_harmless(rig: Rig) -> None:
    rig.device.close()
    rig.device.close()
    assert rig.device.close() is None
