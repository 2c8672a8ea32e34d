"""Lists as files: .xlsx and .csv read into texts. `list_files` writes them.

Whatever the file holds, reading gives cells or a Problem, never a crash: a formula, an error value or
a number that has lost its digits is a cell with a fault. openpyxl is imported at first use.
"""

from __future__ import annotations

import csv
import hashlib
import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from counter_app.domain.sheets import Cell, Line, Sheet
from counter_app.problems import Problem

LARGEST = 20 << 20
LARGEST_INSIDE = 200 << 20
MOST_LINES = 5000
MOST_CELLS = 200
MOST_SHEETS = 20
LONGEST_CELL = 100_000
# A spreadsheet keeps 15 digits of a number; what is longer has lost its end.
TRUE_DIGITS = 15


def read(data: bytes, name: str = "") -> tuple[Sheet, ...]:
    """The sheets of a file, by its content, not by its name.

    Raises Problem `sheet-kind`, `sheet-broken`, `sheet-large`, `sheet-encoding`.
    """
    if len(data) > LARGEST:
        raise Problem("sheet-large", name, f"文件超过 {LARGEST >> 20} MB")
    if data.startswith(b"PK"):
        return _read_xlsx(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Problem("sheet-kind", name, "旧版 .xls，或加了密码")
    return (Sheet("名单", _csv_lines(_decoded(data, name), name), _digest(data)),)


# --- .xlsx ----------------------------------------------------------------------------------------
def _read_xlsx(data: bytes, name: str) -> tuple[Sheet, ...]:
    _refuse_bomb(data, name)
    try:
        with warnings.catch_warnings(action="ignore"):  # about styles and rules this reader leaves out
            found = _sheets(data, name)
    except Problem:
        raise
    # A damaged workbook makes the reader raise almost anything, from KeyError to a parser's own errors.
    except Exception as error:
        raise Problem("sheet-broken", name, type(error).__name__) from error
    return found


def _sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    digest = _digest(data)
    try:
        return tuple(
            Sheet(str(sheet.title), tuple(_xlsx_lines(sheet, name)), digest)
            for sheet in book.worksheets[:MOST_SHEETS]
        )
    finally:
        book.close()


def _refuse_bomb(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as inside:
            size = sum(one.file_size for one in inside.infolist())
            names = set(inside.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Problem("sheet-broken", name, type(error).__name__) from error
    if size > LARGEST_INSIDE:
        raise Problem("sheet-large", name, "展开后过大")
    if "[Content_Types].xml" not in names:
        raise Problem("sheet-kind", name, "是压缩包，不是表格")


def _xlsx_lines(sheet: Any, name: str) -> Iterator[Line]:
    for row in sheet.iter_rows(max_col=MOST_CELLS):
        cells = tuple(_cell(one.value, one.data_type) for one in row)
        number = next((one.row for one in row if getattr(one, "row", None)), None)
        line = Line(int(number) if number else 0, _trimmed(cells))
        if line.is_empty:
            continue
        if line.number > MOST_LINES:
            raise Problem("sheet-large", name, f"超过 {MOST_LINES} 行")
        yield line


def _cell(value: Any, kind: str) -> Cell:
    if value is None:
        return Cell()
    if kind == "f":
        return Cell(str(getattr(value, "text", value))[:200], "cell-formula")
    if kind == "e":
        return Cell(str(value)[:40], "cell-error")
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date | time):
        return Cell(_day(value))
    return _text(str(value))


def _number(value: float) -> Cell:
    whole = int(value) if value == value and abs(value) < 1e30 and value == int(value) else None
    if whole is None:
        return Cell(repr(value) if abs(value) >= 1e-4 else f"{value:.10f}".rstrip("0"))
    text = str(whole)
    return Cell(text, "cell-digits" if len(text.lstrip("-")) > TRUE_DIGITS else "")


def _day(value: date | time) -> str:
    if isinstance(value, datetime):
        is_midnight = value.time() == time()
        return value.date().isoformat() if is_midnight else value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat()


def _text(text: str) -> Cell:
    return Cell(text[:200], "cell-long") if len(text) > LONGEST_CELL else Cell(text)


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = max((n for n, cell in enumerate(cells, 1) if cell.text or cell.fault), default=0)
    return cells[:last]


# --- .csv -----------------------------------------------------------------------------------------
def _decoded(data: bytes, name: str) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "gb18030"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem("sheet-encoding", name)


def _csv_lines(text: str, name: str) -> tuple[Line, ...]:
    found = []
    try:
        for number, row in _rows(text):
            line = Line(number, _trimmed(tuple(_csv_cell(one) for one in row[:MOST_CELLS])))
            if not line.is_empty:
                found.append(line)
            if len(found) > MOST_LINES:
                raise Problem("sheet-large", name, f"超过 {MOST_LINES} 行")
    except csv.Error as error:
        raise Problem("sheet-broken", name, "引号不成对，或单元格过长") from error
    return tuple(found)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line each begins at."""
    csv.field_size_limit(LARGEST)  # of the whole process, where nobody else reads .csv
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    begins = 1
    for row in reader:
        yield begins, row
        begins = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: the one that occurs most in the first lines."""
    head = "\n".join(text[:4000].splitlines()[:5])
    return max(",;\t", key=head.count)


def _csv_cell(text: str) -> Cell:
    clean = text.removeprefix("'") if text[1:2] in "=+-@" and text.startswith("'") else text
    if clean.lstrip().startswith("="):
        told = clean.strip()
        if told.startswith('="') and told.endswith('"') and told.count('"') == 2:
            return _text(told[2:-1])  # ="0123" is how people keep a spreadsheet from changing a number
        return Cell(clean[:200], "cell-formula")
    return _text(clean)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
