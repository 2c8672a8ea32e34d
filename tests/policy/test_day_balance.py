"""日终扎账: equal by number and by name; a difference always has its names, and two wrongs stay two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.days import Explained, Person
from counter_app.policy.day_balance import OVER, Counts, Slip, Spares, balance

WHO = Person("0301", "何主任")
names = st.frozensets(st.sampled_from([f"N{n:02d}" for n in range(12)]))
states = st.sampled_from([*OVER, "waiting", "called", "serving", "parked"])
seals = st.dictionaries(st.sampled_from(["P1", "P2", "P3", "P4"]), st.integers(0, 2))
pages = st.integers(0, 40)
slips = st.lists(
    st.builds(Slip, st.sampled_from(["S1", "S2", "S3"]), pages, pages, st.none() | pages),
    unique_by=lambda slip: slip.number,
)
counts = st.builds(
    Counts,
    tickets=st.dictionaries(st.sampled_from([f"A{n:03d}" for n in range(20)]), states),
    accepted=names,
    notices=names,
    slips=slips.map(tuple),
    seals_used=seals,
    sealed=seals,
    spares=st.lists(st.builds(Spares, st.just("号段"), names, names, names, names), max_size=1).map(tuple),
    unprinted=names,
    unsent=st.integers(0, 9),
    packaged=st.integers(0, 9),
)
EVEN = Counts(
    tickets={"A001": "done", "A002": "missed", "A003": "cancelled", "A004": "carried"},
    accepted=frozenset({"C1", "C2"}),
    notices=frozenset({"C1", "C2"}),
    slips=(Slip("S1", 12, 12, 12),),
    seals_used={"P1": 1},
    sealed={"P1": 1},
    spares=(Spares("号段", *map(frozenset, ({"1", "2", "3"}, {"1"}, {"2"}, {"3"}))),),
    unsent=4,
    packaged=4,
)


def explained(found: object) -> list[Explained]:
    return [Explained(line.id, what, "查明", WHO) for line, what in found.open]  # type: ignore[attr-defined]


@given(counts)
def test_a_difference_always_has_names_and_explaining_them_all_is_what_closes(given_: Counts) -> None:
    found = balance(given_)
    for line in found.lines:
        assert bool(line.items) or not line.difference
        assert line.is_even is (not line.items)
    assert found.may_close is all(line.is_even for line in found.lines)
    every = explained(found)
    assert balance(given_, every).may_close
    if every:
        assert len(balance(given_, every[1:]).open) == 1


@given(counts)
def test_what_is_the_same_on_both_sides_is_even(given_: Counts) -> None:
    same = replace(
        given_,
        tickets={number: "done" for number in given_.tickets},
        notices=given_.accepted,
        slips=tuple(replace(s, printed=s.told, counted=s.told) for s in given_.slips),
        sealed=given_.seals_used,
        spares=tuple(
            replace(s, used=s.taken, voided=frozenset(), returned=frozenset()) for s in given_.spares
        ),
        unprinted=frozenset(),
        packaged=given_.unsent,
    )
    assert balance(same).open == ()


def test_an_ordinary_evening_is_even_and_only_lists_the_rest() -> None:
    found = balance(replace(EVEN, reprints={"P1": 2}, voids={"P9": "卡纸"}, due_tomorrow=3))
    assert found.may_close
    assert dict(found.told) == {"补打": 2, "作废": 1, "明日到期": 3}
    assert "差评待回访" in dict(balance(replace(EVEN, follow_ups=1)).told)


@pytest.mark.parametrize(
    ("changed", "line", "named"),
    [
        ({"tickets": {"A001": "done", "A002": "parked"}}, "numbers", {"A002": "挂起"}),
        (
            {"notices": frozenset({"C1", "C3"})},
            "acceptances",
            {"C2": "受理未出通知书", "C3": "有通知书无受理"},
        ),
        ({"slips": (Slip("S1", 12, 11, 12),)}, "originals", {"S1": "移交 12 页，单上 11 页"}),
        ({"slips": (Slip("S1", 12, 12),)}, "taken", {"S1": "未签收"}),
        ({"slips": (Slip("S1", 12, 12, 10),)}, "taken", {"S1": "移交 12 页，签收 10 页"}),
        (
            {"sealed": {"P2": 1}},
            "seals",
            {"P1": "用章 1 次，盖章文书 0 份", "P2": "用章 0 次，盖章文书 1 份"},
        ),
        ({"unprinted": frozenset({"P7"})}, "unprinted", {"P7": "单据未打印"}),
        ({"packaged": 1}, "unsent", {"3 条记录": "未上传，也未封包"}),
        (
            {"spares": (Spares("号段", frozenset({"1", "2"}), frozenset({"1", "9"}), frozenset({"1"})),)},
            "spares.号段",
            {"2": "去向不明", "9": "不在领用范围", "1": "记了两次"},
        ),
    ],
)
def test_each_difference_is_named(changed: dict[str, object], line: str, named: dict[str, str]) -> None:
    found = balance(replace(EVEN, **changed))  # type: ignore[arg-type]
    odd = {one.id: dict(one.items) for one in found.lines if not one.is_even}
    assert odd == {line: named}
