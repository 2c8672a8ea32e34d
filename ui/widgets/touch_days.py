"""Days on a touch screen: eight digits shown as a day, and the days people mean most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

SHAPES = {"date": (4, 2, 2), "month": (4, 2), "datetime": (4, 2, 2, 2, 2)}
SIGNS = ("年", "月", "日 ", "时", "分")
PLAIN = ("-", "-", " ", ":", "")  # for whoever reads another language
WORDS = {"date": "年月日，如 20261201", "month": "年月，如 202612", "datetime": "年月日时分，如 202612010930"}


def day_shown(kind: str, is_chinese: bool = True) -> Callable[[str], str]:
    """How digits of a kind of field are shown while they come."""
    shape, signs = SHAPES.get(kind), SIGNS if is_chinese else PLAIN
    return str if shape is None else lambda text: _shaped(text, kind, shape, signs)


def _shaped(text: str, kind: str, shape: tuple[int, ...], signs: tuple[str, ...]) -> str:
    if not text:
        return WORDS[kind]
    found, at = "", 0
    for size, sign in zip(shape, signs, strict=False):
        part = text[at : at + size]
        found += part + (sign if len(part) == size else "")
        at += size
    return found.strip(" -:") + text[at:]


def shortcuts(kind: str, today: date) -> tuple[tuple[str, str], ...]:
    """Words and digits of the days chosen most; none for numbers that are no days."""
    if kind == "date":
        days = (("今天", 0), ("明天", 1), ("一周后", 7))
        return tuple((words, f"{today + timedelta(days=by):%Y%m%d}") for words, by in days)
    if kind == "month":
        before = today.replace(day=1) - timedelta(days=1)
        return (("本月", f"{today:%Y%m}"), ("上个月", f"{before:%Y%m}"))
    return ()
