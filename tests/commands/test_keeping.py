"""Originals and archives by command, on a folder that a rehearsal filled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.test_reading_verbs import NUMBER, SCRIPT, answer, run
from tests.fakes.office import open_office
from tests.services.test_decide import accept_mt02

CLERK = ("--clerk", "0317")


@pytest.fixture
def played(tmp_path: Path) -> str:
    script = tmp_path / "day.toml"
    script.write_text(SCRIPT, "utf-8")
    assert run("rehearse", str(script), "--out", str(tmp_path)).returncode == 0
    return str(tmp_path / "data")


def test_a_case_is_archived_checked_damaged_and_named(played: str, tmp_path: Path) -> None:
    (row,) = answer("cases", "list", "--data", played, "--json")
    made = answer("cases", "archive", row["number"], "--data", played, *CLERK)
    assert made["id"].startswith("001-YB·2026-D30-YD01-")
    assert made == answer("cases", "archive", row["number"], "--data", played, *CLERK)
    assert answer("cases", "archive", "check", "--data", played, "--json") == {
        "ok": True,
        "archives": 1,
        "damage": [],
    }
    folder = Path(made["folder"])
    assert not any(NUMBER.encode() in f.read_bytes() for f in folder.rglob("*") if f.is_file())
    out = tmp_path / "opened"
    answer("cases", "archive", "open", made["id"], "--out", str(out), "--data", played)
    assert json.loads((out / "case.json").read_text("utf-8"))["number"] == row["number"]
    (paper,) = out.glob("papers/*.pdf")
    assert answer("receipt", "verify", str(paper), "--data", played, "--json")["ok"]

    page = folder / "case.json.sealed"
    data = bytearray(page.read_bytes())
    data[100] ^= 1
    page.write_bytes(data)
    red = run("cases", "archive", "check", "--data", played, "--json")
    assert red.returncode == 1
    (damage,) = json.loads(red.stdout)["damage"]
    assert (damage["archive"], damage["file"], damage["code"]) == (made["id"], "case.json", "changed")


def test_papers_go_to_the_back_office_and_are_signed_for(played: str) -> None:
    (row,) = answer("cases", "list", "--data", played, "--json")
    there = ("cases", "hand-over", row["number"], "--to", "林晓", "--to-no", "0318", "--data", played)
    slip = answer(*there, *CLERK)
    assert slip["case"] == row["number"]
    again = run(*there, *CLERK)
    assert json.loads(again.stderr)["problems"][0]["code"] == "originals-none"
    taken = answer("cases", "take-over", slip["slip"], "--data", played, "--clerk", "0318")
    assert all(bundle["counted"] == bundle["pages"] for bundle in taken["bundles"])
    away = run("cases", "archive", row["number"], "--data", played, *CLERK)
    assert json.loads(away.stderr)["problems"][0]["code"] == "originals-away"
    papers = answer("papers", "list", "--data", played, "--json")
    assert {(p["kind"], p["printed"]) for p in papers} >= {("YJJJ", 1)}


@pytest.fixture
def timed(tmp_path: Path) -> tuple[str, str]:
    """A folder with one case that takes time, and its number."""
    desk = open_office(tmp_path / "timed")
    number = accept_mt02(desk)
    desk.close()
    return str(tmp_path / "timed"), number


def test_the_slips_of_a_case_on_its_way(timed: tuple[str, str]) -> None:
    data, number = timed
    where = ("--data", data, *CLERK)
    moved = answer("cases", "transfer", number, "--post", "异地结算岗", "--reason", "属异地就医", *where)
    special = ("cases", "special", number, *where)
    stopped = answer(*special, "--procedure", "专家评审", "--days", "10", "--reason", "须集体评审")
    answer(*special, "--ended")
    nothing = run("cases", "serve", number, *where)
    assert json.loads(nothing.stderr)["problems"][0]["code"] == "not-found"
    unknown = run(*special, "--procedure", "占卜", "--days", "10", "--reason", "x")
    assert json.loads(unknown.stderr)["problems"][0]["code"] == "field-choice"
    printed = {
        p["number"]: p["kind"] for p in answer("papers", "list", "--data", data, "--json") if p["printed"]
    }
    assert (printed[moved["slip"]], printed[stopped["slip"]]) == ("ZBYS", "TBCX")


def test_what_cannot_be_done_is_refused(played: str) -> None:
    (row,) = answer("cases", "list", "--data", played, "--json")
    nobody = run("cases", "archive", row["number"], "--data", played)
    assert json.loads(nobody.stderr)["problems"][0]["code"] == "field-required"
    unknown = run("cases", "take-over", "X", "--data", played, *CLERK)
    assert json.loads(unknown.stderr)["problems"][0]["code"] == "not-found"
    words = ("cases", "hand-over", row["number"], "--to", "林晓", "--data", played, *CLERK)
    assert json.loads(run(*words, "--pages", "M_ID=x").stderr)["problems"][0]["code"] == "field-number"
