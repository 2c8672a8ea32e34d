"""Any walk through any flow: what is allowed, what never is, and that every case can still be put away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.catalog.flows import FLOWS, Move
from counter_app.catalog.holidays import shipped
from counter_app.catalog.reasons import every_reason, reasons
from counter_app.catalog.verbs import VERBS, is_money, table, verb_of
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseState, Clocks, Paused
from counter_app.domain.life import Life, Wish
from counter_app.policy.case_clocks import lights
from counter_app.policy.life import begin, carried, living_flow, move, open_moves, review_desks
from counter_app.policy.life_rules import LOCAL
from counter_app.problems import Problem

CALENDAR = shipped()
START = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
ALL = ("clerk", "reviewer", "supervisor", "finance")
PEOPLE = [Actor(number, f"演示{number}", ALL) for number in ("0420", "0421", "0422")]
CLERK = Actor("0317", "陈静")
A, B = (Actor(number, "演示", ("reviewer",)) for number in ("0420", "0421"))
CHIEF, CASHIER = Actor("0301", "何主任", ("supervisor",)), Actor("0430", "出纳", ("finance",))


def life(flow: str = "timed", deferred: tuple[str, ...] = (), desks: tuple[str, ...] = ("审核岗",)) -> Life:
    pauses = (Paused("容缺", START.date()),) if deferred else ()
    clocks = Clocks(20, 10, pauses=pauses)
    day = START.date()
    state = CaseState.ACCEPTED
    return begin(Life("c", "n", "T", flow, "", state, day, day, clocks, desks, deferred=deferred))


class Walk:
    """One case and a clock that a step moves by a day."""

    def __init__(self, first: Life) -> None:
        self.life, self.at, self._ids = first, START, count()

    def do(self, act: str, by: Actor, later: int = 0, **wish: object) -> Walk:
        self.at += timedelta(days=later)
        asked = Wish(f"w{next(self._ids)}", act, **wish)  # type: ignore[arg-type]
        self.life = move(self.life, asked, by, self.at, CALENDAR)
        return self

    def expect_refused(self, code: str, act: str, by: Actor, **wish: object) -> Walk:
        with pytest.raises(Problem) as seen:
            self.do(act, by, **wish)  # type: ignore[arg-type]
        assert seen.value.code == code
        return self


def reviewed(flow: str = "timed", amount: int | None = None) -> Walk:
    return Walk(life(flow)).do("claim", A).do("pass", A, amount=amount)


# --- the tables -----------------------------------------------------------------------------------
def test_every_move_of_every_flow_has_one_verb() -> None:
    worded = {act for verb in VERBS.values() for act in verb.acts}
    assert {one.act for flow in FLOWS.values() for one in flow.moves} == worded
    assert sum(len(verb.acts) for verb in VERBS.values()) == len(worded)


def test_the_verbs_in_the_documents_are_the_verbs() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "life.md"
    assert page.read_text("utf-8").endswith("a test keeps it so -->\n" + table())


def test_every_verb_that_needs_a_reason_has_some_to_choose_from() -> None:
    assert {verb.id for verb in VERBS.values() if verb.reasoned} <= {
        v for r in every_reason() for v in r.verbs
    }
    assert {v for r in every_reason() for v in r.verbs} <= set(VERBS)
    assert len({r.code for r in every_reason()}) == len(every_reason())
    assert reasons("refuse", "rizhao")


def test_an_instant_matter_with_something_owed_is_timed() -> None:
    assert living_flow("instant", True, False) == living_flow("instant", False, True) == "timed"
    assert living_flow("instant", False, False) == "instant"
    assert living_flow("payment", True, True) == "payment"
    assert living_flow("unheard", False, False) == "timed"


def test_desks_are_those_that_review() -> None:
    assert review_desks(("待遇审核岗", "值班主管", "基金财务岗")) == ("待遇审核岗",)
    assert review_desks(("参保征缴岗", "税务")) == ("参保征缴岗", "税务")
    assert review_desks(()) == ("审核岗",)


# --- the ordinary way -----------------------------------------------------------------------------
def test_from_acceptance_to_archive() -> None:
    walk = reviewed("payment", 350000).do("second", B).do("pay", CASHIER)
    assert (walk.life.step, walk.life.state, walk.life.paid) == ("done", CaseState.DONE, 350000)
    walk.do("deliver", CLERK, detail="窗口：本人签收").do("rate", CLERK).do("archive", CLERK)
    assert (walk.life.step, walk.life.state) == ("archived", CaseState.DONE)
    assert [turn.act for turn in walk.life.history][:3] == ["claim", "pass", "second"]


def test_nothing_to_pay_ends_without_payment() -> None:
    assert reviewed("payment", 0).do("second", B).life.step == "done"


def test_the_same_wish_counts_once() -> None:
    walk = Walk(life())
    first = move(walk.life, Wish("x", "claim"), A, START, CALENDAR)
    assert move(first, Wish("x", "claim"), A, START, CALENDAR) is first
    assert carried(first, first.history[0], CALENDAR) is first


def test_a_step_may_be_named_instead_of_the_act() -> None:
    assert move(life(), Wish("x", to="first_review"), A, START, CALENDAR).step == "first_review"
    for wish, code in [
        (Wish("x", "juggle"), "move-unknown"),
        (Wish("x", to="moon"), "move-unknown"),
        (Wish("x"), "move-unknown"),
        (Wish("x", "pay"), "move-wrong-step"),
        (Wish("x", to="archived"), "move-wrong-step"),
    ]:
        with pytest.raises(Problem) as seen:
            move(life(), wish, A, START, CALENDAR)
        assert seen.value.code == code


# --- who may --------------------------------------------------------------------------------------
def test_review_takes_two_persons() -> None:
    reviewed("payment", 100).expect_refused("same-person", "second", A)
    reviewed("payment", 100).expect_refused("same-person", "refuse", A, reason="refuse.scope")
    reviewed("timed").expect_refused("same-person", "second", replace(A, roles=ALL))
    reviewed("payment", 100).expect_refused("actor-unnamed", "second", replace(B, clerk_no=""))


def test_an_expert_case_too_takes_two_persons() -> None:
    walk = Walk(life("expert")).do("claim", A).do("expert", A).do("expert_result", A)
    walk.expect_refused("same-person", "second", A).do("second", B)
    assert walk.life.step == "done"


def test_roles_hold() -> None:
    Walk(life()).expect_refused("move-role", "claim", CLERK)
    reviewed("payment", 5).do("second", B).expect_refused("move-role", "pay", B)
    Walk(life()).do("claim", A).expect_refused("held-by-other", "pass", B).do("pass", CHIEF)


def test_reasons_come_from_the_list_or_are_said_as_other() -> None:
    walk = reviewed()
    walk.expect_refused("reason-needed", "refuse", B).expect_refused(
        "reason-needed", "refuse", B, reason="其他：  "
    )
    walk.expect_refused("reason-unlisted", "refuse", B, reason="不想办")
    walk.do("refuse", B, reason="其他：户籍已迁出本市")
    assert walk.life.history[-1].reason == "户籍已迁出本市"
    assert (
        reviewed().do("refuse", B, reason="refuse.standard").life.history[-1].reason == "经审核未达到认定标准"
    )


# --- money ----------------------------------------------------------------------------------------
def test_a_bounced_payment_gets_another_account_and_arrives_in_parts() -> None:
    walk = reviewed("payment", 1000).do("second", B, amount=1000)
    walk.expect_refused("amount-wrong", "part", CASHIER, amount=1000).do("part", CASHIER, amount=400)
    walk.do("bounce", CASHIER, reason="bounce.closed").expect_refused("move-wrong-step", "pay", CASHIER)
    walk.do("change_account", replace(CLERK, clerk_no="0430"))
    walk.expect_refused("same-person", "resend", CASHIER).do("resend", replace(CASHIER, clerk_no="0431"))
    walk.expect_refused("amount-wrong", "pay", CASHIER, amount=1000).do("pay", CASHIER)
    assert (walk.life.step, walk.life.paid) == ("done", 1000)
    walk.expect_refused("amount-wrong", "recover", CASHIER, amount=1001, reason="recover.over")
    assert walk.do("recover", CASHIER, amount=1000, reason="recover.over").life.paid == 0


def test_both_reviewers_mean_the_same_sum() -> None:
    Walk(life("payment")).do("claim", A).expect_refused("amount-needed", "pass", A).expect_refused(
        "amount-wrong", "pass", A, amount=-1
    )
    reviewed("payment", 100).expect_refused("amount-wrong", "second", B, amount=99)


def test_nothing_ends_well_while_a_material_is_owed() -> None:
    walk = Walk(life("payment", deferred=("M_A", "M_B")))
    assert walk.life.step == "deferred"
    walk.do("assign", CLERK).do("claim", A).do("pass", A, amount=100).expect_refused(
        "material-missing", "second", B
    )
    walk.do("make_good", CLERK, 2, detail="M_A").expect_refused("material-missing", "second", B)
    walk.expect_refused("not-found", "make_good", CLERK, detail="M_A").do("make_good", CLERK, detail="M_B")
    assert walk.life.clocks.pauses == (Paused("容缺", date(2026, 11, 23), date(2026, 11, 25)),)
    assert walk.do("second", B).life.step == "pay_ordered"


def test_the_last_material_sends_the_case_to_its_desk() -> None:
    walk = Walk(life(deferred=("M_A",))).do("make_good", CLERK, detail="M_A")
    assert (walk.life.step, walk.life.deferred) == ("assigned", ())


# --- several desks --------------------------------------------------------------------------------
def test_a_joint_case_goes_on_when_every_desk_has_agreed() -> None:
    walk = Walk(life(desks=("参保征缴岗", "税务"))).expect_refused("desk-needed", "claim", A)
    walk.do("claim", A, desk="税务").do("pass", A)  # whoever holds one desk need not name it
    walk.do("second", B, desk="税务")
    assert (walk.life.step, walk.life.state) == ("assigned", CaseState.ACCEPTED)
    walk.expect_refused("move-wrong-step", "second", B, desk="税务")
    walk.do("claim", B, desk="参保征缴岗").do("pass", B, desk="参保征缴岗")
    assert walk.life.step == "second_review"
    assert walk.do("second", A, desk="参保征缴岗").life.step == "done"


def test_one_desk_returns_and_both_go_on() -> None:
    walk = Walk(life(desks=("参保征缴岗", "税务"))).do("claim", A, desk="税务")
    walk.do("return", A, desk="税务", reason="return.missing")
    assert walk.life.step == "returned"
    walk.do("supplied", CLERK)
    assert walk.life.step == "assigned"
    assert [part.step for part in walk.life.parts] == ["assigned", "first_review"]


def test_objection_is_reviewed_anew() -> None:
    walk = reviewed().do("refuse", B, reason="refuse.standard")
    walk.expect_refused("delivery-way", "deliver", CLERK, detail="托梦").do(
        "deliver", CLERK, detail="邮寄：EMS"
    )
    walk.do("object", CLERK, 3, reason="object.decision")
    assert walk.life.state is CaseState.REFUSED
    walk.do("overturn", CHIEF, 2, reason="overturn.new")
    assert (walk.life.step, walk.life.state) == ("first_review", CaseState.ACCEPTED)
    assert walk.do("pass", A).do("second", B).life.state is CaseState.DONE


# --- clocks ---------------------------------------------------------------------------------------
def test_an_extension_moves_both_last_days() -> None:
    walk = Walk(life()).do("claim", A)
    before = walk.life.clocks
    walk.expect_refused("days-needed", "extend", A, reason="extend.complex")
    walk.do("extend", A, reason="extend.complex", days=10).expect_refused("move-role", "grant", A)
    walk.do("grant", CHIEF)
    after = walk.life.clocks
    assert (after.statutory_days, after.promised_days) == (30, 20)
    assert before.promised_due == date(2026, 12, 7)
    assert after.promised_due == date(2026, 12, 21)


def test_days_of_a_pause_count_on_neither_clock() -> None:
    walk = Walk(life()).do("claim", A).do("return", A, reason="return.missing")
    assert lights(CALENDAR, walk.life, START.date()).promised.light == "paused"  # type: ignore[union-attr]
    walk.do("supplied", CLERK, 4)
    row = lights(CALENDAR, walk.life, walk.at.date())
    assert row.promised is not None
    assert row.promised.due.on == date(2026, 12, 11)  # ten working days from the 28th, a Saturday


def test_a_case_that_is_done_is_read_on_that_day() -> None:
    walk = reviewed().do("second", B)
    left = lights(CALENDAR, walk.life, START.date()).promised
    assert lights(CALENDAR, walk.life, date(2027, 6, 1)).promised == left


# --- any walk -------------------------------------------------------------------------------------
def wish_for(case: Life, chosen: Move, nth: str) -> Wish:
    verb = verb_of(chosen)
    said = next(iter(reasons(verb.id))).code if verb.reasoned else ""
    rest = (case.amount or 0) - case.paid
    amount = {"pass": 700, "part": max(1, rest // 2), "recover": case.paid, "second": None}.get(verb.id)
    detail = {"deliver": "窗口：本人签收", "make_good": (*case.deferred, "")[0]}.get(verb.id, "")
    days = 5 if verb.id == "extend" else 0
    desk = next((p.desk for p in case.parts if p.step == chosen.source and not p.agreed), "")
    return Wish(nth, verb.id, chosen.target, desk, (), said, amount, days, detail)


def choices(case: Life) -> list[Move]:
    if case.step not in LOCAL:
        return list(open_moves(case))
    return [one for part in case.parts if not part.agreed for one in open_moves(case, part.desk)]


def attempt(case: Life, chosen: Move, by: Actor, at: datetime, nth: str) -> Life | None:
    try:
        return move(case, wish_for(case, chosen, nth), by, at, CALENDAR)
    except Problem:
        return None


def put_away(case: Life, at: datetime) -> Life:
    """Any way to the archive that the rules leave, breadth first."""
    seen, border, nth = {(case.step, case.parts, case.deferred)}, [case], count()
    while border:
        here = border.pop(0)
        if here.step == "archived":
            return here
        owed = [Move(here.step, here.step, "容缺材料补齐")] if here.deferred else []
        for chosen in [*owed, *choices(here)]:
            for by in PEOPLE:
                after = attempt(here, chosen, by, at, f"end{next(nth)}")
                if after is not None and (key := (after.step, after.parts, after.deferred)) not in seen:
                    seen.add(key)
                    border.append(after)
    raise AssertionError(f"no way out of {case.step}")


@settings(deadline=None)
@given(
    st.sampled_from(sorted(FLOWS)),
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 2), st.integers(0, 6)), max_size=25),
)
def test_any_walk_keeps_the_promises(
    flow: str, owes: bool, joint: bool, steps: list[tuple[int, int, int]]
) -> None:
    desks = ("参保征缴岗", "税务") if joint else ("审核岗",)
    case, at = life(flow, ("M_A",) if owes else (), desks), START
    for nth, (which, who, days) in enumerate(steps):
        at += timedelta(days=days)
        found = choices(case)
        if not found:
            break
        after = attempt(case, found[which % len(found)], PEOPLE[who], at, f"s{nth}")
        if after is None:
            continue
        holds(case, after, at.date())
        case = after
    assert put_away(case, at).step == "archived"


def holds(before: Life, after: Life, today: date) -> None:
    if is_money(after.flow) and after.step in ("pay_ordered", "done") and before.step == "second_review":
        assert not after.deferred
        assert all(p.first and p.second and p.first != p.second for p in after.parts)
    assert after.paid <= (after.amount or 0)
    paused = {day for pause in after.clocks.pauses for day in span(pause.first, pause.last or today)}
    row = lights(CALENDAR, after, today)
    for reading, limit, start in (
        (row.statutory, after.clocks.statutory_days, after.received_on),
        (row.promised, after.clocks.promised_days, after.accepted_on),
    ):
        if reading is not None and reading.due.on is not None and limit and start is not None:
            counted = [d for d in span(start + timedelta(days=1), reading.due.on) if CALENDAR.is_workday(d)]
            assert len([d for d in counted if d not in paused]) == limit


def span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
