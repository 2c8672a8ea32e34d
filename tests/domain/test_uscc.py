from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import uscc
from counter_app.problems import Problem

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_the_codes_everybody_quotes() -> None:
    assert uscc.check("91350100M000100Y43") == "91350100M000100Y43"
    assert uscc.check("１１３２００００mb151840xj") == "11320000MB151840XJ"


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_a_changed_character_is_refused(first: str, place: int, other: str) -> None:
    good = first + uscc.check_character(first)
    assert uscc.check(good) == good
    wrong = good[:place] + other + good[place + 1 :]
    if wrong != good:
        with pytest.raises(Problem, match="uscc-check"):
            uscc.check(wrong)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("91350100M000100Y4Z", "uscc-chars"),
        ("91350100M000100Y4", "uscc-length"),
        ("9" * 1_000_000, "uscc-length"),
        ("91350100M000100Y44", "uscc-check"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        uscc.check(text, "uscc")
    assert (caught.value.code, caught.value.where) == (code, "uscc")
