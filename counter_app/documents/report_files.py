"""Reports as .xlsx and .csv, for those who go on working with them. openpyxl is loaded when it is needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from counter_app.documents.sheet_looks import HEAD_ROWS, headed, printable
from counter_app.problems import Problem
from counter_app.services.reports import Table

Line = tuple[str | int, ...]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (34, 12, 12, 14, 10, 44)


def write(tables: Sequence[Table], file: Path) -> None:
    """Write reports to a file by its ending, whole or not at all; a .csv holds one report.

    Raises Problem `usage` for another ending or several reports in a .csv, `sheet-write`.
    """
    maker = _MAKERS.get(file.suffix.lower())
    if maker is None:
        raise Problem("usage", "--out", "文件名须以 .xlsx 或 .csv 结尾")
    if len(tables) != 1 and maker is _csv:
        raise Problem("usage", "--out", "多张报表请导出为 .xlsx")
    part = file.with_name(file.name + ".part")
    try:
        part.write_bytes(maker(tables))
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Problem("sheet-write", str(file), type(error).__name__) from error


def lines(table: Table) -> Iterator[Line]:
    """Every line of a report as it is written: title, headings, rows, checks, definition."""
    yield (table.title,)
    yield table.headings
    yield from table.lines
    yield ()
    for check in table.checks:
        yield ("勾稽", check.text, "相符" if check.ok else "不符")
    yield from table.definition


def _csv(tables: Sequence[Table]) -> bytes:
    """With a byte order mark, because spreadsheets guess the encoding otherwise."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([[harmless(cell) for cell in line] for line in lines(tables[0])])
    return text.getvalue().encode("utf-8-sig")


def _xlsx(tables: Sequence[Table]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.id)
        for line in lines(table):
            sheet.append([harmless(cell) for cell in line])
        for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        _align(sheet, Alignment(horizontal="right"))
        headed(sheet)
        sheet.freeze_panes = f"A{HEAD_ROWS + 1}"
        printable(sheet)
    return _bytes(book)


def _align(sheet: Any, right: Any) -> None:
    for column in sheet.iter_cols(min_col=2, max_col=4, min_row=2):
        for cell in column:
            cell.alignment = right


def _bytes(book: Any) -> bytes:
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def harmless(cell: str | int) -> str | int:
    """A word that a spreadsheet would take for a formula, as the word it is."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


_MAKERS: Mapping[str, Callable[[Sequence[Table]], bytes]] = {".csv": _csv, ".xlsx": _xlsx}
