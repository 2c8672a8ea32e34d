"""Amounts of money: 元 on screens and papers, whole 分 everywhere else."""

from __future__ import annotations

import re

from counter_app.problems import Problem

LARGEST = 9_999_999_999_999_999  # 分; 99999999999999.99 元
_HALF = {
    ord(full): half for full, half in zip("０１２３４５６７８９，．。￥　", "0123456789,..¥ ", strict=True)
}
_AMOUNT = re.compile(r"¥?\s*([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{0,2}))?\s*元?")


def parse(text: str, where: str = "") -> int:
    """Turn typed 元 into 分: thousands commas, full-width digits, ￥ and 元 are allowed.

    Raises Problem `field-money` (not an amount, negative, more than two decimals, exponents) or
    `field-money-range` (above 99999999999999.99 元).
    """
    if len(text) > 60:
        raise Problem("field-money", where, text[:12] + "…")
    clean = text.translate(_HALF).strip()
    found = _AMOUNT.fullmatch(clean)
    if found is None:
        raise Problem("field-money", where, clean[:24])
    whole, part = found.group(1).replace(",", ""), (found.group(2) or "").ljust(2, "0")
    amount = int(whole) * 100 + int(part)
    if amount > LARGEST:
        raise Problem("field-money-range", where)
    return amount


def display(amount: int) -> str:
    """分 as people read it: `1,234.56`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100:,}.{abs(amount) % 100:02d}"


def plain(amount: int) -> str:
    """分 as 元 without commas, for editing and for files: `1234.56`."""
    return display(amount).replace(",", "")
