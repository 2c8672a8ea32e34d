"""Saved before printed: a printer in trouble never touches the receipt."""

from __future__ import annotations

from counter_app.services.printing import note_left, print_paper, print_queued
from drivers.protocols import Fault
from tests.fakes.office import TestOffice
from tests.services.test_visit import accept_yd01


def test_a_jam_leaves_the_receipt_and_prints_it_later(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    number = accept_yd01(desk)
    desk.tray.fault = Fault("printer-jam", "paper")
    ports, actor = desk.office.ports, desk.office.actor
    assert [p.code for p in print_queued(ports, actor)] == ["printer-jam"]
    assert desk.store.case(number) is not None
    assert [p.number for p in desk.store.queued_papers()] == [number]
    desk.tray.fault = None
    assert print_queued(ports, actor) == []
    assert [job.name for job in desk.tray.jobs] == [f"{number}-YWHZ"]
    assert print_queued(ports, actor) == []
    assert len(desk.tray.jobs) == 1


def test_a_reprint_counts(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    number = accept_yd01(desk)
    ports, actor = desk.office.ports, desk.office.actor
    print_queued(ports, actor)
    for nth in (1, 2):
        paper = desk.store.paper(number)
        assert paper is not None
        note_left(ports, print_paper(ports, paper, reprint=True), actor, desk.clock.now())
        paper = desk.store.paper(number)
        assert paper is not None
        assert (paper.printed, paper.reprints) == (1, nth)
    kinds = [fact["kind"] for fact in desk.store.facts()]
    assert kinds.count("receipt.reprinted") == 2


def test_the_same_paper_has_the_same_bytes(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    paper = desk.store.paper(accept_yd01(desk))
    assert paper is not None
    first, second = (print_paper(desk.office.ports, paper).sha256 for _ in range(2))
    assert first == second
