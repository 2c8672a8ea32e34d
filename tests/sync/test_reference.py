"""Reference data: a first load that goes on after any break, and the same rows as one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.domain.codec import to_plain
from counter_app.domain.people import Person
from counter_app.domain.reference import Piece, Place
from counter_app.problems import Problem
from counter_app.storage import tables as t
from counter_app.sync.reference import pull_reference
from tests.sync.joined import Desk, Hall, hall_in


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


def person(nth: int, **other: Any) -> Person:
    return Person(
        f"p{nth}", f"单{chr(0x4E00 + nth)}", certno=f"37110219{50 + nth % 50}0101{nth:04d}", **other
    )


def body(one: Person) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(one)
    del plain["person_id"]
    return plain


def publish(hall: Hall, first: int, last: int, **other: Any) -> None:
    hall.hub.publish("people", {f"p{n}": body(person(n, **other)) for n in range(first, last)})


def pull(desk: Desk, **more: Any) -> int:
    return pull_reference(desk.store, desk.hub, desk.store.take_reference, **more)


def test_a_first_load_is_complete_and_then_only_what_is_new_comes(hall: Hall) -> None:
    desk = hall.desk("a")
    publish(hall, 0, 230)
    assert pull(desk) == 230
    place = desk.store.reference_place("people")
    assert (place.have, place.total, place.last) == (230, 230, 230)
    assert place.read_at.startswith("2026-11-23T01:00")
    assert pull(desk) == 0
    publish(hall, 5, 6, tel="13800000005")
    assert pull(desk) == 1
    found = desk.store.person("p5")
    assert found is not None
    assert found.tel == "13800000005"
    assert [p.person_id for p in desk.store.search_people("0005")] == ["p5"]
    assert len(desk.store.search_people("dy", 300)) > 0  # 单 is also dan


def test_a_load_goes_on_where_it_broke_off(hall: Hall) -> None:
    desk = hall.desk("a")
    publish(hall, 0, 230)
    taken: list[int] = []

    class Tired(Exception):
        pass

    def take(piece: Piece) -> Place:
        if len(taken) == 2:
            raise Tired
        taken.append(len(piece.rows))
        return desk.store.take_reference(piece)

    with pytest.raises(Tired):
        pull_reference(desk.store, desk.hub, take)
    assert desk.store.reference_place("people").have == 100
    assert pull(desk) == 130
    assert desk.store.reference_place("people").have == 230


def test_another_hub_is_read_from_the_beginning_and_nothing_is_lost(hall: Hall) -> None:
    from counter_app.domain.actor import Actor

    desk = hall.desk("a")
    publish(hall, 0, 3)
    pull(desk)
    hall.hub.promote(Actor("0301", ""), "0302", "演练")
    publish(hall, 3, 4)
    assert pull(desk) == 4
    assert desk.store.reference_place("people").epoch == 2
    assert desk.store.person("p0") is not None


def test_other_scopes_are_kept_as_words(hall: Hall) -> None:
    desk = hall.desk("a")
    hall.hub.publish("quotas", {"times:MT01": {"per_year": 2}})
    hall.hub.publish("employers", {"e1": {"emp_name": "日照示范公司", "uscc": "91371100MA3C000000"}})
    assert pull(desk) == 2
    assert desk.store.reference_word("quotas", "times:MT01") == {"per_year": 2}
    assert desk.store.reference_word("quotas", "x") is None
    assert desk.store.employer_by_uscc("91371100MA3C000000") is not None
    assert [p.scope for p in desk.store.reference_places()] == ["employers", "quotas"]


def test_the_hub_refuses_what_it_does_not_know(hall: Hall) -> None:
    desk = hall.desk("a")
    with pytest.raises(Problem, match="scope-unknown"):
        desk.hub.reference("secrets", 0)
    hall.hub.publish("people", {"p1": body(person(1))})
    with hall.hub.database.read() as connection:
        from counter_app.hub.sync_tables import reference

        text = bytes(connection.execute(select(reference.c.text)).scalar_one())
    assert b"3711" not in text  # whoever runs the database reads nobody


def test_in_bulk_the_tables_hold_what_one_by_one_they_hold(hall: Hall) -> None:
    bulk, single = hall.desk("a"), hall.desk("b")
    single.store.secrets = bulk.store.secrets
    everybody = [person(n, tel=f"1380000{n:04d}") for n in range(60)]
    rows = [
        {"no": n, "entity": p.person_id, "version": 1, "body": body(p)} for n, p in enumerate(everybody, 1)
    ]
    bulk.store.take_reference(Piece("people", 1, 60, 60, rows))
    single.store.import_people(everybody)
    for table in (t.person_keys, t.person_initials, t.person_endings):
        found = []
        for store in (bulk.store, single.store):
            with store.database.read() as connection:
                found.append(sorted(map(tuple, connection.execute(select(table)))))
        assert found[0] == found[1]
    for store in (bulk.store, single.store):
        assert store.search_people("单一")[0].person_id == "p0"
    bulk.store.take_reference(Piece("people", 1, 61, 61, rows[:1]))  # the same person again is one person
    assert len(bulk.store.search_people("单一")) == 1
