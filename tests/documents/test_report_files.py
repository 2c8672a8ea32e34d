"""Reports as files: the same cells whoever reads them, whole or not at all, and nothing that calculates."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from counter_app.documents import report_files
from counter_app.problems import Problem
from counter_app.services.reports import Table
from counter_app.services.reports.model import Check

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "reports"


def table(report_id: str = "channels", label: str = "窗口") -> Table:
    return Table(
        report_id,
        "受理渠道",
        (
            (label, 2, 3, "66.67%", "", ""),
            ("网上、掌上", 1, 3, "33.33%", "", "含“小程序”,APP"),
            ("空", 0, 0, "—", "", ""),
        ),
        (("地区", "奎屯市"), ("时区", "Asia/Shanghai")),
        (Check("各渠道之和：2 + 1 = 3", True),),
    )


def test_a_csv_is_the_golden_one(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    file = tmp_path / "r.csv"
    report_files.write([table()], file)
    if request.config.getoption("--rewrite-golden"):
        (GOLDEN / "channels.csv").write_bytes(file.read_bytes())
    assert file.read_bytes() == (GOLDEN / "channels.csv").read_bytes()
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_workbook_holds_the_same_cells_one_sheet_a_report(tmp_path: Path) -> None:
    file = tmp_path / "r.xlsx"
    report_files.write([table(), table("green")], file)
    book = load_workbook(file)
    assert book.sheetnames == ["channels", "green"]
    read = [tuple(c for c in row if c is not None) for row in book["green"].iter_rows(values_only=True)]
    written = [tuple(c for c in line if c != "") for line in report_files.lines(table("green"))]
    assert [tuple(c for c in row if c != "") for row in read] == written
    assert book["channels"]["B3"].value == 2
    assert book["channels"].freeze_panes == "A3"


@pytest.mark.parametrize("word", ["=1+1", "@SUM(A1)", "+1", "-1"])
def test_no_word_becomes_a_formula(tmp_path: Path, word: str) -> None:
    report_files.write([table(label=word)], tmp_path / "r.xlsx")
    cell = load_workbook(tmp_path / "r.xlsx")["channels"]["A3"]
    assert (cell.value, cell.data_type) == (f"'{word}", "s")
    report_files.write([table(label=word)], tmp_path / "r.csv")
    assert f"\n'{word}" in (tmp_path / "r.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(("name", "count"), [("r.pdf", 1), ("r", 1), ("r.csv", 2)])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, count: int) -> None:
    with pytest.raises(Problem) as refused:
        report_files.write([table()] * count, tmp_path / name)
    assert refused.value.code == "usage"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        report_files.write([table()], tmp_path / "no" / "r.csv")
    assert refused.value.code == "sheet-write"


def test_an_older_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text("old", "utf-8")
    report_files.write([table()], file)
    assert "old" not in file.read_text("utf-8-sig")
    assert [one.name for one in tmp_path.iterdir()] == ["r.csv"]
