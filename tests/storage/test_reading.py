from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, text

from counter_app.domain.cases import CaseState, Clocks, MaterialState, Paused
from counter_app.storage import reading, tables
from counter_app.storage.store import CounterStore
from counter_app.storage.upgrades import s003_due_days
from tests.fakes.counter import CLERK, MORNING, a_case, accept

LATER, SOON = date(2027, 1, 4), date(2026, 11, 30)


def test_open_cases_come_by_deadline_and_undated_ones_last(store: CounterStore) -> None:
    cases = {
        "later": accept(store, due_on=LATER),
        "soon": accept(store, due_on=SOON),
        "never": accept(store, due_on=None),
        "done": accept(store, due_on=SOON, state=CaseState.DONE),
    }
    ordered = [case.case_id for case in store.due_cases()]
    assert ordered == [cases[name].case_id for name in ("soon", "later", "never")]
    assert [case.case_id for case in store.due_cases(1)] == ordered[:1]


def test_clocks_and_pauses_come_back_as_they_were(store: CounterStore) -> None:
    kept = Clocks(30, 9, LATER, SOON, True, (Paused("容缺", SOON, None), Paused("补正", SOON, LATER)))
    case = accept(store, clocks=kept)
    found = store.case(case.case_id)
    assert found is not None
    assert found.clocks == kept
    with store.unit(CLERK, MORNING) as unit:
        unit.save_case(replace(found, clocks=Clocks(30)))
    again = store.case(case.case_id)
    assert again is not None
    assert again.clocks == Clocks(30)


def test_the_due_list_reads_its_index_and_not_every_case(store: CounterStore) -> None:
    """Else it would slow down with every case ever accepted here."""
    asked = reading.due_query(dated=True).limit(5).compile(compile_kwargs={"literal_binds": True})
    with store.database.read() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
    steps = [str(row[-1]) for row in plan]
    assert any("cases_due" in step for step in steps), steps
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in steps), steps


def test_a_span_of_days_holds_both_its_ends_and_its_materials(store: CounterStore) -> None:
    days = [date(2026, 11, day) for day in (19, 20, 21)]
    made = [accept(store, business_date=day) for day in days]
    found = store.cases_between(days[0], days[1])
    assert [case.case_id for case in found] == [case.case_id for case in made[:2]]
    assert [case.materials for case in found] == [case.materials for case in made[:2]]
    assert found[0].materials
    assert len(store.cases_between(None, None)) == 3
    assert [case.case_id for case in store.cases_between(days[2], None)] == [made[2].case_id]


def test_facts_of_some_kinds_come_in_order_over_any_number_of_pages(store: CounterStore) -> None:
    for _ in range(5):
        accept(store)
    every = [fact for fact in store.facts(limit=1000) if fact["kind"] == "case.accepted"]
    assert len(every) == 5
    assert list(store.facts_since(None, ("case.accepted",))) == every
    assert list(store.facts_since(date(2099, 1, 1), ("case.accepted",))) == []
    with store.database.read() as connection:
        first = reading.envelopes_since(connection, None, ("case.accepted",), 0, 2)
        rest = reading.envelopes_since(connection, None, ("case.accepted",), first[-1][0], 10)
    assert (len(first), len(rest)) == (2, 3)


def test_due_days_follow_every_change_of_a_case(store: CounterStore) -> None:
    moving = accept(store, due_on=SOON)
    accept(store, due_on=SOON)
    accept(store, due_on=None)
    accept(store, due_on=SOON, state=CaseState.DONE)
    assert store.due_days() == {SOON: 2, None: 1}
    for changed in (
        replace(moving, due_on=LATER),
        replace(moving, due_on=LATER),  # written again as it was
        replace(moving, due_on=LATER, state=CaseState.RECEIVED),
    ):
        with store.unit(CLERK, MORNING) as unit:
            unit.save_case(changed)
        assert store.due_days() == {SOON: 1, LATER: 1, None: 1}
    with store.unit(CLERK, MORNING) as unit:
        unit.save_case(replace(moving, state=CaseState.DONE))
    assert store.due_days() == {SOON: 1, None: 1}
    with store.unit(CLERK, MORNING) as unit:
        unit.save_case(replace(moving, state=CaseState.ACCEPTED, due_on=None))
    assert store.due_days() == {SOON: 1, None: 2}


def test_due_days_of_a_store_that_had_cases_before_are_counted_once(store: CounterStore) -> None:
    accept(store, due_on=SOON)
    accept(store, due_on=None)
    with store.database.write() as connection:
        for name in ("due_day_added", "due_day_moved", "due_day_taken"):
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("DROP TABLE due_days"))
        connection.execute(text("DROP INDEX materials_committed"))
        connection.execute(text("DROP INDEX cases_offline"))
        connection.execute(text("DROP INDEX cases_estimated"))
        s003_due_days.STEP.apply(connection)
        connection.execute(text("DROP INDEX people_names"))
    assert store.due_days() == {SOON: 1, None: 1}


def plan_of(store: CounterStore, asked: Select[Any]) -> str:
    compiled = asked.compile(compile_kwargs={"literal_binds": True})
    with store.database.read() as connection:
        return "\n".join(str(row[-1]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))


def test_commitments_to_check_are_found_by_their_index(store: CounterStore) -> None:
    m = tables.materials.c
    asked = select(m.case_id).where(text("state = 'committed'"), m.due_on <= "2027-01-01")
    assert "materials_committed" in plan_of(store, asked)
    with store.unit(CLERK, MORNING) as unit:
        case = a_case(unit.next_number(MORNING.date()))
        promised = replace(case.materials[0], state=MaterialState.COMMITTED, due_on=SOON)
        unit.save_case(replace(case, materials=(promised, *case.materials[1:])))
    assert [found.case_id for found in store.committed(SOON)] == [case.case_id]
    assert store.committed(date(2026, 11, 29)) == []


def test_what_waits_is_counted_without_reading_what_has_gone(store: CounterStore) -> None:
    accept(store)
    accept(store)
    first = store.waiting(1)[0]
    store.settle([{"event_id": first["event_id"], "verdict": "accepted"}])
    count = store.outbox()
    assert (count.waiting, count.acknowledged, count.set_aside) == (7, 1, 0)
    assert "SCAN outbox" not in plan_of(store, select(func.max(tables.outbox.c.entry)))
