from __future__ import annotations

from datetime import timedelta

import pytest

from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, MORNING, Desk, a_person, accept


def numbers(store: CounterStore, typed: str, limit: int = 12) -> list[str]:
    return [case.number for case in store.search_cases(typed, limit)]


def test_a_case_is_found_by_its_number_however_it_is_typed(store: CounterStore) -> None:
    wanted, other = accept(store).number, accept(store).number
    for typed in (wanted, wanted.lower(), f" {wanted} ", wanted.replace("0", "O"), wanted.replace("-", "－")):
        assert numbers(store, typed) == [wanted], typed
    assert numbers(store, wanted[:10]) == [other, wanted]  # the newest first
    assert numbers(store, wanted[:10], limit=1) == [other]


def test_a_serial_alone_is_looked_for_in_the_last_days(desk: Desk, store: CounterStore) -> None:
    old = accept(store, desk.clock.now()).number
    desk.clock.step(days=10)
    young = accept(store, desk.clock.now()).number
    assert numbers(store, "1") == numbers(store, "0001") == [young, old]
    assert numbers(store, old[-6:]) == [old]  # 0001 with its check character
    assert numbers(store, "0") == numbers(store, "7") == []
    desk.clock.step(days=5)
    assert numbers(store, "0001") == [young]


def test_a_name_finds_the_cases_of_those_who_are_called_so(store: CounterStore) -> None:
    mine, again = accept(store).number, accept(store, MORNING + timedelta(hours=1)).number
    with store.unit(CLERK, MORNING) as unit:
        unit.save_person(a_person(2, "司马试"))
    assert numbers(store, "欧阳") == numbers(store, "oys") == [again, mine]
    assert numbers(store, "欧阳", limit=1) == [again]
    assert numbers(store, "司马") == []


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_typed_finds_the_newest(store: CounterStore, typed: str) -> None:
    first, second = accept(store).number, accept(store).number
    assert numbers(store, typed) == [second, first]


def test_of_many_who_are_called_so_only_a_page_is_read(store: CounterStore) -> None:
    store.import_people(a_person(n, "王" + chr(0x4E00 + n)) for n in range(2, 60))
    store.import_people([a_person(60, "小王"), a_person(61, "王")])
    found = [person.psn_name for person in store.search_people("王", 5)]
    assert found == ["王", *("王" + chr(0x4E00 + n) for n in range(2, 6))]
    assert [p.psn_name for p in store.search_people("王", 100)][-1] == "小王"
    assert len({p.person_id for p in store.search_people("王", 100)}) == 60
