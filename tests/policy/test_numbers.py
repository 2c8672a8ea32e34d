from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from counter_app.policy.numbers import exact


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (3, Fraction(3)),
        ("3,450.00", Fraction(3450)),
        ("12元", Fraction(12)),
        (Decimal("0.05"), Fraction(1, 20)),
        ("-1", Fraction(-1)),
    ],
)
def test_written_numbers(written: Any, value: Fraction) -> None:
    assert exact(written) == value


@pytest.mark.parametrize(
    "written", [0.1, True, None, [1], "", "abc", "nan", "inf", "1e99999999", "1e-99999999", "9" * 100]
)
def test_no_numbers(written: Any) -> None:
    assert exact(written) is None
