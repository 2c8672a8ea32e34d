"""What a desk works with: `catalog list|show|check` and `self-test` on its folder, and its screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from tests.fakes.packs import folder_with_pack, spoil


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return folder_with_pack(tmp_path)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    capsys.readouterr()
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_the_packs_of_a_desk_are_listed_shown_and_checked(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--data", str(desk), "--json")
    code, rows, _ = told(capsys, "catalog", "list", *where)
    (row,) = (row for row in rows if row["id"] == "FW07")
    assert (code, row["name"], row["in_force"]) == (0, "本厅报修", "hall-2027.1")
    code, shown, _ = told(capsys, "catalog", "show", "FW07", *where)
    assert (code, shown["name"], shown["in_force"]) == (0, "本厅报修", "hall-2027.1")
    code, checked, _ = told(capsys, "catalog", "check", *where)
    assert (code, checked["ok"], checked["in_force"], checked["findings"]) == (0, True, "hall-2027.1", [])


def test_a_refused_pack_is_named_and_so_is_the_one_in_force(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(desk)
    where = ("--data", str(desk), "--json")
    code, rows, err = told(capsys, "catalog", "list", *where)
    ours = next(row for row in rows if row["id"] == "FW07")
    assert (code, ours["name"]) == (1, "机具故障报修")
    assert ours["in_force"] not in ("", "hall-2027.1")
    assert {p["code"] for p in json.loads(err)["problems"]} == {"pack-broken"}
    code, checked, _ = told(capsys, "catalog", "check", *where)
    assert (code, checked["ok"], checked["in_force"]) == (1, False, ours["in_force"])
    assert any(row["file"].endswith("FW07.toml") and row["line"] > 0 for row in checked["findings"])
    code, document, _ = told(capsys, "self-test", "--data", str(desk))
    (red,) = (one for one in document["checks"] if one["id"] == "packs")
    assert (code, red["ok"]) == (1, False)
    assert f"现用 {ours['in_force']}" in red["detail"]
    assert "未采用" in red["detail"]


def test_the_setting_of_the_desk_is_followed(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "counter.toml").write_text(f'catalog = "{desk / "packs"}"\n', "utf-8")
    _, shown, _ = told(capsys, "catalog", "show", "FW07", "--data", str(other))
    assert shown["in_force"] == "hall-2027.1"


@pytest.mark.parametrize("words", [["list"], ["show", "FW07"], ["check"]])
def test_no_folder_is_no_desk(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", *words, "--data", str(tmp_path / "no")]) == 1
    (problem,) = json.loads(capsys.readouterr().err)["problems"]
    assert problem["code"] == "store-missing"
