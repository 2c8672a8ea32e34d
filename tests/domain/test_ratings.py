"""好差评: five levels, eight indicators each, none of another level."""

from __future__ import annotations

import pytest

from counter_app.domain.ratings import (
    BAD,
    INDICATORS,
    LEVEL_ORDER,
    LEVELS,
    NOT_RATED,
    OTHER,
    checked,
    choices,
    reasons_wanted,
    text_of,
)
from counter_app.problems import Problem


def test_five_levels_from_best_to_worst_each_with_its_eight() -> None:
    assert [LEVELS[n] for n in LEVEL_ORDER] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    codes = [one.code for level in LEVEL_ORDER for one in INDICATORS[level]]
    assert len(codes) == len(set(codes)) == 40
    assert all(code[0] == str(level) for level in LEVEL_ORDER for code in [INDICATORS[level][0].code])
    known = {
        "517": "服务热情",
        "307": "补正",
        "213": "业务不熟练",
        "214": "生硬",
        "110": "超过法定",
        "115": "效率低",
    }
    assert all(word in text_of(code) for code, word in known.items())


def test_only_the_two_bottom_levels_are_asked_why_and_other_always_answers() -> None:
    assert [level for level in LEVELS if reasons_wanted(level)] == sorted(BAD, reverse=True)
    for level in LEVELS:
        assert choices(level)[-1] == OTHER
        assert checked(level, ["000"]) == ("000",)
    assert choices(NOT_RATED) == ()


def test_an_answer_is_kept_in_one_order_and_another_levels_reason_is_refused() -> None:
    assert checked(5, ("517", "510", "517")) == ("510", "517")
    assert checked(NOT_RATED) == ()
    for level, codes, code in [
        (6, (), "rating-level"),
        (5, ("115",), "rating-indicator"),
        (0, ("510",), "rating-indicator"),
    ]:
        with pytest.raises(Problem) as refused:
            checked(level, codes)
        assert refused.value.code == code
    assert text_of("999") == "999"
