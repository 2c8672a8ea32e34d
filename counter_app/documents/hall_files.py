"""The hall's statistics as one .xlsx, a sheet per table. openpyxl is loaded when it is needed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from counter_app.documents.report_files import harmless
from counter_app.problems import Problem
from counter_app.services.hall.tables import HallTable

_WIDE, _NARROW = 30, 11


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
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.append([f"{table.title}　{table.span}"])
        sheet.append(list(table.headings))
        for line in table.lines:
            sheet.append([harmless(cell) for cell in line])
        sheet.append([])
        sheet.append([table.note])
        for cell in (sheet["A1"], *sheet[2]):
            cell.font = Font(bold=True)
        for nth in range(len(table.headings)):
            letter = chr(ord("A") + nth)
            sheet.column_dimensions[letter].width = _NARROW if nth else _WIDE
        sheet.freeze_panes = "B3"
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()
