"""The hall's statistics as one .xlsx, a sheet per table. openpyxl is loaded when it is needed."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from counter_app.documents.report_files import harmless
from counter_app.documents.sheet_looks import HEAD_ROWS, headed, printable
from counter_app.problems import Problem
from counter_app.services.hall.tables import TOTAL, HallTable

_WIDE, _NARROW = 30, 11  # of a column, in characters
_HEAD_PT, _LINE_PT = 22, 16
_COUNT, _MINUTES, _DATE = "#,##0", '#,##0" 分"', "yyyy-mm-dd"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def write(tables: Sequence[HallTable], file: Path) -> None:
    """Write tables whole or not at all. Raises Problem `usage` for another ending, `sheet-write`."""
    if file.suffix.lower() != ".xlsx":
        raise Problem("usage", "--out", "文件名须以 .xlsx 结尾")
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(_book(tables))
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Problem("sheet-write", str(file), type(error).__name__) from error


def _book(tables: Sequence[HallTable]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "一窗"
    for table in tables:
        _fill(book.create_sheet(table.title), table)
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def _fill(sheet: Any, table: HallTable) -> None:
    """Title, headings, a row a line, the sum in bold, the note below across all columns."""
    from openpyxl.utils import get_column_letter

    sheet.append([f"{table.title}　{table.span}"])
    sheet.append(list(table.headings))
    headed(sheet)
    for line in table.lines:
        sheet.append([_day(harmless(cell)) for cell in line])
        _look(sheet[sheet.max_row], table, line[0] == TOTAL)
    for nth in range(len(table.headings)):
        sheet.column_dimensions[get_column_letter(nth + 1)].width = _NARROW if nth else _WIDE
    sheet.row_dimensions[HEAD_ROWS].height = _HEAD_PT
    sheet.freeze_panes = f"B{HEAD_ROWS + 1}"
    _note(sheet, table)
    printable(sheet)


def _look(cells: Sequence[Any], table: HallTable, is_sum: bool) -> None:
    from openpyxl.styles import Alignment, Font

    for nth, cell in enumerate(cells):
        cell.alignment = Alignment(horizontal="right" if nth else "left")
        cell.font = Font(bold=is_sum)
        if isinstance(cell.value, date):
            cell.number_format = _DATE
        elif isinstance(cell.value, int):
            cell.number_format = _MINUTES if nth in table.minutes else _COUNT


def _note(sheet: Any, table: HallTable) -> None:
    """Two rows below, across the columns, as high as it needs to be read and printed whole."""
    from openpyxl.styles import Alignment

    row, last = sheet.max_row + 2, len(table.headings)
    cell = sheet.cell(row, 1, table.note)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    across = (_WIDE + _NARROW * (last - 1)) // 2  # a Chinese character is two wide
    sheet.row_dimensions[row].height = _LINE_PT * (len(table.note) // across + 1)


def _day(cell: str | int) -> str | int | date:
    """A day as a day, so that it sorts and counts as one."""
    if isinstance(cell, str) and _ISO.fullmatch(cell):
        return date.fromisoformat(cell)
    return cell
