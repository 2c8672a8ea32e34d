"""People and employers are found in every way a clerk does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text

from counter_app.storage import names, rows
from counter_app.storage.people import NAMED, PeopleRows, parts_of
from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, MORNING, Desk, a_person, counts

Opened = Callable[..., CounterStore]
SEARCHED = ("person_keys", "person_initials", "person_endings")
PEOPLE = ["单小芳", "单小明", "欧阳晓", "𬱖某", "䶮", "买买提·艾力", "Anna Müller", "李雷", "小李", "仇某"]


def found(store: CounterStore, typed: str) -> set[str]:
    return {person.psn_name for person in store.search_people(typed)}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("小芳", {"单小芳"}),
        ("小", {"单小芳", "单小明", "小李"}),
        ("sx", {"单小芳", "单小明"}),
        ("DXF", {"单小芳"}),
        ("cxm", {"单小明"}),
        ("qm", {"仇某"}),
        ("cm", {"仇某"}),
        ("oyx", {"欧阳晓"}),
        ("𬱖", {"𬱖某"}),
        ("䶮", {"䶮"}),
        ("提艾力", {"买买提·艾力"}),
        ("买买提·艾", {"买买提·艾力"}),
        ("anna", {"Anna Müller"}),
        ("am", {"Anna Müller"}),
        ("李", {"李雷", "小李"}),
        ("芳小", set()),
        ("", set()),
        ("·", set()),
        ('" OR "', set()),
        ("%", set()),
        ("371102198001010003", {"𬱖某"}),
        ("010003", {"𬱖某"}),
        ("0003", {"𬱖某"}),
        ("13806330003", {"𬱖某"}),
        ("10003", set()),
        ("37110219800101", set(PEOPLE)),
        ("j00000003", set()),
    ],
)
def test_people_are_found_in_every_way_a_clerk_types(
    store: CounterStore, typed: str, expected: set[str]
) -> None:
    store.import_people([a_person(n, name) for n, name in enumerate(PEOPLE)])
    assert found(store, typed) == expected


NAME = st.text("李雷小·𬱖𠀀\U00030000\ue000aB ", max_size=8)


@example(["阿卜杜热合曼·阿不都热依木·吐尔逊江·买买提艾力", "𬱖𬱖𬱖", ""])
@given(called=st.lists(NAME, min_size=3, max_size=3))
def test_every_run_of_characters_finds_whose_names_hold_it_and_nobody_else(
    store: CounterStore, called: list[str]
) -> None:
    people = PeopleRows(store.secrets)
    with store.database.write() as connection:
        for nth, name in enumerate(called):  # the same three people, called otherwise each time
            row = rows.person_row(a_person(nth, name), store.secrets)
            people.put_person(connection, {**row, "unit_no": 1})
        kept = {f"p{nth}": names.plain(name) for nth, name in enumerate(called)}
        every = {name[a:b] for name in kept.values() for a in range(25) for b in range(a + 1, 26)}
        for run in sorted(run for run in every if not run.isascii()):
            hits = [person.person_id for person in people.search(connection, run, 20)]
            assert sorted(hits) == [one for one, name in kept.items() if run in name], run


def test_somebody_renamed_leaves_nothing_behind(store: CounterStore) -> None:
    store.import_people([a_person(1, "单小芳")])
    store.import_people([a_person(1, "李雷", tel="", card_no="X")])
    with store.database.read() as connection:
        left = {table: connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall() for table in SEARCHED}
    assert {row[0] for row in left["person_endings"]} == {" 李雷", "雷"}
    assert {row[0] for row in left["person_initials"]} == set(names.initials("李雷"))
    assert len(left["person_keys"]) == len(parts_of(a_person(1, "李雷", tel="", card_no="X")))


def test_a_name_asks_for_no_more_of_the_table_than_it_shows(store: CounterStore) -> None:
    store.import_people(a_person(n, "王" + chr(0x4E00 + n % 50) + "小") for n in range(500))
    asked = text(f"EXPLAIN QUERY PLAN {NAMED}")
    with store.database.read() as connection:
        plan = [row[-1] for row in connection.execute(asked, {"first": "王", "last": "王~"})]
    assert [line[:45] for line in plan] == ["SEARCH person_endings USING PRIMARY KEY (endi"]
    assert [len(store.search_people(typed)) for typed in ("王", "小", "王一小")] == [20, 20, 10]


def test_the_whole_name_comes_before_names_that_hold_it(store: CounterStore) -> None:
    store.import_people([a_person(n, name) for n, name in enumerate(["李雷某", "某李雷", "李雷"])])
    assert [person.psn_name for person in store.search_people("李雷")] == ["李雷", "李雷某", "某李雷"]
    assert len(store.search_people("李雷", limit=2)) == 2
    assert store.search_people("李雷", limit=0) == []


def test_people_come_back_whole_by_id_number_and_card(store: CounterStore) -> None:
    person = a_person(
        7, "欧阳晓", brdy=date(1980, 1, 1), balc=12345, flags=("低保",), certno="11010119800101001X"
    )
    store.import_people([person])
    assert store.person("p7") == store.person_by_certno("11010119800101001x") == person
    assert store.person_by_card_no("J00000007") == person
    assert store.person_by_certno("") is store.person_by_card_no("") is store.person("p8") is None


def test_a_person_who_changed_is_found_by_the_new_only(store: CounterStore) -> None:
    store.import_people([a_person(1, "单小芳"), a_person(2, "李雷")])
    with store.unit(CLERK, MORNING) as unit:
        unit.save_person(a_person(1, "单晓芳", tel="13900000000"))
    assert found(store, "单小") == set()
    assert found(store, "单晓") == {"单晓芳"} == found(store, "13900000000")
    assert found(store, "13806330001") == set()
    assert counts(store)["people"] == 2


def test_a_person_known_just_so_costs_no_row(desk: Desk, store: CounterStore) -> None:
    store.import_people([a_person(1, "欧阳试")])
    before = store.state.unit_no
    with store.unit(CLERK, MORNING) as unit:
        unit.save_person(a_person(1, "欧阳试"))
    assert store.state.unit_no == before


def test_employers_by_code_number_and_name(store: CounterStore) -> None:
    from counter_app.domain.people import Employer

    firm = Employer("e1", "日照某某水产有限公司", "91371100MA3TEST01X", "3711000001", "李雷", "0633")
    store.import_employers([firm, Employer("e2", "别的公司")])
    assert store.employer_by_uscc("91371100ma3test01x") == firm
    assert store.employer_by_uscc("") is None
    for typed in ("水产", "91371100MA3TEST01X", "3711000001", "日照某某水产有限公司"):
        assert list(store.search_employers(typed)) == [firm]
    assert len(store.search_employers("公司")) == 2
    with store.unit(CLERK, MORNING) as unit:
        unit.save_employer(dataclasses.replace(firm, emp_name="日照海鲜有限公司"))
    assert store.search_employers("水产") == []
    assert store.employer_by_uscc("91371100MA3TEST01X") != firm
