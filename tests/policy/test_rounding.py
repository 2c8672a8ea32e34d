from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.rounding import as_decimal, half_up, percent, rounded, share, yuan


def test_halves_go_away_from_zero() -> None:
    assert [half_up(Fraction(n, 2)) for n in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]


@given(st.integers(0, 10**16), st.integers(0, 10_000))
def test_a_share_is_what_a_decimal_rounds_to(fen: int, basis_points: int) -> None:
    wanted = (Decimal(fen) * basis_points / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
    assert share(fen, Fraction(basis_points, 10_000)) == wanted


@given(st.integers(0, 10**12), st.fractions(0, 1, max_denominator=10_000))
def test_a_share_and_its_rest_are_the_whole_within_a_fen(fen: int, ratio: Fraction) -> None:
    assert 0 <= share(fen, ratio) <= fen
    assert share(fen, ratio) + share(fen, 1 - ratio) - fen in {0, 1}


def test_words_for_clerks() -> None:
    assert yuan(345_000) == "3,450.00"
    assert yuan(-5) == "-0.05"
    assert percent(Fraction(9, 10)) == "90%"
    assert percent(Fraction(2, 3)) == "66.67%"
    assert percent(Fraction(0)) == "0%"


def test_decimals_for_files() -> None:
    assert str(as_decimal(Fraction(13, 20))) == "0.65"
    assert str(as_decimal(Fraction(100))) == "100"
    assert rounded(Fraction(17, 30), 4) == Fraction(5667, 10_000)
