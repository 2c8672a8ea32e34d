"""Lists of made-up people for the tests of batches."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.idnumbers import check_digit
from counter_app.domain.sheets import Cell, Line, Sheet

HEADER = (
    "姓名",
    "证件号码",
    "联系电话",
    "居民类别",
    "参保年度",
    "已核对未重复参保",
    "险种",
    "人员类别",
    "参保状态",
    "参保地",
)
REST = ("13800001234", "普通居民（成年）", "2027", "是", "390", "1501", "0", "371100")


def idno(nth: int) -> str:
    """The number of nobody."""
    first = f"371102197{nth % 10}{1 + nth % 12:02d}{1 + nth % 28:02d}{nth % 1000:03d}"
    return first + check_digit(first)


def row(nth: int, **changes: str) -> list[str]:
    """A good row of CB05; `changes` by header."""
    told = dict(zip(HEADER, (f"示例{chr(0x4E00 + nth)}", idno(nth), *REST), strict=True))
    return list({**told, **changes}.values())


def sheet(
    rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, digest: str = "d"
) -> tuple[Sheet, ...]:
    """A file as it was read."""
    lines = [Line(n, tuple(Cell(text) for text in cells)) for n, cells in enumerate([header, *rows], 1)]
    return (Sheet("名单", tuple(lines), "d"),)
