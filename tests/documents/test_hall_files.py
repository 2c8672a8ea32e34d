"""The manager's workbook, opened as somebody opens it: every cell with its value and the way it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from counter_app.documents import hall_files
from counter_app.problems import Problem
from counter_app.services.hall.tables import HallTable, tables

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "reports" / "hall.txt"
_MS = ("wait_median_ms", "wait_p90_ms", "wait_max_ms", "service_median_ms", "service_p90_ms")


def row(key: str, taken: int, *minutes: float | None) -> dict[str, Any]:
    counted = {"key": key, "taken": taken, "done": taken - 1, "missed": 1, "cancelled": 0}
    told = [None if one is None else one * 60_000 for one in (*minutes, *(None,) * 5)]
    return {**counted, **dict(zip(_MS, told, strict=False))}


def told() -> dict[str, Any]:
    busy = row("w1", 1250, 7.4, 18.6, 92, 5, 11)
    return {
        "first": "2026-11-23",
        "last": "2026-11-24",
        "windows": [busy, row("w12", 3)],
        "hours": [{**busy, "key": "9"}],
        "groups": [{**busy, "key": "general"}],
        "classes": [{**busy, "key": "elderly"}],
        "days": [{**busy, "key": "2026-11-23"}, row("2026-11-24", 3)],
        "types": [{"key": "YD01", "accepted": 1040}, {"key": "MT02", "accepted": 9}],
        "total": row("", 1253, 7.4, 18.6, 92, 5, 11),
    }


def found() -> tuple[HallTable, ...]:
    return tables(told(), {"YD01": "异地安置退休人员备案", "MT02": "=门诊慢特病"}, {"general": "综合服务"})


def listed(file: Path) -> Iterator[str]:
    """Every cell that holds something: place, value, how it is shown; then what a printer is told."""
    for sheet in load_workbook(file):
        yield f"[{sheet.title}] {sheet.freeze_panes} {[str(one) for one in sheet.merged_cells.ranges]}"
        for cell in (one for line in sheet.iter_rows() for one in line if one.value is not None):
            side, weight = cell.alignment.horizontal or "-", "bold" if cell.font.b else "-"
            kind = type(cell.value).__name__
            yield f"{cell.coordinate} {cell.value} | {kind} {cell.number_format} {side} {weight}"
        page = sheet.page_setup
        pages = f"{page.orientation} {page.paperSize} {page.fitToWidth}x{page.fitToHeight}"
        yield f"{pages} {sheet.print_title_rows} {sheet.sheet_properties.pageSetUpPr.fitToPage}"
        yield str(sheet.oddFooter.center.text)


def test_every_cell_is_the_golden_one(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    file = tmp_path / "h.xlsx"
    hall_files.write(found(), file)
    text = "\n".join(listed(file)) + "\n"
    if request.config.getoption("--rewrite-golden"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def test_minutes_are_told_as_minutes_and_days_are_days(tmp_path: Path) -> None:
    file = tmp_path / "h.xlsx"
    hall_files.write(found(), file)
    book = load_workbook(file)
    assert book["各窗口"]["F3"].number_format == '#,##0" 分"'
    assert (book["各窗口"]["B3"].value, book["各窗口"]["B3"].number_format) == (1250, "#,##0")
    assert book["逐日"]["A3"].is_date
    assert book["逐日"]["A3"].number_format == "yyyy-mm-dd"
    assert book["各事项"]["A4"].data_type == "s", "a name is never a formula"


@pytest.mark.parametrize("title", [table.title for table in found()])
def test_no_word_is_cut_off(tmp_path: Path, title: str) -> None:
    """A column holds its longest word; the note has the lines it needs. A Chinese character is two wide."""
    file = tmp_path / "h.xlsx"
    hall_files.write(found(), file)
    sheet = load_workbook(file)[title]
    widths = {letter: one.width for letter, one in sheet.column_dimensions.items()}
    for line in sheet.iter_rows(min_row=2, max_row=sheet.max_row - 2):
        for cell in (one for one in line if one.value is not None):
            assert sum(1 + (ord(one) > 0xFF) for one in str(cell.value)) <= widths[cell.column_letter]
    note = sheet.cell(sheet.max_row, 1)
    rows = sheet.row_dimensions[note.row].height // 16
    assert 2 * len(note.value) <= sum(widths.values()) * rows


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="usage"):
        hall_files.write(found(), tmp_path / "h.csv")
    assert list(tmp_path.iterdir()) == []
