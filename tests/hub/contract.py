"""What every hub must do, near or far: the adapters of the port `Hub` all pass this one text.

A test module subclasses `HubContract` and gives the fixture `hall`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.domain.tickets import LineState, TicketState
from counter_app.problems import Problem
from counter_app.services.ports import Hub
from tests.hub.envelopes import accepted, chained, envelope, reviewed
from tests.hub.stores import HandClock, clerk

_CALLS = itertools.count()
FIRST, SECOND = (Actor(number, "演示审核", ("reviewer",)) for number in ("0420", "0421"))
CASHIER = Actor("0430", "演示出纳", ("finance",))


@dataclass
class Hall:
    """A hub under test and the clock it reads."""

    hub: Hub
    clock: HandClock


def refused(code: str) -> Any:
    return pytest.raises(Problem, match=code)


class HubContract:
    """The contract."""

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

    # --- facts ------------------------------------------------------------------------------
    def test_every_envelope_gets_its_own_verdict(self, hall: Hall) -> None:
        good = chained(3)
        bad = {**good[1], "hash": "0" * 64}
        first = hall.hub.push([good[0], bad, {"event_id": "x"}, good[2]])
        assert [v["verdict"] for v in first] == ["accepted", "rejected", "rejected", "accepted"]
        assert [v["event_id"] for v in first] == [
            good[0]["event_id"],
            good[1]["event_id"],
            "x",
            good[2]["event_id"],
        ]
        assert first[-1]["durable_upto"] == 1  # the second one is still missing
        second = hall.hub.push(good)
        assert [v["verdict"] for v in second] == ["duplicate", "accepted", "duplicate"]
        assert second[-1]["durable_upto"] == 3

    def test_the_same_place_with_other_contents_is_a_conflict(self, hall: Hall) -> None:
        hall.hub.push([envelope(1)])
        other = envelope(1, body={"other": True})
        clone = envelope(1, event_id="0193-clone")
        assert [v["verdict"] for v in hall.hub.push([other, clone])] == ["conflict", "conflict"]
        assert hall.hub.push([envelope(1)])[0]["verdict"] == "duplicate"

    def test_a_ticket_served_on_paper_leaves_the_line(self, hall: Hall) -> None:
        ticket = hall.hub.take("r1")
        body = {"ticket_id": ticket.ticket_id, "ticket": ticket.number, "window": "4"}
        verdicts = hall.hub.push([envelope(1, "ticket.served", body), accepted(2, "N1")])
        assert [v["verdict"] for v in verdicts] == ["accepted", "accepted"]
        assert self._state(hall, ticket.ticket_id) is TicketState.DONE
        assert hall.hub.call("1", "c1", clerk("1")) is None
        assert hall.hub.online()

    # --- cases ------------------------------------------------------------------------------
    def test_a_case_goes_from_desk_to_desk(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        [line] = hall.hub.work("待遇审核岗")
        assert (line["id"], line["step"], line["person"], line["money"]) == (
            "case-N1",
            "assigned",
            "李*芳",
            True,
        )
        assert line["promised"] == {
            "due_on": "2026-12-07",
            "left": 10,
            "light": "green",
            "provisional": False,
        }
        assert [act["act"] for act in line["acts"]][:2] == ["claim", "transfer"]
        self._move(hall, "claim", FIRST)
        self._move(hall, "pass", FIRST, amount=350_000)
        assert hall.hub.work()[0]["step"] == "second_review"
        self._move(hall, "second", SECOND)
        assert hall.hub.work("待遇审核岗") == []
        assert [row["step"] for row in hall.hub.work("基金财务岗")] == ["pay_ordered"]
        after = self._move(hall, "pay", CASHIER)
        assert (after["step"], after["state"], after["paid"]) == ("done", "done", 350_000)
        whole = hall.hub.case("N1")
        assert whole is not None
        assert [turn["act"] for turn in whole["history"]] == ["claim", "pass", "second", "pay"]
        assert whole["form"]["answers"] == {"amount": 100}
        assert whole["form"]["agent"] == {"agnter_name": "王敏"}
        assert hall.hub.case("nobody") is None

    def test_money_never_leaves_on_one_persons_word(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        self._move(hall, "claim", FIRST)
        self._move(hall, "pass", FIRST, amount=100)
        with refused("same-person"):
            self._move(hall, "second", FIRST)
        with refused("move-role"):
            self._move(hall, "second", Actor("0317", "陈静"))
        assert hall.hub.work()[0]["step"] == "second_review"

    def test_something_owed_stops_the_payment(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1", life={"deferred": ["M_EXAM"]})])
        assert hall.hub.work("窗口")[0]["deferred"] == ["M_EXAM"]
        self._move(hall, "assign", FIRST)
        self._move(hall, "claim", FIRST)
        self._move(hall, "pass", FIRST, amount=100)
        with refused("material-missing"):
            self._move(hall, "second", SECOND)
        self._move(hall, "make_good", FIRST, detail="M_EXAM")
        assert self._move(hall, "second", SECOND)["step"] == "pay_ordered"

    def test_a_move_counts_once(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        wish = Wish("m1", "claim")
        first = hall.hub.move("case-N1", wish, FIRST)
        again = hall.hub.move("case-N1", wish, FIRST)
        assert (first["repeated"], again["repeated"]) == (False, True)
        assert again["history"] == first["history"]
        with refused("request-reused"):
            hall.hub.move("case-N1", Wish("m1", "transfer", reason="transfer.leave"), FIRST)
        with refused("reason-needed"):
            hall.hub.move("case-N1", Wish("m2", "transfer"), FIRST)
        back = hall.hub.move("case-N1", Wish("m2", to="assigned", reason="transfer.leave"), FIRST)
        assert (back["step"], back["holder"]) == ("assigned", "")

    def test_what_cannot_be_is_said(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1"), accepted(2, "N2")])
        for code, case, wish in [
            ("not-found", "nobody", Wish("a", "claim")),
            ("move-unknown", "case-N1", Wish("b", "juggle")),
            ("move-wrong-step", "case-N1", Wish("c", "pay")),
            ("move-wrong-step", "case-N2", Wish("d", "claim")),
        ]:
            with refused(code):
                hall.hub.move(case, wish, FIRST)
        assert not any(row["turn"] for row in hall.hub.feed().rows if "turn" in row)

    def test_the_feed_tells_of_every_move(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        start = hall.hub.feed()
        self._move(hall, "claim", FIRST)
        self._move(hall, "return", FIRST, reason="return.missing")
        page = hall.hub.feed(start.last)
        assert [(row["kind"], row["step"], row["turn"]["act"]) for row in page.rows] == [
            ("case.moved", "first_review", "claim"),
            ("case.moved", "returned", "return"),
        ]
        assert "李" not in str(page.rows)
        assert (page.epoch, hall.hub.feed(page.last).rows) == (start.epoch, ())

    def test_a_move_at_a_window_comes_as_a_fact(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1")])
        body = {"case": "N1", "move": {"id": "t1", "act": "withdraw", "clerk_name": "陈静"}}
        hall.hub.push([envelope(2, "case.withdrawn", body, case_id="case-N1")])
        found = hall.hub.case("case-N1")
        assert found is not None
        assert (found["step"], found["state"], found["history"][0]["clerk_no"]) == (
            "withdrawn",
            "withdrawn",
            "G001",
        )
        late = {"case": "N1", "move": {"id": "t2", "act": "deliver", "detail": "窗口"}}
        assert hall.hub.push([envelope(3, "case.moved", late, case_id="case-N1")])[0]["verdict"] == "accepted"
        assert hall.hub.feed().rows[-1]["step"] == "withdrawn"  # it does not fit, and is kept as a doubt

    def test_the_hall_is_told_and_everybody_is_sorted(self, hall: Hall) -> None:
        from counter_app.domain.outages import Way

        boss = clerk("1", "supervisor")
        ticket = hall.hub.take("r1")
        data = {"id": "o1", "name": "演示"}
        assert hall.hub.say("s1", "outage.announced", boss, "停机", "", data)
        assert not hall.hub.say("s1", "outage.announced", boss, "停机", "", data)
        [said] = hall.hub.said(hall.clock.now().date())
        assert (said["kind"], said["data"]["id"]) == ("outage.announced", "o1")
        kept = hall.hub.sort("o1", ticket.ticket_id, Way.KEEP, "k1", boss)
        assert kept.kept
        assert list(hall.hub.sorted_in("o1")) == [kept]
        assert tuple(hall.hub.kept_in("o1")) == (1, 0)

    def test_a_bad_answer_is_seen_to(self, hall: Hall) -> None:
        hall.hub.push([envelope(3, "rating.given", {"level": 1, "indicators": ["115"]}, case_id="case-N1")])
        [found] = hall.hub.follow_ups()
        boss = clerk("1", "supervisor")
        called = hall.hub.follow_up(found.id, "call_back", "f1", boss, "嫌等得久")
        assert (called.said, called.called_by) == ("嫌等得久", boss.clerk_no)
        assert hall.hub.follow_up(found.id, "task", "f2", boss, task="N9").task == "N9"
        assert next(iter(hall.hub.follow_ups(open_only=False))).state == "called"

    def test_a_result_that_was_handed_over_is_told_and_stays_so(self, hall: Hall) -> None:
        hall.hub.push([reviewed(1, "N1", flow="timed")])
        for act, by in [("claim", FIRST), ("pass", FIRST), ("second", SECOND)]:
            self._move(hall, act, by)
        body = {"case": "N1", "move": {"id": "t1", "act": "deliver", "detail": "窗口：本人签收"}}
        hall.hub.push([envelope(2, "case.delivered", body, case_id="case-N1")])
        rating = {"level": 5, "reasons": []}
        hall.hub.push([envelope(3, "rating.given", rating, case_id="case-N1")])
        found = hall.hub.case("case-N1")
        assert found is not None
        assert (found["step"], found["state"]) == ("rated", "done")
        assert [row["step"] for row in hall.hub.work("窗口")] == ["rated"]
        self._move(hall, "archive", Actor("0317", "陈静"))
        assert hall.hub.work() == []

    # --- filings ----------------------------------------------------------------------------
    def test_a_filing_goes_to_one_window(self, hall: Hall) -> None:
        hall.hub.claim("app:W1", clerk("1"))
        hall.hub.claim("app:W1", clerk("1"))
        hall.hub.claim("app:W2", clerk("2"))
        with refused("filing-elsewhere"):
            hall.hub.claim("app:W1", clerk("2"))
        hall.clock.pass_(hours=2, seconds=1)
        hall.hub.claim("app:W1", clerk("2"))
        with refused("filing-elsewhere"):
            hall.hub.claim("app:W1", clerk("1"))

    def test_a_filing_given_back_is_anybodys_at_once(self, hall: Hall) -> None:
        hall.hub.claim("app:W1", clerk("1"))
        hall.hub.release("app:W1", clerk("2"))
        with refused("filing-elsewhere"):
            hall.hub.claim("app:W1", clerk("2"))
        hall.hub.release("app:W1", clerk("1"))
        hall.hub.release("app:W1", clerk("1"))
        hall.hub.release("app:W9", clerk("1"))
        hall.hub.claim("app:W1", clerk("2"))
        with refused("filing-elsewhere"):
            hall.hub.claim("app:W1", clerk("1"))

    def test_a_filing_that_became_a_case_is_nobodys(self, hall: Hall) -> None:
        body = {"number": "N1", "type_id": "MT02", "state": "accepted", "certno_blind": ""}
        body["came"] = {"filing_id": "app:W1", "channel": "online"}
        for seq, case_id in [(1, "c1"), (2, "c2")]:
            fact = envelope(seq, "case.accepted", {**body, "number": f"N{seq}"}, case_id=case_id)
            assert [v["verdict"] for v in hall.hub.push([fact])] == ["accepted"]
        hall.clock.pass_(hours=5)
        with refused("filing-done") as late:
            hall.hub.claim("app:W1", clerk("2"))
        assert "N1" in late.value.cause

    # --- small steps ------------------------------------------------------------------------
    @staticmethod
    def _move(hall: Hall, act: str, by: Actor, **wish: Any) -> Any:
        return hall.hub.move("case-N1", Wish(f"move {next(_CALLS)}", act, **wish), by)

    @staticmethod
    def _next(hall: Hall, window: str) -> str:
        called = hall.hub.call(window, f"call {next(_CALLS)}", clerk(window))
        assert called is not None
        return called.ticket_id

    def _called(self, hall: Hall) -> str:
        hall.hub.take("r1")
        return self._next(hall, "1")

    @staticmethod
    def _state(hall: Hall, ticket_id: str) -> TicketState:
        found = hall.hub.ticket(ticket_id)
        assert found is not None
        return found.state
