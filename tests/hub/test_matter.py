"""One number a matter: stable, in the order of the days, and never taken for the matter itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, text, update
from sqlalchemy.pool import StaticPool

from counter_app.database.steps import steps_of
from counter_app.hub import batches, tables, upgrades
from counter_app.hub.commands import Accept
from counter_app.hub.halls import open_hall
from counter_app.hub.matter import NONE, matter_of
from counter_app.hub.upgrades import s0017_matters
from tests.hub.envelopes import accepted, envelope
from tests.hub.facts import doubts, push
from tests.hub.stores import HALL, RULES, START, clerk

WORDS = st.text(st.characters(exclude_characters="\x00"), min_size=1, max_size=20)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_the_number_is_kept_in_stores_and_never_changes() -> None:
    assert matter_of("001", "b1", "MT02", "2026-11-23") == 813_576_540_220_043_638


@given(WORDS, WORDS, WORDS, DAYS)
def test_a_number_fits_its_column_and_is_of_its_day(hall: str, person: str, type_id: str, day: date) -> None:
    number = matter_of(hall, person, type_id, day.isoformat())
    assert NONE < number < 2**63
    assert number >> 40 == day.toordinal()


@given(WORDS, WORDS, WORDS, DAYS, DAYS)
def test_a_later_day_has_the_greater_number(hall: str, one: str, other: str, day: date, next_: date) -> None:
    if day < next_:
        first, second = (
            matter_of(hall, who, "MT02", d.isoformat()) for who, d in ((one, day), (other, next_))
        )
        assert first < second


@pytest.mark.parametrize("day", ["", "今天", "2026-13-40", "\ud800"])
def test_whatever_a_fact_calls_its_day(day: str) -> None:
    assert NONE < matter_of("001", "b1", "MT02", day) < 2**40


@pytest.mark.parametrize(("person", "type_id"), [("", "MT02"), ("b1", ""), ("", "")])
def test_who_or_what_is_not_known_is_no_matter(person: str, type_id: str) -> None:
    assert matter_of("001", person, type_id, "2026-11-23") == NONE


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_cases_of_before_are_numbered_and_found(kind: str, request: pytest.FixtureRequest) -> None:
    url = "sqlite://" if kind == "sqlite" else request.getfixturevalue("postgres").fresh()
    engine = create_engine(url, poolclass=StaticPool)
    with engine.begin() as connection:
        for step in steps_of(upgrades)[: s0017_matters.STEP.number - 1]:
            step.apply(connection)
        _before(connection, s0017_matters._PIECE + 3)
        s0017_matters.apply(connection)
        numbers = dict(tuple(row) for row in connection.execute(text("SELECT case_id, matter FROM cases")))
        assert numbers.pop("nobody's") == NONE
        assert numbers == {
            f"c{nth}": matter_of(HALL, f"b{nth}", "MT02", "2026-11-23") for nth in range(1, len(numbers) + 1)
        }
        for step in steps_of(upgrades)[s0017_matters.STEP.number :]:
            step.apply(connection)
        open_hall(connection, HALL, RULES)
        batches.accept(connection, clerk(), Accept(HALL, START, [accepted(1, "N9", blind="b5003")]))
        [found] = connection.execute(text("SELECT code, detail FROM doubts"))
    engine.dispose()
    assert tuple(found) == ("possible-duplicate", "N5003")


def test_a_number_two_matters_share_is_not_the_same_matter(engine: Engine) -> None:
    """Forty bits of a digest will meet one day: person, type, day and hall are compared by their words."""
    push(engine, [accepted(1, "N1", blind="b1")])
    number = matter_of(HALL, "b2", "MT02", "2026-11-23")
    with engine.begin() as connection:
        connection.execute(update(tables.cases).values(matter=number))
    push(engine, [accepted(2, "N2", blind="b2")])
    assert doubts(engine) == []


def test_a_case_whose_person_is_told_late_is_the_same_matter_from_then_on(engine: Engine) -> None:
    push(engine, [envelope(1, "receipt.issued", {"number": "N1"}, case_id="case-N1")])
    push(engine, [accepted(2, "N1", blind="b1")])
    push(engine, [accepted(3, "N2", blind="b1")])
    assert doubts(engine) == [("possible-duplicate", "N1")]


def _before(connection: Connection, count: int) -> None:
    told = "INSERT INTO cases VALUES (:hall, :case_id, :number, 'MT02', :person, '', '', '2026-11-23', '', 0)"
    rows = [
        {"hall": HALL, "case_id": f"c{nth}", "number": f"N{nth}", "person": f"b{nth}"}
        for nth in range(1, count + 1)
    ]
    rows.append({"hall": HALL, "case_id": "nobody's", "number": "N0", "person": ""})
    connection.execute(text(told), rows)
