"""The steps of one ticket, and the whole line's laws under any sequence of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import CLASS_NAMES, STATE_NAMES, TicketClass, TicketState
from counter_app.problems import ROWS, Problem
from counter_app.queueing import entry as steps
from counter_app.queueing import guide, keys, verbs
from counter_app.queueing import line as model
from counter_app.queueing.estimate import guess, wait_minutes
from counter_app.queueing.pace import Finished, pace_of
from counter_app.queueing.rules import HOUR, MINUTE, PATIENCE_MS, Group, Rules, class_of, groups_of

RULES = Rules(groups=(Group("general", "A", "综合服务"), Group("benefit", "B", "待遇支付")))
NOW = 1_795_400_000_000
VERBS = [name for name in verbs.NAMES if name != verbs.MERGE]
ALWAYS = {"describe", "assist", "reissue", "carry"}  # as long as the ticket is not over
TO = {"promote": "elderly", "describe": "walking,hearing", "assist": "G077", "carry": "2026-11-24"}
# Which verbs a ticket of each state takes, when everything else is right.
ALLOWED = {
    TicketState.WAITING: {"transfer", "cancel", "promote", *ALWAYS},
    TicketState.CALLED: {"recall", "serve", "park", "transfer", "miss", "done", "cancel", *ALWAYS},
    TicketState.SERVING: {"park", "transfer", "done", "cancel", *ALWAYS},
    TicketState.PARKED: {"serve", "transfer", "revive", "done", "cancel", *ALWAYS},
    TicketState.MISSED: {"revive", "cancel", *ALWAYS},
    TicketState.DONE: set(),
    TicketState.CANCELLED: set(),
    TicketState.CARRIED: set(),
}


def clerk(window: str = "1", *roles: str) -> Actor:
    return Actor("G001", "演示柜员", ("clerk", *roles), "K7Q", window)


def ticket(**other: Any) -> steps.Entry:
    made, _ = model.new_entry(model.Taking("t", "2026-11-23", NOW), RULES, 1, clerk())
    return replace(made, **other)


@pytest.mark.parametrize("state", TicketState)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_state(state: TicketState, verb: str) -> None:
    before = ticket(state=state, window="1")
    arguments = (
        before,
        verb,
        NOW,
        clerk("1", "supervisor"),
        RULES,
        "原因",
        TO.get(verb, ""),
    )
    if verb in ALLOWED[state]:
        after, fact = model.step(*arguments)
        assert (fact.ticket_id, fact.at_ms, fact.clerk) == ("t", NOW, "G001")
        assert after != before
    else:
        with pytest.raises(Problem) as refused:
            model.step(*arguments)
        assert refused.value.code == "ticket-state"
        assert STATE_NAMES[state] in refused.value.cause


def test_the_key_is_when_one_is_due() -> None:
    made = [
        model.new_entry(model.Taking("t", "2026-11-23", NOW, klass=klass), RULES, 7, clerk())[0]
        for klass in TicketClass
    ]
    assert [e.due_key - NOW for e in made] == [PATIENCE_MS[k] for k in TicketClass]
    assert {e.number for e in made} == {"A007"}
    assert keys.number_text("B", 1000) == "B1000"


def test_the_front_is_before_everybody_and_keeps_the_order_there() -> None:
    early, late = keys.to_front(NOW), keys.to_front(NOW + 1)
    assert early < late < 0 < NOW
    assert keys.to_front(early) == early
    assert keys.plain(early) == NOW
    assert keys.is_front(early)
    assert abs(early) < 2**53  # any JSON reader keeps it


def test_going_on_too_often_needs_a_supervisor() -> None:
    sent = ticket(state=TicketState.SERVING, window="1", transfers=2)
    with pytest.raises(Problem, match="supervisor-needed"):
        steps.transfer(sent, NOW, clerk(), "benefit", "改办", RULES)
    moved, _ = steps.transfer(sent, NOW, clerk("1", "supervisor"), "benefit", "改办", RULES)
    assert (moved.lane, keys.is_front(moved.due_key)) == ("benefit", True)


def test_who_waits_is_moved_without_gaining() -> None:
    waits = ticket()
    with pytest.raises(Problem, match="supervisor-needed"):
        steps.transfer(waits, NOW, clerk(), "benefit", "取错号", RULES)
    moved, fact = steps.transfer(waits, NOW, clerk("1", "supervisor"), "benefit", "取错号", RULES)
    assert (moved.due_key, moved.group, fact.data) == (waits.due_key, "benefit", {"to": "benefit"})
    with pytest.raises(Problem, match="group-unknown"):
        steps.transfer(waits, NOW, clerk("1", "supervisor"), "window:", "取错号", RULES)


def test_priority_given_later_counts_from_when_the_ticket_was_taken() -> None:
    raised, fact = guide.promote(ticket(), NOW + HOUR, clerk("1", "supervisor"), "elderly", "行动不便", RULES)
    assert raised.due_key == NOW + PATIENCE_MS["elderly"]
    assert (fact.kind, fact.why, fact.data) == ("promoted", "行动不便", {"class": "elderly"})
    with pytest.raises(Problem, match="reason-needed"):
        guide.promote(ticket(), NOW, clerk("1", "supervisor"), "elderly", "", RULES)


def test_a_clock_that_went_back_does_not_block_a_recall() -> None:
    called, _ = steps.call(ticket(), "1", "c1", NOW, clerk(), RULES)
    again, _ = steps.recall(called, NOW - HOUR, clerk(), RULES)
    assert again.recalls == 1


def test_words_for_everything() -> None:
    assert set(CLASS_NAMES) == set(TicketClass) == set(PATIENCE_MS)
    assert set(STATE_NAMES) == set(TicketState)
    assert [class_of(name) for name in CLASS_NAMES.values()] == list(TicketClass)
    assert class_of("") == "ordinary"
    assert {"ticket-state", "recall-limit", "call-lapsed", "window-paused", "line-closed"} <= set(ROWS)


def test_prefixes_leave_out_what_is_misread() -> None:
    groups = groups_of({f"g{n}": f"组{n}" for n in range(24)})
    prefixes = [group.prefix for group in groups]
    assert len(set(prefixes)) == 24
    assert not {"I", "O"} & set(prefixes)


# --- the estimate -------------------------------------------------------------------------------


def test_the_pace_learns_and_leans() -> None:
    fast = [Finished(2 * MINUTE, str(n % 3), NOW - n * MINUTE, "ordinary") for n in range(60)]
    pace = pace_of(fast, NOW)
    assert pace.windows == 3
    assert 3 * MINUTE < pace.visit_ms < 4 * MINUTE  # two minutes, and one to the next press
    assert pace_of([], NOW).visit_ms == 7 * MINUTE
    assert pace_of(fast, NOW + HOUR).windows == 1  # nobody finished anything for an hour


def test_the_estimate_grows_with_the_line_and_shrinks_with_windows() -> None:
    recent = [Finished(6 * MINUTE, "1", NOW, "ordinary")] * 50
    one, five = (pace_of(recent, NOW, windows) for windows in (1, 5))
    ends = [wait_minutes(ahead, "ordinary", one, RULES) for ahead in range(0, 40, 5)]
    assert ends == sorted(ends)
    assert all(low < high for low, high in ends)
    assert wait_minutes(20, "ordinary", five, RULES)[1] < wait_minutes(20, "ordinary", one, RULES)[0]
    assert wait_minutes(0, "ordinary", one, RULES)[0] == 0
    old = [Finished(6 * MINUTE, "1", NOW, "elderly", NOW - n * MINUTE) for n in range(25)]
    crowded = pace_of([*old, *recent[:25]], NOW, 1)
    assert wait_minutes(5, "ordinary", crowded, RULES)[1] > wait_minutes(5, "ordinary", one, RULES)[1]


def test_a_mean_from_few_visits_is_told_widely() -> None:
    recent = [Finished(6 * MINUTE, "1", NOW, "ordinary")] * 200
    few, many = (pace_of(recent[:count], NOW, 3) for count in (4, 200))
    apart = [guess(60, "ordinary", pace, RULES) for pace in (few, many)]
    assert apart[0].spread_ms > 3 * apart[1].spread_ms
    assert pace_of(recent, NOW, 3).visit_ms < 6.1 * MINUTE  # what was thought before weighs as one visit


def test_a_window_held_far_too_long_is_not_counted() -> None:
    """It stopped without a word; a visit somewhat longer than others means nothing."""
    recent = [Finished(6 * MINUTE, "1", NOW, "ordinary")] * 100
    began = [NOW - 3 * MINUTE, NOW - 9 * MINUTE]
    assert pace_of(recent, NOW, 3, (), [*began, NOW - 8 * MINUTE]).windows == 3
    assert pace_of(recent, NOW, 3, (), [*began, NOW - 40 * MINUTE]).windows == 2
    assert pace_of(recent, NOW, 1, (), [NOW - 40 * MINUTE]).windows == 1  # there is always one


def test_in_the_first_minutes_those_under_way_say_how_long_visits_are() -> None:
    """The visits that have ended by then are the short ones."""
    short = [Finished(3 * MINUTE, str(n), NOW, "ordinary") for n in range(5)]
    still = [NOW - 12 * MINUTE] * 5
    assert pace_of(short, NOW, 10, (), still).visit_ms > 1.5 * pace_of(short, NOW, 10).visit_ms


def test_nothing_is_learnt_from_who_met_a_free_window() -> None:
    met = [Finished(MINUTE, "1", NOW, "ordinary", NOW - MINUTE, MINUTE, MINUTE)] * 200
    waited = [Finished(MINUTE, "1", NOW, "ordinary", NOW - 11 * MINUTE, 5 * MINUTE, 2 * MINUTE)] * 200
    assert pace_of(met, NOW).reach == pace_of([], NOW).reach
    assert 1.8 < pace_of(waited, NOW).reach < 2.2


# --- the laws of the whole line -----------------------------------------------------------------


class AnyLife(RuleBasedStateMachine):
    """Whatever people press, the laws hold; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.line = model.Line(RULES)
        self.now = NOW
        self.taken = 0
        self.pressed = 0

    @rule(
        klass=st.sampled_from(list(TicketClass)),
        group=st.sampled_from(["", "benefit"]),
        minutes=st.integers(0, 9),
    )
    def take(self, klass: str, group: str, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.taken += 1
        wish = model.Taking(f"t{self.taken}", "2026-11-23", self.now, group, klass)
        self.line, made, _ = model.take(self.line, wish, clerk())
        again, same, facts = model.take(self.line, wish, clerk())
        assert (again, same, facts) == (self.line, made, ())

    @rule(window=st.sampled_from(["1", "2", "3"]))
    def call(self, window: str) -> None:
        self.pressed += 1
        before = self.line
        self.line, called, _ = model.call(self.line, window, f"c{self.pressed}", self.now, clerk(window))
        if called is None:
            assert not any(
                e.state is TicketState.WAITING for e in self.line.entries.values() if ":" not in e.lane
            )
            return
        again, same, facts = model.call(self.line, window, f"c{self.pressed}", self.now, clerk(window))
        assert (again, same, facts) == (self.line, called, ())
        was = before.entries[called.ticket_id]
        if was.state is TicketState.WAITING:
            lanes = ("general", "benefit", f"window:{window}")
            rivals = [
                e for e in before.entries.values() if e.state is TicketState.WAITING and e.lane in lanes
            ]
            assert was.due_key == min(e.due_key for e in rivals)

    @precondition(lambda self: self.line.entries)
    @rule(
        data=st.data(), verb=st.sampled_from(VERBS), to=st.sampled_from(["", "benefit", "window:2", "green"])
    )
    def act(self, data: Any, verb: str, to: str) -> None:
        ticket_id = data.draw(st.sampled_from(sorted(self.line.entries)))
        before = self.line.entries[ticket_id]
        actor = clerk(before.window or "1", "supervisor")
        try:
            self.line, after, facts = model.act(self.line, ticket_id, verb, self.now, actor, "原因", to)
        except Problem:
            return
        assert verb in ALLOWED[before.state]
        assert facts[-1].ticket_id == ticket_id
        assert (after.number, after.taken_ms, after.day) == (before.number, before.taken_ms, before.day)

    @rule(minutes=st.sampled_from([1, 4, 30, 800]))
    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.line, _ = model.tidy(self.line, self.now)

    @invariant()
    def laws(self) -> None:
        entries = self.line.entries.values()
        held = [e.window for e in entries if e.state in steps.HOLDING]
        assert len(held) == len(set(held))
        assert all(held)
        assert all(not e.window for e in entries if e.state is TicketState.WAITING)
        assert all((e.lease_ms is not None) == (e.state is TicketState.CALLED) for e in entries)
        assert len({e.number for e in entries}) == len(entries) == self.taken
        assert sum(self.line.last.values()) == self.taken  # no number is skipped


TestAnyLife = AnyLife.TestCase
