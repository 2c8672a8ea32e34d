"""Ours: a counter store with many cases, and the questions a desk asks it all day.

usage: many_cases.py make FOLDER COUNT      a store with so many open cases, each with its facts
       many_cases.py ask FOLDER ROUNDS      `{question: [ms]}` on it

The cases are copies of one that was really accepted, put into the tables in bulk: other numbers, people,
days. Twelve cases a person, all with different names; deadlines over twelve weeks.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks.product.office import open_office, ready_case
from counter_app.bootstrap import Parts
from counter_app.domain.cases import CaseRecord, CaseState
from counter_app.domain.ids import IdMaker
from counter_app.domain.numbers import printed_number
from counter_app.domain.people import Person
from counter_app.seals.keyring import DemoKeyring
from counter_app.services.accept import accept
from counter_app.services.due import due_counts, due_lines
from counter_app.storage import rows
from counter_app.storage import tables as t
from counter_app.storage.store import CounterStore

PAGE = 100
PER_PERSON = 12  # so that a search finds a full page in either store
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红梅建国志文斌宇浩凯健俊帆雪慧巧美"
PIECE = 5000


def make(folder: Path, count: int) -> None:
    """Fill a store."""
    parts = open_office(folder, keyring=DemoKeyring(folder))
    state = ready_case(parts).state
    number = accept(parts.office, state, state.cases[0]).number
    store = parts.office.ports.storage
    assert isinstance(store, CounterStore)
    first = store.case(number)
    assert first is not None
    store.import_people(map(person, range(count // PER_PERSON)))
    for start in range(1, count, PIECE):
        with store.database.write() as connection:
            put(connection, store, first, range(start, min(start + PIECE, count)))
    parts.close()


def person(nth: int) -> Person:
    """One of as many people as wanted."""
    rest, first = divmod(nth, len(SURNAMES))
    name = SURNAMES[first] + GIVEN[rest % len(GIVEN)] + GIVEN[rest // len(GIVEN) % len(GIVEN)]
    return Person(
        f"many{nth}", name, certno=f"37110219{50 + nth % 50}0101{nth % 10000:04d}", tel=f"138{nth:08d}"
    )


def put(connection: Connection, store: CounterStore, first: CaseRecord, which: range) -> None:
    """Copies of a case, each with one acknowledged fact."""
    made = [other(first, store, nth) for nth in which]
    unit = {"unit_no": store.state.unit_no}
    connection.execute(insert(t.cases), [{**rows.case_row(case, "0317"), **unit} for case in made])
    connection.execute(insert(t.materials), [row for case in made for row in rows.material_rows(case)])
    last = store.state.entry
    facts = [fact(case, last + nth) | unit for nth, case in zip(which, made, strict=True)]
    connection.execute(insert(t.facts), facts)
    done = {"state": "acknowledged", "note": "", "added_ms": 0} | unit
    connection.execute(insert(t.outbox), [done | {"entry": one["entry"]} for one in facts])


def other(first: CaseRecord, store: CounterStore, nth: int) -> CaseRecord:
    """The nth copy, some thousand a day."""
    day = first.business_date - timedelta(days=1 + nth // 2000)
    whose = person(nth // PER_PERSON)
    due = first.received_on + timedelta(days=nth % 84 - 10)
    return replace(
        first,
        case_id=IdMaker("").next(nth),
        number=printed_number(day, store.hall, store.state.device_code, 1 + nth % 2000),
        state=CaseState.ACCEPTED,
        person_id=whose.person_id,
        principal_name=whose.psn_name,
        business_date=day,
        due_on=due,
        clocks=replace(first.clocks, statutory_days=30, promised_days=9, statutory_due=due, promised_due=due),
        materials=tuple(replace(m, due_on=None) for m in first.materials),
    )


def fact(case: CaseRecord, entry: int) -> dict[str, Any]:
    """A row of facts: enough to be looked at, not chained."""
    same = {
        "epoch": 1,
        "seq": entry,
        "event_id": case.case_id,
        "kind": "case.accepted",
        "case_id": case.case_id,
    }
    when = {"business_date": case.business_date.isoformat(), "wall_ms": 0}
    return same | when | {"entry": entry, "hash": "0" * 64, "envelope": "{}"}


# --- asking ---------------------------------------------------------------------------------------


def ask(folder: Path, rounds: int) -> dict[str, list[float]]:
    """The same questions of any store that `make` filled."""
    parts = open_office(folder, keyring=DemoKeyring(folder))
    took: dict[str, list[float]] = {}
    for nth in range(rounds + 1):
        for name, question in questions(parts, nth):
            start = time.perf_counter_ns()
            question()
            if nth:  # the first reads pages nobody has read
                took.setdefault(name, []).append((time.perf_counter_ns() - start) / 1e6)
    parts.close()
    return took


def questions(parts: Parts, nth: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a desk asks; about another person and another case each time."""
    storage, today = parts.office.ports.storage, parts.office.today()
    calendar = parts.office.calendar
    whose = person(nth % 8)
    number = storage.cases(whose.person_id, 1)[0].number
    yield (
        "due",
        lambda: (
            due_lines(calendar, storage.due_cases(PAGE), today, PAGE),
            due_counts(calendar, storage.due_days(), today),
        ),
    )
    yield "number", lambda: storage.search_cases(number)
    yield "serial", lambda: storage.search_cases(number[-6:])
    yield "name", lambda: storage.search_cases(whose.psn_name)
    yield "people", lambda: (storage.search_people(whose.psn_name), storage.search_people(whose.certno))
    yield "newest", lambda: storage.cases(limit=20)
    yield "waiting", storage.outbox


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
        print("{}")
    else:
        print(json.dumps(ask(Path(sys.argv[2]), int(sys.argv[3]))))
