"""What kiosk, guide desk, board and manager may rely on, near or far: both adapters of the port `Hall`.

A test module subclasses `HallContract` and gives the fixture `floor`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import TicketState
from counter_app.hub.rows import HALL_TIME
from counter_app.problems import Problem
from counter_app.services.hall_port import Hall
from tests.hub.stores import HandClock, clerk

GUIDE = Actor("G900", "演示引导", ("clerk", "supervisor"))


@dataclass
class Floor:
    """A hall under test and the clock it reads."""

    hub: Hall
    clock: HandClock

    def today(self) -> date:
        return self.clock.at.date()


def refused(code: str) -> Any:
    return pytest.raises(Problem, match=code)


class HallContract:
    """The contract."""

    # --- what travels with a ticket -------------------------------------------------------------
    def test_needs_and_a_helper_travel_to_the_window(self, floor: Floor) -> None:
        given = floor.hub.taken("r1", klass="残疾人", needs=["walking", "hearing"], note="需手语")
        assert (given.ticket.number, given.ahead, given.repeated) == ("A001", 0, False)
        floor.hub.act(given.ticket.ticket_id, "assist", "a1", GUIDE, to="G077")
        called = floor.hub.call("3", "c1", clerk("3"))
        assert called is not None
        assert (called.needs, called.note, called.helper) == (("hearing", "walking"), "需手语", "G077")
        told = floor.hub.act(called.ticket_id, "describe", "a2", clerk("3"), "会写字", "hearing")
        assert (told.needs, told.note) == (("hearing",), "会写字")
        with refused("need-unknown"):
            floor.hub.taken("r2", needs=["flying"])

    def test_who_put_somebody_aside_and_why_is_seen(self, floor: Floor) -> None:
        ticket = floor.hub.take("r1")
        floor.hub.call("1", "c1", clerk("1"))
        parked = floor.hub.act(ticket.ticket_id, "park", "a1", clerk("1"), "去复印")
        assert (parked.why, parked.by) == ("去复印", "G001")
        assert floor.hub.act(ticket.ticket_id, "serve", "a2", clerk("2")).by == ""

    # --- the guide desk ---------------------------------------------------------------------------
    def test_only_a_senior_changes_a_class_and_says_why(self, floor: Floor) -> None:
        first, second = floor.hub.take("r1"), floor.hub.take("r2")
        with refused("supervisor-needed"):
            floor.hub.act(second.ticket_id, "promote", "a1", clerk("1"), "行动不便", "disabled")
        with refused("reason-needed"):
            floor.hub.act(second.ticket_id, "promote", "a2", GUIDE, "", "disabled")
        floor.hub.act(second.ticket_id, "promote", "a3", GUIDE, "行动不便", "残疾人")
        called = floor.hub.call("1", "c1", clerk("1"))
        assert called is not None
        assert (called.ticket_id, called.klass) == (second.ticket_id, "disabled")
        assert floor.hub.wait(first.ticket_id).ahead == 0

    def test_a_lost_slip_is_printed_again_and_keeps_its_place(self, floor: Floor) -> None:
        ticket = floor.hub.take("r1", person="p7")
        floor.hub.take("r2")
        assert [t.ticket_id for t in floor.hub.find(floor.today(), person="p7")] == [ticket.ticket_id]
        assert [t.ticket_id for t in floor.hub.find(floor.today(), number="A001")] == [ticket.ticket_id]
        again = floor.hub.act(ticket.ticket_id, "reissue", "a1", GUIDE, "号票丢失")
        assert (again.number, again.due_key, again.reissues) == ("A001", ticket.due_key, 1)
        assert [fact["kind"] for fact in floor.hub.story(ticket.ticket_id)] == ["taken", "reissued"]

    def test_two_tickets_of_one_person_become_one(self, floor: Floor) -> None:
        early = floor.hub.taken("r1", note="到得早", needs=["sight"]).ticket
        floor.clock.pass_(minutes=1)
        between = floor.hub.take("r2")
        late = floor.hub.taken("r3", person="p7", note="有卡").ticket
        with refused("merge-same"):
            floor.hub.act(late.ticket_id, "merge", "a0", GUIDE, "重复取号", late.ticket_id)
        gone = floor.hub.act(early.ticket_id, "merge", "a1", GUIDE, "重复取号", late.ticket_id)
        assert (gone.state, gone.why) == (TicketState.CANCELLED, "重复取号")
        again = floor.hub.act(early.ticket_id, "merge", "a1", GUIDE, "重复取号", late.ticket_id)
        assert again == gone
        called = floor.hub.call("1", "c1", clerk("1"))
        assert called is not None
        assert (called.ticket_id, called.needs) == (late.ticket_id, ("sight",))  # at the earlier place
        assert (called.note, called.person_id) == ("有卡；到得早", "p7")
        assert floor.hub.story(late.ticket_id)[1]["data"] == {"from": "A001"}
        other = floor.hub.take("r4")
        with refused("ticket-state"):
            floor.hub.act(other.ticket_id, "merge", "a2", GUIDE, "重复取号", late.ticket_id)
        assert floor.hub.wait(between.ticket_id).state is TicketState.WAITING

    def test_two_people_are_not_merged(self, floor: Floor) -> None:
        one, other = floor.hub.take("r1", person="p1"), floor.hub.take("r2", person="p2")
        with refused("merge-others"):
            floor.hub.act(one.ticket_id, "merge", "a1", GUIDE, "重复取号", other.ticket_id)

    # --- another day ------------------------------------------------------------------------------
    def test_a_number_kept_for_another_day_does_not_queue_again(self, floor: Floor) -> None:
        ticket = floor.hub.take("r1", person="p7", klass="elderly")
        day = floor.today() + timedelta(days=1)
        with refused("carry-day"):
            floor.hub.act(ticket.ticket_id, "carry", "a0", GUIDE, "系统故障", floor.today().isoformat())
        kept = floor.hub.act(ticket.ticket_id, "carry", "a1", GUIDE, "系统故障", day.isoformat())
        assert kept.state is TicketState.CARRIED
        assert [row["carried"] for row in floor.hub.bookings(day)] == [True]
        floor.clock.at = floor.clock.at.replace(day=day.day, hour=8)
        floor.hub.taken("r2", klass="green")
        floor.clock.pass_(hours=3)
        back = floor.hub.taken("r3", person="p7")
        assert (back.ticket.klass, back.ticket.booking, back.ahead) == ("elderly", ticket.ticket_id, 0)
        assert floor.hub.bookings(day)[0]["state"] == "used"

    def test_an_appointment_counts_from_its_time_on(self, floor: Floor) -> None:
        start = floor.clock.at + timedelta(hours=2)
        booked = floor.hub.book("b1", start, person="p7")
        assert floor.hub.book("b1", start, person="p7") == booked
        with refused("booking-twice"):
            floor.hub.book("b2", start + timedelta(hours=1), person="p7")
        floor.clock.pass_(hours=1, minutes=50)
        ordinary = floor.hub.take("r0")
        early = floor.hub.taken("r1", person="p7").ticket  # ten minutes before the time
        due = int(start.timestamp() * 1000) + 4 * 60_000
        assert (early.klass, early.due_key) == ("ordinary", due)
        assert early.due_key < ordinary.due_key
        again = floor.hub.book("b3", start + timedelta(minutes=30))
        floor.clock.at = start + timedelta(minutes=44)
        punctual = floor.hub.taken("r2", booking=again["id"]).ticket
        assert (punctual.klass, punctual.booking) == ("booked", again["id"])
        with refused("booking-state"):
            floor.hub.taken("r3", booking=again["id"])

    def test_who_comes_too_late_has_no_appointment(self, floor: Floor) -> None:
        start = floor.clock.at + timedelta(hours=1)
        floor.hub.book("b1", start, person="p7")
        floor.clock.at = start + timedelta(minutes=16)
        late = floor.hub.taken("r1", person="p7").ticket
        assert late.klass == "ordinary"

    def test_an_appointment_given_up_is_free_again(self, floor: Floor) -> None:
        start = floor.clock.at + timedelta(hours=1)
        booked = floor.hub.book("b1", start, person="p7")
        for _ in range(2):
            assert floor.hub.unbook(booked["id"])["state"] == "cancelled"
        assert floor.hub.book("b2", start, person="p7")["state"] == "open"
        with refused("booking-time"):
            floor.hub.book("b3", floor.clock.at - timedelta(minutes=1))
        with refused("not-found"):
            floor.hub.unbook("none")

    # --- a hub that was away ----------------------------------------------------------------------
    def test_spare_numbers_join_the_line_where_their_moment_puts_them(self, floor: Floor) -> None:
        spare = floor.hub.set_aside("s1", "", 3, "取号机一")
        assert list(spare) == ["A701", "A702", "A703"]
        assert list(floor.hub.set_aside("s1", "", 3, "取号机一")) == list(spare)
        given_away = floor.clock.at + timedelta(minutes=1)
        floor.clock.pass_(minutes=10)
        assert floor.hub.take("r1").number == "A001"
        told = floor.hub.taken("r2", spare="A702", taken_at=given_away)
        assert (told.ticket.number, told.ticket.taken_at) == ("A702", given_away)
        assert floor.hub.taken("r2", spare="A702", taken_at=given_away).repeated
        called = floor.hub.call("1", "c1", clerk("1"))
        assert called is not None
        assert called.number == "A702"
        for wrong in ("A702", "A709", "A001", "B701", "x"):
            with refused("number-spare"):
                floor.hub.taken(f"r {wrong}", spare=wrong)
        assert floor.hub.totals(floor.today())["spare_unused"] == ["A701", "A703"]
        assert floor.hub.totals(floor.today())["gaps"] == []

    def test_the_count_goes_on_behind_spare_numbers_which_count_towards_the_limit(self, floor: Floor) -> None:
        floor.hub.set_aside("s1", "", 2, "取号机一")
        assert list(floor.hub.set_aside("s2", "", 2, "引导台")) == ["A703", "A704"]
        assert floor.hub.taken("r1", seen="A699").ticket.number == "A700"
        assert floor.hub.take("r2").number == "A705"
        assert list(floor.hub.set_aside("s3", "", 1, "引导台")) == ["A706"]
        assert floor.hub.take("r3").number == "A707"
        floor.hub.set_aside("s4", "employer", 2, "引导台")
        assert [g["left"] for g in floor.hub.status()["groups"]][-1] == 1
        assert floor.hub.take("r4", "employer").number == "C001"
        with refused("line-closed"):
            floor.hub.take("r5", "employer")
        with refused("line-closed"):
            floor.hub.set_aside("s5", "employer", 1, "")

    def test_one_person_waits_once_whatever_key_of_the_hall_the_mark_is_of(self, floor: Floor) -> None:
        keys = floor.hub.people_keys()
        assert floor.hub.people_keys() == keys
        [mark] = keys.of("11010119800101001x")
        assert mark == keys.of(" １１0101 19800101001X ")[0]
        assert "0101" not in mark
        first = floor.hub.taken("r1", person=mark).ticket
        again = floor.hub.taken("r2", person="p2." + "0" * 32, was=(mark,))
        assert (again.ticket.number, again.repeated) == (first.number, True)
        assert floor.hub.taken("r3", person=keys.of("110101198001010028")[0]).ticket.number == "A002"

    def test_a_hub_that_lost_its_store_counts_on_from_what_a_kiosk_saw(self, floor: Floor) -> None:
        assert floor.hub.taken("r1", seen="A057").ticket.number == "A058"
        assert floor.hub.taken("r2", seen="A057").ticket.number == "A059"
        assert floor.hub.taken("r3", "benefit", seen="A080").ticket.number == "B001"
        assert floor.hub.take("r4").number == "A060"

    # --- windows and the hall ---------------------------------------------------------------------
    def test_a_pause_is_a_fact_with_person_and_reason(self, floor: Floor) -> None:
        floor.hub.pause("3", clerk("3"), "交接班")
        floor.hub.pause("3", clerk("3"), "交接班")
        [place] = floor.hub.windows()
        assert (place["id"], place["paused"]) == ("3", "交接班")
        with refused("window-paused"):
            floor.hub.call("3", "c1", clerk("3"))
        floor.hub.pause("3", clerk("3"), "", "柜员到岗")
        told = [(f["kind"], f["clerk"], f["window"], f["why"]) for f in floor.hub.said(floor.today())]
        assert told == [("window.paused", "G003", "3", "交接班"), ("window.opened", "G003", "3", "柜员到岗")]

    def test_the_windows_at_a_glance(self, floor: Floor) -> None:
        floor.hub.arrange("10", GUIDE, ("benefit",), ("general",))
        floor.hub.take("r1")
        floor.hub.call("2", "c1", clerk("2"))
        second, tenth = floor.hub.windows()
        assert (second["id"], second["number"], second["state"], second["clerk"]) == (
            "2",
            "A001",
            "called",
            "G002",
        )
        assert second["seen"] == floor.clock.at.isoformat()
        assert (tenth["id"], tenth["own"], tenth["helps"]) == ("10", ["benefit"], ["general"])

    def test_no_more_numbers_in_the_words_of_the_kiosk(self, floor: Floor) -> None:
        status = floor.hub.status()
        assert (status["open"], status["words"]) == (True, "")
        assert [(g["id"], g["left"]) for g in status["groups"]][-1] == ("employer", 3)
        floor.hub.close_taking(GUIDE, "今日系统升级，停止取号。")
        assert floor.hub.status()["words"] == "今日系统升级，停止取号。"
        with refused("line-closed") as told:
            floor.hub.taken("r1")
        assert told.value.cause == "今日系统升级，停止取号。"
        late = floor.hub.taken("r2", why="老人远道而来", actor=GUIDE)
        assert floor.hub.story(late.ticket.ticket_id)[0]["why"] == "老人远道而来"
        with refused("line-closed"):
            floor.hub.taken("r3", why="我急", actor=clerk("1"))
        floor.hub.close_taking(GUIDE, "")
        assert floor.hub.take("r4").number == "A002"

    def test_the_board_sees_calls_and_no_persons(self, floor: Floor) -> None:
        for nth in range(3):
            floor.hub.take(f"r{nth}", person=f"p{nth}")
        for nth in (1, 2):
            floor.hub.call(str(nth), f"c{nth}", clerk(str(nth)))
            floor.clock.pass_(seconds=20)
        first = floor.hub.find(floor.today(), number="A001")[0]
        floor.hub.act(first.ticket_id, "recall", "a1", clerk("1"))
        told = floor.hub.board()
        assert [(c["number"], c["window"], c["recalls"]) for c in told["calls"]] == [
            ("A001", "1", 1),
            ("A002", "2", 0),
        ]
        assert [g["waiting"] for g in told["groups"]] == [1, 0, 0]
        assert "p1" not in str(told)

    def test_a_word_for_the_hall_holds_until_it_is_ended(self, floor: Floor) -> None:
        assert floor.hub.say("n1", "outage.announced", GUIDE, "系统故障，正在抢修。")
        assert not floor.hub.say("n1", "outage.announced", GUIDE, "系统故障，正在抢修。")
        floor.hub.say("n2", "help.asked", clerk("3"), "需要帮助", "3")
        assert {n["kind"] for n in floor.hub.status()["notices"]} == {"outage.announced", "help.asked"}
        floor.hub.say("n3", "help.answered", GUIDE, "", "3")
        floor.hub.say("n4", "outage.ended", GUIDE)
        assert floor.hub.status()["notices"] == []
        assert len(floor.hub.said(floor.today())) == 4
        assert [n["window"] for n in floor.hub.said(floor.today(), "help.asked")] == ["3"]
        with refused("notice-unknown"):
            floor.hub.say("n5", "party", GUIDE)

    def test_the_end_of_the_day_balances(self, floor: Floor) -> None:
        tickets = [floor.hub.take(f"r{nth}") for nth in range(6)]
        for nth, ends in enumerate(["done", "miss"]):
            floor.hub.call("1", f"c{nth}", clerk("1"))
            floor.hub.act(tickets[nth].ticket_id, ends, f"a{nth}", clerk("1"))
        tomorrow = (floor.today() + timedelta(days=1)).isoformat()
        floor.hub.act(tickets[2].ticket_id, "carry", "a2", GUIDE, "改日再来", tomorrow)
        floor.hub.call("1", "c3", clerk("1"))
        floor.hub.act(tickets[3].ticket_id, "serve", "a3", clerk("1"))
        with refused("supervisor-needed"):
            floor.hub.end_day(clerk("1"), "下班")
        told = floor.hub.end_day(GUIDE, "下班")
        assert (told["numbers"], told["done"], told["missed"]) == (6, 1, 1)
        assert (told["cancelled"], told["carried"], told["open"]) == (2, 1, 1)
        assert (told["gaps"], told["spare_unused"]) == ([], [])
        floor.hub.act(tickets[3].ticket_id, "done", "a4", clerk("1"))
        assert floor.hub.totals(floor.today())["open"] == 0

    def test_a_wait_is_told_for_a_number_in_the_hand(self, floor: Floor) -> None:
        first, second = floor.hub.taken("r1"), floor.hub.taken("r2")
        assert (second.ahead, floor.hub.wait(second.ticket.ticket_id).ahead) == (1, 1)
        assert second.low_min <= second.high_min
        floor.hub.call("1", "c1", clerk("1"))
        told = floor.hub.wait(first.ticket.ticket_id)
        assert (told.state, told.window, told.high_min) == (TicketState.CALLED, "1", 0)
        with refused("not-found"):
            floor.hub.wait("none")

    def test_moments_are_of_the_hall(self, floor: Floor) -> None:
        assert floor.hub.taken("r1").ticket.taken_at.utcoffset() == HALL_TIME.utcoffset(None)
