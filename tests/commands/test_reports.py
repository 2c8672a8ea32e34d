"""`reports` beside a store that somebody else wrote."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from counter_app.__main__ import main
from counter_app.services import reports
from tests.fakes.office import TestOffice, certno, open_office
from tests.services.test_one_number import accepted

Said = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which two people were served and one of them answered."""
    desk = open_office(tmp_path / "data")
    for key, matter in (("li_guifang", "YD01"), ("wang_min", "CX02")):
        desk.identify(key)
        accepted(desk, matter)
        desk.visit.finish()
    _rate(desk)
    desk.close()
    return tmp_path / "data"


def _rate(desk: TestOffice) -> None:
    case = desk.store.cases()[0]
    assert desk.hub.rate("q1", case.case_id, 5)


def told(said: Said, *words: str) -> Any:
    assert main(["reports", *words, "--json"]) == 0
    return json.loads(said.readouterr().out)


def test_every_report_is_listed_with_what_it_counts(capsys: Said) -> None:
    rows = told(capsys, "list")
    assert [row["id"] for row in rows] == list(reports.by_id())
    assert all(row["numerator"] and row["period"] for row in rows)


def test_a_report_is_shown_with_its_definition(capsys: Said, folder: Path) -> None:
    shown = told(capsys, "show", "channels", "--data", str(folder))
    assert shown["rows"][0][:4] == ["窗口", 2, 2, "100%"]
    assert shown["definition"]["时区"] == "Asia/Shanghai"
    assert shown["definition"]["地区"] == "日照市"
    assert shown["definition"]["来源行"] == "R99 K49"
    assert all(check["ok"] for check in shown["checks"])


def test_days_and_place_can_be_chosen(capsys: Said, folder: Path) -> None:
    words = ("show", "acceptances", "--data", str(folder), "--region", "kuitun", "--from", "2027-01-01")
    shown = told(capsys, *words)
    assert shown["rows"] == [["合计", 0, 0, "0", "件", ""]]
    assert shown["definition"]["期间"] == "2027-01-01 至 最近"
    assert shown["definition"]["地区"] == "奎屯市"


def test_ratings_come_from_the_hub_of_the_folder(capsys: Said, folder: Path) -> None:
    rows = {row[0]: row for row in told(capsys, "show", "ratings", "--data", str(folder))["rows"]}
    assert rows["非常满意"][1:4] == [1, 1, "100%"]
    later = told(capsys, "show", "ratings", "--data", str(folder), "--from", "2027-01-01")["rows"]
    assert {row[3] for row in later} == {"—"}
    (folder / "hub.db").unlink()
    (away,) = told(capsys, "show", "ratings", "--data", str(folder))["rows"]
    assert away[3] == "—"


def test_files_hold_what_the_screen_shows_and_nobody(capsys: Said, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.csv"
    assert main(["reports", "export", "channels", "--data", str(folder), "--out", str(out)]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert ["窗口", "2", "2", "100%", "", ""] in list(csv.reader(file))
    whole = tmp_path / "all.xlsx"
    assert main(["reports", "export", "all", "--data", str(folder), "--out", str(whole)]) == 0
    book = load_workbook(whole)
    assert book.sheetnames == list(reports.by_id())
    words = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert not [word for word in words if "李桂芳" in word or certno("li_guifang") in word]
    assert main(["reports", "show", "all", "--data", str(folder)]) == 0
    assert "李桂芳" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", "nothing"], "not-found"),
        (["show", "channels"], "usage"),
        (["export", "channels", "--data", "DATA"], "usage"),
        (["show", "channels", "--data", "DATA", "--region", "atlantis"], "not-found"),
    ],
)
def test_what_is_wrong_is_said(capsys: Said, folder: Path, words: list[str], code: str) -> None:
    assert main(["reports", *[str(folder) if word == "DATA" else word for word in words]]) == 1
    assert json.loads(capsys.readouterr().err)["problems"][0]["code"] == code
