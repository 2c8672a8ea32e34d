"""Records to plain data and back: the quick writer and the walk by hand say the same."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import codec
from counter_app.domain.cases import CaseState
from counter_app.domain.value import Value, replace

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=6)
    | st.dates()
    | st.sampled_from(CaseState)
    | st.datetimes(timezones=st.just(timezone(timedelta(hours=8))))
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(st.text(max_size=4), inner)
    ),
    max_leaves=8,
)


class Leaf(Value, frozen=True):
    """Any tree under a name."""

    said: Any
    on: date = date(2026, 11, 22)


class Dated(Value, frozen=True):
    """What a record of ours is made of."""

    name: str
    at: datetime | None
    on: date
    state: CaseState
    parts: tuple[Leaf, ...] = ()


@given(TREES)
def test_both_ways_of_writing_agree(tree: Any) -> None:
    made = Leaf((tree, Leaf(tree)))
    walked = codec._walked(made)
    assert codec.to_plain(made) == walked
    assert json.loads(codec.as_text(made)) == json.loads(json.dumps(walked))


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=8)))), st.text(max_size=9))
def test_a_record_comes_back(at: datetime, name: str) -> None:
    made = Dated(name, at, at.date(), CaseState.ACCEPTED, (Leaf("甲"), Leaf(None)))
    assert codec.from_plain(Dated, json.loads(codec.as_text(made))) == made


@pytest.mark.parametrize("odd", [10**20, "half \ud800", MappingProxyType({"a": (1,)})])
def test_what_the_quick_writer_cannot_say_is_said_all_the_same(odd: Any) -> None:
    """A pasted number of twenty digits is an answer to refuse, never a visit that cannot be kept."""
    assert codec.to_plain(Leaf(odd)) == codec._walked(Leaf(odd))
    assert json.loads(codec.as_text(Leaf(odd)))["said"] == codec._walked(odd)


def test_replace_refuses_what_is_not_there() -> None:
    assert replace(Leaf(1), said=2) == Leaf(2)
    with pytest.raises(TypeError):
        replace(Leaf(1), sad=2)
