"""What every hub must do with the waiting line: numbers, calls, the verbs of a ticket."""

from __future__ import annotations

from counter_app.domain.tickets import LineState, TicketState
from tests.hub.contract_steps import Hall, HubSteps, refused
from tests.hub.stores import clerk


class LineContract(HubSteps):
    """The contract of the line."""

    # --- taking -----------------------------------------------------------------------------
    def test_numbers_count_up_per_group(self, hall: Hall) -> None:
        numbers = [hall.hub.take(f"r{n}", group).number for n, group in enumerate(["", "benefit", "general"])]
        assert numbers == ["A001", "B001", "A002"]

    def test_a_repeated_request_is_the_same_ticket(self, hall: Hall) -> None:
        first = hall.hub.take("r1", klass="老年人")
        hall.clock.pass_(minutes=1)
        assert hall.hub.take("r1", klass="老年人") == first
        assert hall.hub.take("r2").number == "A002"
        assert first.klass == "elderly"

    def test_a_person_waits_once(self, hall: Hall) -> None:
        first = hall.hub.take("r1", person="p")
        assert hall.hub.take("r2", person="p") == first
        called = hall.hub.call("1", "c1", clerk("1"))
        assert called is not None
        hall.hub.act(called.ticket_id, "done", "a1", clerk("1"))
        assert hall.hub.take("r3", person="p").number == "A002"
        # A late echo of the second request still means the first ticket.
        assert hall.hub.take("r2", person="p").number == "A001"

    def test_nonsense_is_refused_in_words(self, hall: Hall) -> None:
        with refused("group-unknown"):
            hall.hub.take("r1", "nowhere")
        with refused("class-unknown"):
            hall.hub.take("r1", klass="vip")
        assert not hall.hub.tickets(hall.clock.at.date())

    def test_a_daily_limit_ends_the_numbers_of_a_group(self, hall: Hall) -> None:
        for n in range(3):
            hall.hub.take(f"r{n}", "employer")
        with refused("line-closed"):
            hall.hub.take("r3", "employer")
        assert hall.hub.take("r4").number == "A001"

    def test_numbers_start_again_after_midnight(self, hall: Hall) -> None:
        hall.clock.at = hall.clock.at.replace(hour=23, minute=59, second=59)
        late = hall.hub.take("r1")
        hall.clock.pass_(seconds=2)
        early = hall.hub.take("r2")
        assert (late.number, early.number) == ("A001", "A001")
        assert [t.ticket_id for t in hall.hub.tickets(late.taken_at.date())] == [late.ticket_id]
        assert [t.ticket_id for t in hall.hub.tickets(early.taken_at.date())] == [early.ticket_id]
        first = hall.hub.call("1", "c1", clerk("1"))
        assert first is not None
        assert first.ticket_id == late.ticket_id  # who waited over midnight still comes first

    def test_yesterday_leaves_the_line_and_keeps_its_story(self, hall: Hall) -> None:
        waited, called, served = (hall.hub.take(f"r{n}", person=f"p{n}") for n in range(3))
        hall.hub.call("1", "c1", clerk("1"))
        hall.hub.act(waited.ticket_id, "serve", "a1", clerk("1"))
        hall.hub.call("2", "c2", clerk("2"))
        hall.clock.pass_(hours=24)
        assert hall.hub.line("1") == LineState()
        assert hall.hub.call("1", "c3", clerk("1")) is None
        states = [self._state(hall, t.ticket_id) for t in (waited, called, served)]
        assert states == [TicketState.PARKED, TicketState.CANCELLED, TicketState.CANCELLED]
        assert hall.hub.take("r9", person="p1").number == "A001"

    # --- calling ----------------------------------------------------------------------------
    def test_nobody_waits(self, hall: Hall) -> None:
        assert hall.hub.call("1", "c1", clerk("1")) is None
        hall.hub.take("r1")
        assert hall.hub.call("1", "c1", clerk("1")) is not None  # nothing was promised to that call id

    def test_the_due_come_first(self, hall: Hall) -> None:
        ordinary = hall.hub.take("r1")
        hall.clock.pass_(minutes=21)
        elderly = hall.hub.take("r2", klass="elderly")
        hall.clock.pass_(minutes=2)
        late = hall.hub.take("r3", klass="elderly")
        order = [self._next(hall, str(n)) for n in (1, 2, 3)]
        assert order == [elderly.ticket_id, ordinary.ticket_id, late.ticket_id]

    def test_a_repeated_call_is_the_same_ticket(self, hall: Hall) -> None:
        for n in range(3):
            hall.hub.take(f"r{n}")
        first = hall.hub.call("1", "c1", clerk("1"))
        assert hall.hub.call("1", "c1", clerk("1")) == first
        other = hall.hub.call("2", "c2", clerk("2"))
        assert other is not None
        assert first is not None
        assert other.number != first.number
        with refused("request-reused"):
            hall.hub.call("2", "c1", clerk("2"))

    def test_a_late_echo_of_a_press_calls_nobody_else(self, hall: Hall) -> None:
        for n in range(2):
            hall.hub.take(f"r{n}")
        first = hall.hub.call("1", "c1", clerk("1"))
        assert first is not None
        hall.hub.act(first.ticket_id, "done", "a1", clerk("1"))
        late = hall.hub.call("1", "c1", clerk("1"))
        assert late is not None
        assert (late.number, late.state) == (first.number, TicketState.DONE)
        assert hall.hub.line("1").waiting == 1

    def test_a_lost_reply_loses_nobody(self, hall: Hall) -> None:
        hall.hub.take("r1")
        hall.hub.take("r2")
        first = hall.hub.call("1", "lost", clerk("1"))
        again = hall.hub.call("1", "another", clerk("1"))
        assert first is not None
        assert again is not None
        assert again.ticket_id == first.ticket_id
        assert hall.hub.line("1").waiting == 1

    def test_an_unfinished_visit_is_put_aside_when_the_next_is_called(self, hall: Hall) -> None:
        hall.hub.take("r1")
        hall.hub.take("r2")
        first = hall.hub.call("1", "c1", clerk("1"))
        assert first is not None
        hall.hub.act(first.ticket_id, "serve", "a1", clerk("1"))
        second = hall.hub.call("1", "c2", clerk("1"))
        assert second is not None
        assert second.number == "A002"
        assert self._state(hall, first.ticket_id) is TicketState.PARKED
        hall.hub.act(first.ticket_id, "done", "a2", clerk("1"))  # the late word still counts
        assert self._state(hall, first.ticket_id) is TicketState.DONE

    def test_a_dead_window_gives_its_person_back_to_the_front(self, hall: Hall) -> None:
        first = hall.hub.take("r1")
        hall.hub.call("1", "c1", clerk("1"))
        alive = hall.hub.take("r2", klass="green")
        assert self._next(hall, "2") == alive.ticket_id
        hall.hub.take("r3", klass="green")  # due before the first one
        for _ in range(3):  # window 2 lives, window 1 does not
            hall.clock.pass_(minutes=1)
            hall.hub.line("2")
        hall.clock.pass_(seconds=1)
        assert self._next(hall, "3") == first.ticket_id
        assert self._state(hall, alive.ticket_id) is TicketState.CALLED
        with refused("call-lapsed"):  # window 1 comes back and asks for what it had
            hall.hub.call("1", "c1", clerk("1"))

    def test_the_only_person_of_a_dead_window_is_called_by_the_very_press_that_finds_it(
        self, hall: Hall
    ) -> None:
        only = hall.hub.take("r1")
        hall.hub.call("1", "c1", clerk("1"))
        hall.clock.pass_(minutes=4)
        assert self._next(hall, "2") == only.ticket_id

    # --- the verbs --------------------------------------------------------------------------
    def test_recall_has_a_limit_and_a_pause(self, hall: Hall) -> None:
        ticket = self._called(hall)
        with refused("recall-soon"):
            hall.hub.act(ticket, "recall", "a0", clerk("1"))
        for n in (1, 2, 3):
            hall.clock.pass_(seconds=6)
            assert hall.hub.act(ticket, "recall", f"a{n}", clerk("1")).recalls == n
        hall.clock.pass_(seconds=6)
        with refused("recall-limit"):
            hall.hub.act(ticket, "recall", "a4", clerk("1"))

    def test_park_says_why_and_any_window_takes_up(self, hall: Hall) -> None:
        ticket = self._called(hall)
        with refused("reason-needed"):
            hall.hub.act(ticket, "park", "a1", clerk("1"))
        parked = hall.hub.act(ticket, "park", "a2", clerk("1"), "去复印")
        assert parked.state is TicketState.PARKED
        served = hall.hub.act(ticket, "serve", "a3", clerk("5"))
        assert (served.state, served.window) == (TicketState.SERVING, "5")

    def test_transfer_goes_to_the_front_there(self, hall: Hall) -> None:
        ticket = self._called(hall)
        hall.hub.take("r8", "benefit", "green")
        with refused("reason-needed"):
            hall.hub.act(ticket, "transfer", "a1", clerk("1"), to="benefit")
        moved = hall.hub.act(ticket, "transfer", "a2", clerk("1"), "改办待遇", "benefit")
        assert (moved.group, moved.state, moved.number) == ("benefit", TicketState.WAITING, "A001")
        assert self._next(hall, "9") == ticket

    def test_transfer_to_a_window_waits_for_that_window(self, hall: Hall) -> None:
        ticket = self._called(hall)
        hall.hub.take("r8")
        hall.hub.act(ticket, "transfer", "a1", clerk("1"), "找原经办人", "window:7")
        assert self._next(hall, "1") != ticket
        assert self._next(hall, "7") == ticket

    def test_miss_and_revive(self, hall: Hall) -> None:
        ticket = self._called(hall)
        assert hall.hub.act(ticket, "miss", "a1", clerk("1")).state is TicketState.MISSED
        hall.clock.pass_(minutes=40)
        overdue = hall.hub.take("r8", klass="green")
        hall.clock.pass_(minutes=5)
        assert hall.hub.act(ticket, "revive", "a2", clerk("1")).state is TicketState.WAITING
        fresh = hall.hub.take("r9", klass="booked")
        order = [self._next(hall, str(n)) for n in (1, 2, 3)]
        assert order == [overdue.ticket_id, ticket, fresh.ticket_id]

    def test_a_verb_counts_once(self, hall: Hall) -> None:
        ticket = self._called(hall)
        hall.clock.pass_(seconds=6)
        hall.hub.act(ticket, "recall", "a1", clerk("1"))
        hall.clock.pass_(seconds=6)
        assert hall.hub.act(ticket, "recall", "a1", clerk("1")).recalls == 1
        with refused("request-reused"):
            hall.hub.act(ticket, "miss", "a1", clerk("1"))

    def test_another_window_keeps_its_hands_off(self, hall: Hall) -> None:
        ticket = self._called(hall)
        with refused("ticket-elsewhere"):
            hall.hub.act(ticket, "done", "a1", clerk("2"))
        done = hall.hub.act(ticket, "done", "a2", clerk("2", "supervisor"))
        assert done.state is TicketState.DONE

    def test_what_makes_no_sense_is_refused(self, hall: Hall) -> None:
        ticket = self._called(hall)
        with refused("verb-unknown"):
            hall.hub.act(ticket, "juggle", "a1", clerk("1"))
        with refused("ticket-state"):
            hall.hub.act(ticket, "revive", "a2", clerk("1"))
        with refused("not-found"):
            hall.hub.act("nobody", "done", "a3", clerk("1"))
        assert hall.hub.ticket("nobody") is None

    def test_a_refused_verb_may_be_tried_again_with_its_id(self, hall: Hall) -> None:
        ticket = self._called(hall)
        with refused("recall-soon"):
            hall.hub.act(ticket, "recall", "a1", clerk("1"))
        hall.clock.pass_(seconds=6)
        assert hall.hub.act(ticket, "recall", "a1", clerk("1")).recalls == 1

    def test_the_line_is_told(self, hall: Hall) -> None:
        hall.hub.take("r1")
        hall.clock.pass_(minutes=2)
        hall.hub.take("r2", "benefit", "elderly")
        assert hall.hub.line("1") == LineState(2, 1, 120_000)
