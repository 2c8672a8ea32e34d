"""A batch judged in C is judged exactly as envelope by envelope, whatever it holds."""

from __future__ import annotations

import datetime
import enum
import hashlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.hub import envelopes
from counter_app.hub.envelopes import judge, judge_all
from counter_app.seals.chain import FACT_PREFIX
from tests.hub.envelopes import envelope


class _Word(enum.StrEnum):
    DONE = "done"


class _Number(enum.IntEnum):
    ONE = 1


WORDS = st.text(st.characters(exclude_categories=()), max_size=6) | st.sampled_from(
    ["", "A\x00", "\ue000", "\U00010000", "\ud800", "\\u0000", '"hash":"0",', "异地备案"]
)
LEAVES = (
    st.none()
    | st.booleans()
    | WORDS
    | st.integers(-(2**64), 2**64)
    | st.sampled_from([2**63 - 1, 2**63, -(2**63), 0.5, 1.0, b"x", _Word.DONE, _Number.ONE])
    | st.just(datetime.date(2026, 11, 23))
)
KEYS = WORDS | st.integers(0, 3) | st.sampled_from(["hash", "kind", _Word.DONE])
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["event_id", "device", "epoch", "seq", "kind", "case_id", "hash", "alg", "body", "actor", "new"]
)


def same(batch: list[Any]) -> bool:
    """Whether both ways say the same."""
    return judge_all(batch) == [judge(one) for one in batch]


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_whatever_a_body_holds(body: dict[Any, Any]) -> None:
    try:
        made = envelope(1, body=body)
    except ValueError:  # no canonical form, so nobody can hash it either
        made = {**envelope(1), "body": body}
    assert same([envelope(2), made])
    assert same([made])


@given(FIELDS, VALUES)
def test_whatever_stands_in_one_field(name: str, value: Any) -> None:
    assert same([{**envelope(1), name: value}, envelope(2)])
    assert same([{**envelope(1), name: value}])


@pytest.mark.parametrize("odd", [None, 7, "text", [], {}, [envelope(1)]])
def test_what_is_no_envelope_at_all(odd: Any) -> None:
    assert same([envelope(1), odd])


def test_keys_whose_order_two_ways_of_counting_dispute() -> None:
    """RFC 8785 puts U+10000 before U+E000; by code point it is the other way round."""
    made = envelope(1, body={"\ue000": 1, "\U00010000": 2})
    [one] = judge_all([made])
    assert one.code == ""
    assert one.text.index("\U00010000") < one.text.index("\ue000")


def test_a_hash_over_keys_in_another_order_is_wrong() -> None:
    made = {**envelope(1), "body": {"\ue000": 1, "\U00010000": 2}}
    del made["hash"]
    told = FACT_PREFIX + msgspec.json.encode(made, order="sorted")
    [one] = judge_all([{**made, "hash": hashlib.sha256(told).hexdigest()}])
    assert one.code == "envelope-hash"


def test_a_hash_that_is_said_twice() -> None:
    first = envelope(1)
    made = envelope(2, body={"hash": first["hash"], "kind": "x"})
    again = {**made, "body": {"hash": made["hash"], "kind": "x"}}
    assert [one.code for one in judge_all([made, again])] == ["", "envelope-hash"]


def test_nothing_is_walked_in_python_where_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(given: Any) -> Any:
        raise AssertionError("walked")

    monkeypatch.setattr(envelopes, "judge", slow)
    batch = [envelope(nth, body={"answers": {"rows": [{"a": 1}]}, "name": "李桂芳"}) for nth in range(9)]
    assert [one.code for one in judge_all(batch)] == [""] * 9
