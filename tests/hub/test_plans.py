"""Both databases find the next ticket by index, however many wait."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from counter_app.database import open_postgres
from counter_app.hub import batches, case_facts, caseload, fronts, lives, memory, rows, upgrades
from counter_app.hub.commands import Accept
from counter_app.hub.hall import HallHub
from counter_app.hub.halls import open_hall
from counter_app.hub.opening import open_server
from counter_app.hub.pool import PoolLane
from counter_app.hub.tables import tickets
from counter_app.queueing import line as model
from tests.hub.envelopes import reviewed
from tests.hub.stores import HALL, RULES, START, HandClock, built, clerk

QUERIES: dict[str, tuple[str, dict[str, Any]]] = {
    "_HEAD": ("the_line", {"hall": HALL, "lane": "general"}),
    "_AHEAD": ("the_line", {"hall": HALL, "lane": "general", "due_key": 1, "nth": 1}),
    "_OF_PERSON": ("one_place_a_person", {"hall": HALL, "person": "p7"}),
    "_HELD_BY": ("one_person_a_window", {"hall": HALL, "window": "1"}),
    "_STALE": ("the_stale", {"hall": HALL, "before": 1}),
    "_LAPSED": ("one_person_a_window", {"hall": HALL, "before": 1}),
    "_OLDEST": ("the_stale", {"hall": HALL}),
}


@pytest.mark.parametrize("name", QUERIES)
def test_by_index(engine: Engine, name: str) -> None:
    index, given = QUERIES[name]
    now = rows.to_ms(START)
    with engine.begin() as connection:
        for nth in range(300):
            wish = model.Taking(f"t{nth}", "2026-11-23", now + nth, person=f"p{nth}")
            rows.add(connection, HALL, *model.new_entry(wish, RULES, nth + 1, clerk()))
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE tickets"))
    assert index in plan_of(engine, getattr(rows, name), given)


def test_a_press_sees_the_hall_by_index(engine: Engine) -> None:
    """One look for everything a press has to know; on a file store it must not sort or read the line."""
    look = memory.pressed_look(2, engine.dialect.name == "postgresql").statement
    given = {"hall": HALL, "call_id": "c", "window": "1", "lane0": "general", "lane1": "window:1"}
    plan = plan_of(engine, look, given)
    assert plan.count("the_line") == 2
    assert {"the_stale", "one_person_a_window"} <= set(re.findall(r"\w+", plan))
    assert "SCAN tickets" not in plan
    assert "TEMP B-TREE" not in plan


def test_no_look_at_the_line_reads_the_whole_table(postgres: Any, size: Callable[[str], int]) -> None:
    """On a server that plans once for every value: a limit or a comparison must not look cheap to it."""
    engine = built(create_engine(postgres.fresh()))
    asked = {name: rows._QUICK[name] for name in ("oldest", "ahead", "head")} | {
        "heads": fronts._look(2, server=True)
    }
    asked |= {"pressed": memory.pressed_look(2, server=True), "acted": memory._ACTED}
    asked |= {"counted": memory._COUNTED["postgresql"]()}
    with engine.begin() as connection:
        connection.execute(tickets.insert(), _waiting(size("waiting_planned")))
        connection.execute(text("ANALYZE tickets"))
        for name, quick in asked.items():
            plan = _planned(connection, name, quick.made(connection).sql)
            assert "Seq Scan on tickets" not in plan, name
    engine.dispose()


def test_the_cases_of_a_batch_are_found_by_their_keys_in_a_young_table(postgres: Any) -> None:
    """A server that has counted nothing yet believes a thousand cases to be a handful."""
    database = open_postgres(postgres.fresh(), upgrades)
    with database.write() as connection:
        open_hall(connection, HALL, RULES)
        connection.exec_driver_sql(
            "INSERT INTO cases SELECT '001', 'c' || n, 'N' || n, 'M', 'b' || n, '', '', 'd', '', 0, n "
            "FROM generate_series(1, 3000) AS n"
        )
        assert connection.exec_driver_sql("SHOW enable_seqscan").scalar_one() == "off"
        plans = [
            _explained(connection, "known", caseload._KNOWN, "ARRAY['c1'], '001', ARRAY['c1'], '001'"),
            _explained(connection, "same", caseload._SAME, "ARRAY[1::bigint]"),
        ]
    database.close()
    assert {"cases_pkey", "lives_pkey"} <= set(re.findall(r"\w+", plans[0]))
    assert "the_same_matter" in plans[1]
    assert "Filter" not in "".join(plans)


@pytest.mark.parametrize("waiting", [0, 100])
def test_a_press_finds_its_ticket_by_its_key_in_a_young_table(postgres: Any, waiting: int) -> None:
    """A server keeps its first plan for a press while the day's tickets come, so it must be the good one.

    It makes it after some presses: by then the table has pages, and still nobody has counted what is on them.
    """
    opened = open_server(postgres.fresh())
    lane = opened.lane
    assert isinstance(lane, PoolLane)
    HallHub(opened.database, lane, HALL, HandClock(), RULES)
    if waiting:
        lane.do(lambda c: c.execute(tickets.insert(), _waiting(2 * waiting)))
        lane.do(lambda c: c.execute(tickets.update().where(tickets.c.nth <= waiting).values(state="done")))
    asked = {
        "acted": (memory._ACTED, {"tickets_pkey"}),
        "asked": (memory._ASKED, {"tickets_pkey"}),
        "put": (rows._QUICK["put"], {"tickets_pkey"}),
        "put_seen": (fronts._PUT_SEEN, {"tickets_pkey"}),
        "head": (rows._QUICK["head"], {"the_line"}),
        "pressed": (memory.pressed_look(2, server=True), {"the_line", "the_stale", "one_person_a_window"}),
    }

    def plans(connection: Connection) -> dict[str, str]:
        return {
            name: _planned(connection, name, quick.made(connection).sql) for name, (quick, _) in asked.items()
        }

    told = lane.at_once([plans])
    opened.close()
    assert told is not None
    ((found, refused),) = told
    assert refused is None
    for name, (_, indexes) in asked.items():
        used = set(re.findall(r"using (\w+) on tickets", found[name]))
        assert (used, "Sort" in found[name]) == (indexes, False), name


def _waiting(count: int) -> list[dict[str, Any]]:
    """So many people in one lane."""
    now, made = rows.to_ms(START), []
    for nth in range(count):
        entry, _ = model.new_entry(model.Taking(f"t{nth}", "2026-11-23", now + nth), RULES, nth + 1, clerk())
        made.append({"hall": HALL, **rows.values_of(entry)})
    return made


def _planned(connection: Connection, name: str, sql: str) -> str:
    """How a statement of a press is run whatever its values are."""
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))
    for place, value in enumerate(names, 1):
        sql = sql.replace(f"%({value})s", f"${place}")
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
    connection.exec_driver_sql(f"PREPARE {name} AS {sql}")
    return str(
        connection.exec_driver_sql(f"EXPLAIN EXECUTE {name}({', '.join(['NULL'] * len(names))})").all()
    )


def _explained(connection: Connection, name: str, sql: str, given: str) -> str:
    """How a text is run that is planned anew each time."""
    for place in range(1, sql.count("%b") + 1):
        sql = sql.replace("%b", f"${place}", 1)
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")
    connection.exec_driver_sql(f"PREPARE {name} AS {sql}")
    return str(connection.exec_driver_sql(f"EXPLAIN EXECUTE {name}({given})").all())


WORK: dict[str, tuple[str, dict[str, Any]]] = {
    "_DESK_WORK": ("work_of_a_desk", {"hall": HALL, "desk": "岗7", "most": 20}),
    "_HALL_WORK": ("work_of_the_hall", {"hall": HALL, "most": 20}),
    "_BY_NUMBER": ("lives_by_number", {"hall": HALL, "of": "N7"}),
}


@pytest.mark.parametrize("name", WORK)
def test_work_by_index_and_in_its_order(engine: Engine, name: str) -> None:
    index, given = WORK[name]
    with engine.begin() as connection:
        made = [reviewed(nth, f"N{nth}", life={"desks": [f"岗{nth % 25}"]}) for nth in range(1, 401)]
        batches.accept(connection, clerk(), Accept(HALL, START, made))
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE work"))
            connection.execute(text("ANALYZE lives"))
    plan = plan_of(engine, getattr(lives, name), given)
    assert index in plan
    assert "TEMP B-TREE" not in plan  # sorted by the index, not again


def test_the_facts_of_a_case_by_their_index(engine: Engine) -> None:
    with engine.begin() as connection:
        made = [reviewed(nth, f"N{nth}") for nth in range(1, 401)]
        batches.accept(connection, clerk(), Accept(HALL, START, made))
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE envelopes"))
    given = {"hall": HALL, "of": "case-N7", "kind": "case.accepted"}
    assert "a_cases_facts" in plan_of(engine, case_facts.OF_A_KIND, given)


def plan_of(engine: Engine, query: Any, given: dict[str, Any]) -> str:
    """How the database would answer."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # a small table may be read whole
            literal = query.params(given).compile(engine, compile_kwargs={"literal_binds": True})
            plan: Any = connection.execute(text(f"EXPLAIN {literal}")).all()
        else:  # with the values unknown, as the product prepares it
            compiled = query.compile(engine)
            ordered = [given.get(key, compiled.params[key]) for key in compiled.positiontup or ()]
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", tuple(ordered)).all()
    return str(plan)
