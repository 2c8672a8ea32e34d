"""Lists written as files: the template to fill in, and the error list to correct and read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from counter_app.domain.sheets import Column, Line, Marks, Sheet
from counter_app.problems import Problem

RESULTS = ("处理结果", "有误的栏", "原因与改法")
_KINDS = {".xlsx"}
_RED, _GREY = "FFF4CCCC", "FFD9D9D9"
_ROWS = 500  # rows of a template that are prepared as texts


def template(path: Path, title: str, columns: Sequence[Column]) -> None:
    """An empty list to be filled in: labels, and the allowed words and hints beside it.

    In .csv they stand in lines that begin with #, which reading skips. Raises Problem `sheet-kind`.
    """
    header = [f"{c.label}*" if c.required else c.label for c in columns]
    if path.suffix.lower() == ".csv":
        help_ = [[f"# {c.label}", *_help(c)] for c in columns]
        _write_csv(path, [header, [f"# {title}：以 # 开头的行不会导入"], *help_])
        return
    _book(path, title, header, columns)


def marked(path: Path, sheet: Sheet, header: Line, marks: Marks, only_bad: bool = False) -> None:
    """The list as it was handed in, with its faulty cells marked and the reasons beside them.

    It can be corrected and read again: the columns added here are not read. Raises Problem `sheet-kind`.
    """
    names = [cell.text for cell in header.cells]
    kept = [n for n, name in enumerate(names) if name.strip() and name.strip() not in RESULTS]
    rows = [line for line in sheet.lines if line.number in marks.outcome]
    if only_bad:
        rows = [line for line in rows if line.number in marks.reasons]
    body = [(line, [line.cell(n).text for n in kept]) for line in rows]
    tail = [[*_beside(line, names, marks)] for line, _ in body]
    head = [*(names[n] for n in kept), *RESULTS]
    if path.suffix.lower() == ".csv":
        _write_csv(path, [head, *([*cells, *more] for (_, cells), more in zip(body, tail, strict=True))])
        return
    _marked_book(path, head, kept, body, tail, marks)


def _beside(line: Line, names: Sequence[str], marks: Marks) -> Iterator[str]:
    yield marks.outcome.get(line.number, "")
    yield "、".join(names[n] for n in sorted(marks.faulty.get(line.number, ())) if n < len(names))
    yield marks.reasons.get(line.number, "")


def _help(column: Column) -> list[str]:
    return ["必填" if column.required else "", column.hint, "、".join(column.allowed[:60])]


def _write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        # What a spreadsheet would run as a formula is kept a text; reading takes the mark away again.
        writer.writerow([f"'{cell}" if cell[:1] in tuple("=+-@") else cell for cell in row])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _xlsx_path(path: Path) -> None:
    if path.suffix.lower() not in _KINDS:
        raise Problem("sheet-kind", str(path), path.suffix or "没有扩展名")


def _book(path: Path, title: str, header: Sequence[str], columns: Sequence[Column]) -> None:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    _xlsx_path(path)
    book = Workbook()
    sheet, notes = book.worksheets[0], book.create_sheet("填写说明")
    sheet.title = "名单"
    _put_row(sheet, 1, header, bold=True)
    for place, column in enumerate(columns, 1):
        letter = sheet.cell(1, place).column_letter
        sheet.column_dimensions[letter].width = max(12, 2 * len(column.label) + 2)
        for row in range(2, _ROWS + 2):
            sheet.cell(row, place).number_format = "@"  # long numbers stay texts
        words = ",".join(column.allowed)
        if column.allowed and len(words.encode("utf-8")) < 250 and '"' not in words:
            rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            rule.showErrorMessage = False
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_ROWS + 1}")
    _put_row(notes, 1, ["栏名", "代号", "是否必填", "说明", "可填内容"], bold=True)
    for row, column in enumerate(columns, 2):
        needed, hint, words = _help(column)
        _put_row(notes, row, [column.label, column.key, needed, hint, words])
    _put_row(notes, len(columns) + 3, [f"本模板用于：{title}"])
    sheet.freeze_panes = "A2"
    book.save(path)


def _marked_book(
    path: Path,
    head: Sequence[str],
    kept: Sequence[int],
    body: Sequence[tuple[Line, list[str]]],
    tail: Sequence[Sequence[str]],
    marks: Marks,
) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import PatternFill

    _xlsx_path(path)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    red, grey = PatternFill("solid", fgColor=_RED), PatternFill("solid", fgColor=_GREY)
    _put_row(sheet, 1, head, bold=True)
    for row, ((line, cells), more) in enumerate(zip(body, tail, strict=True), 2):
        _put_row(sheet, row, [*cells, *more])
        for place, column in enumerate(kept, 1):
            if column in marks.faulty.get(line.number, ()):
                sheet.cell(row, place).fill = red
        if line.number not in marks.reasons:
            sheet.cell(row, len(kept) + 1).fill = grey
    sheet.freeze_panes = "A2"
    book.save(path)


def _put_row(sheet: Any, row: int, texts: Sequence[str], bold: bool = False) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    for place, text in enumerate(texts, 1):
        cell = sheet.cell(row, place)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
        cell.data_type = "s"  # a text, also where it begins like a formula
        cell.number_format = "@"
        if bold:
            cell.font = Font(bold=True)
