"""What an invoice's code tells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.invoices import Invoice, cents, from_qr
from drivers.scanners.classify import kind_of

AMOUNTS = st.integers(0, 10**9 - 1)
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
NUMBERS = st.from_regex(r"[0-9]{8,20}", fullmatch=True)


def yuan(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


@given(NUMBERS, NUMBERS, AMOUNTS, DAYS)
def test_both_orders_of_the_code_tell_the_same(code: str, number: str, amount: int, day: date) -> None:
    as_tax = f"01,10,{code},{number},{yuan(amount)},{day:%Y%m%d},77a0b1,9F2A,"
    as_fiscal = f"01,06,{code},{number},77a0b1,{day:%Y%m%d},{yuan(amount)}"
    for text in (as_tax, as_fiscal):
        assert kind_of(text) == "invoice"
        assert from_qr(text) == Invoice(code, number, amount, day, "77a0b1")


def test_a_whole_sum_and_a_kind_without_code() -> None:
    found = from_qr("01,32,,26372000000123456789,128,20261105,,AB12")
    assert found == Invoice("", "26372000000123456789", 12800, date(2026, 11, 5), "AB12")


@pytest.mark.parametrize(
    "text", ["", "01", "02,10,1,2,3", "01,10,37060226,1100734521", "https://a.invalid/01,10"]
)
def test_anything_else_is_no_invoice(text: str) -> None:
    assert from_qr(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,392.37", 139237), ("¥0.05", 5), ("-1", None), ("1.005", None), ("NaN", None), ("一", None)],
)
def test_a_sum_is_exact_or_none(text: str, amount: int | None) -> None:
    assert cents(text) == amount
