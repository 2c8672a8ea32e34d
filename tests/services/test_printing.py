"""Saved before printed: a printer in trouble never touches the receipt."""

from __future__ import annotations

from dataclasses import replace

from counter_app.services.ports import Ports
from counter_app.services.printing import note_left, print_paper, print_queued
from drivers.protocols import Fault, SealedPdf, SealWish
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


# --- sealed by a service ------------------------------------------------------------------------


class Sealer:
    """A seal service that does what a test says."""

    def __init__(self) -> None:
        self.wishes: list[SealWish] = []
        self.fault: Fault | None = None
        self.is_chosen = True

    def can(self, what: str) -> bool:
        return self.is_chosen

    def seal(self, wish: SealWish) -> SealedPdf:
        self.wishes.append(wish)
        if self.fault is not None:
            raise self.fault
        nth = len(self.wishes)
        return SealedPdf(wish.pdf + b"sealed", wish.seal, f"YZ{nth:04d}", "2026-11-23T09:00:01+08:00", "CN=x")

    def close(self) -> None: ...


def with_service(desk: TestOffice, sealer: Sealer) -> Ports:
    return replace(desk.office.ports, eseal=sealer)


def uses(desk: TestOffice) -> list[dict[str, object]]:
    return [fact["body"] for fact in desk.store.facts() if fact["kind"] == "eseal.used"]


def test_a_paper_is_sealed_before_it_is_printed_and_the_use_is_written_down(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    number = accept_yd01(desk)
    sealer = Sealer()
    assert print_queued(with_service(desk, sealer), desk.office.actor) == []
    (job,) = desk.tray.jobs
    assert job.pdf.endswith(b"sealed")
    assert [(w.number, w.seal, w.keyword) for w in sealer.wishes] == [
        (number, "机构业务专用章", "（盖机构业务专用章）")
    ]
    (use,) = uses(desk)
    assert (use["number"], use["serial"], use["seal"]) == (number, "YZ0001", "机构业务专用章")


def test_a_service_that_is_chosen_or_left_while_the_desk_is_open_counts_from_the_next_paper(
    desk: TestOffice,
) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    sealer = Sealer()
    sealer.is_chosen = False
    assert print_queued(with_service(desk, sealer), desk.office.actor) == []
    assert (sealer.wishes, uses(desk)) == ([], [])


def test_a_refused_seal_leaves_the_receipt_and_the_paper_is_tried_again(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    number = accept_yd01(desk)
    sealer = Sealer()
    sealer.fault = Fault("eseal-refused", "印章授权已到期")
    ports = with_service(desk, sealer)
    (problem,) = print_queued(ports, desk.office.actor)
    assert (problem.code, problem.where) == ("eseal-refused", number)
    assert desk.tray.jobs == []
    assert uses(desk) == []
    sealer.fault = None
    assert print_queued(ports, desk.office.actor) == []
    assert len(uses(desk)) == 1


def test_every_reprint_is_a_use_of_its_own(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    number = accept_yd01(desk)
    ports = with_service(desk, Sealer())
    print_queued(ports, desk.office.actor)
    paper = desk.store.paper(number)
    assert paper is not None
    note_left(ports, print_paper(ports, paper, reprint=True), desk.office.actor, desk.clock.now())
    assert [use["serial"] for use in uses(desk)] == ["YZ0001", "YZ0002"]
