"""Blocks of numbers from the cabinet."""

from __future__ import annotations

import pytest

from counter_app.domain.days import Person, block
from counter_app.problems import Problem


def test_a_block_is_every_number_from_its_first_to_its_last() -> None:
    assert block("s0098", "S0101") == ("S0098", "S0099", "S0100", "S0101")
    assert block(" 手册3 ") == ("手册3",)


@pytest.mark.parametrize(
    ("first", "last"),
    [("S1", "S10"), ("S0010", "S0001"), ("A0001", "B0002"), ("", ""), ("S", "T"), ("S0001", "S9999")],
)
def test_what_is_no_block(first: str, last: str) -> None:
    with pytest.raises(Problem, match="spare-block"):
        block(first, last)


def test_a_person_is_named_by_number_at_least() -> None:
    assert (Person("0301").words, Person("0301", "何主任").words) == ("工号 0301", "何主任（工号 0301）")
