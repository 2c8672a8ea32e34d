"""Codes of the simulated telephone."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from drivers.vouchers.simulator_code import LIFE_S, mint, owner
from tests.fakes.platform import PEOPLE


@given(st.floats(1_500_000_000, 3_000_000_000), st.integers(0, LIFE_S - 10), st.sampled_from(PEOPLE[:2]))
def test_a_code_is_its_owners_for_a_minute(now: float, age: int, person: object) -> None:
    code = mint(person, now)  # type: ignore[arg-type]
    assert re.fullmatch(r"424\d{19}370000", code) or re.fullmatch(r"424\d{19}110000", code)
    assert owner(code, PEOPLE, now + age) == (person, True)
    assert owner(code, PEOPLE, now + age + LIFE_S + 20) == (person, False)


def test_a_strangers_code_is_nobodys() -> None:
    assert owner("4243669509084040896099330000", PEOPLE)[0] is None
    assert owner("OW1R.x", PEOPLE) == (None, False)
