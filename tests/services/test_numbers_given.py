"""Numbers a kiosk asks the hub for: for whom, and that none is lost or given twice."""

from __future__ import annotations

from counter_app.domain.tickets import TicketState
from counter_app.services.numbers_given import PENDING, About, NumberGiver
from tests.fakes.office import TestOffice, certno
from tests.fakes.self_service import kiosk_of


def test_nothing_readable_leaves_for_the_hub_but_the_package(desk: TestOffice) -> None:
    """The key of a person in the line is opaque; the number of their document is nowhere in it."""
    kiosk = kiosk_of(desk)
    kiosk.take(desk.card("li_guifang"))
    giver = NumberGiver(kiosk.office, desk.folder)
    about = giver.about(kiosk.visit)
    assert about.klass == "elderly"
    assert about.person
    assert certno("li_guifang") not in about.person


def test_a_number_is_remembered_until_it_counts(desk: TestOffice) -> None:
    """Power gone after the hub has answered: the next start finds the question and takes the number back."""
    giver = NumberGiver(kiosk_of(desk).office, desk.folder)
    slip = giver.give("", About())
    assert (desk.folder / PENDING).read_text("ascii") == slip.request_id
    NumberGiver(kiosk_of(desk).office, desk.folder).take_back()
    found = desk.hub.ticket(slip.ticket_id)
    assert found is not None
    assert found.state is TicketState.CANCELLED
    told = giver.give("", About())
    giver.counts(told.request_id)
    giver.take_back()
    kept = desk.hub.ticket(told.ticket_id)
    assert kept is not None
    assert kept.state is TicketState.WAITING
