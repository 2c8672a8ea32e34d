"""`devices profile` and `devices new` from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_app import profiles, settings
from counter_app.__main__ import main


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, Any]:
    """Exit code, what stood on standard output, and the first problem's code."""
    code = main(["devices", *words, "--json"])
    out, err = capsys.readouterr()
    problem = json.loads(err)["problems"][0]["code"] if err else ""
    return code, json.loads(out) if out else None, problem


def test_a_profile_goes_from_one_data_folder_to_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two, stick = str(tmp_path / "one"), str(tmp_path / "two"), str(tmp_path / "stick.toml")
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "counter.toml").write_text(
        '# 三号窗\nwindow = "3"\nscanner = "scanners.serial_line"\nscanner_port = "/dev/ttyACM0"', "utf-8"
    )
    (tmp_path / "two" / "counter.toml").write_text('device_profile = "旧"  # 换过\nwindow = "4"\n', "utf-8")
    assert told(capsys, "profile", "save", "标准窗", "--data", one)[0] == 0
    assert told(capsys, "profile", "export", "标准窗", stick, "--data", one)[:2][0] == 0
    assert told(capsys, "profile", "import", stick, "--data", two)[1]["id"] == "标准窗"
    assert told(capsys, "profile", "use", "标准窗", "--data", two)[0] == 0
    rows = told(capsys, "profile", "list", "--data", two)[1]
    assert [(row["id"], row["in_use"]) for row in rows] == [("标准窗", True)]
    assert "scanner=scanners.serial_line" in rows[0]["devices"]
    kept = settings.load(tmp_path / "two" / "counter.toml")
    assert (kept.device_profile, kept.window) == ("标准窗", "4")
    assert profiles.load(tmp_path / "two", "标准窗").roles["scanner"][1]["port"] == "/dev/ttyACM0"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["profile", "use", "没有"], "profile-unknown"),
        (["profile", "import", "nothing.toml"], "not-found"),
        (["profile", "save"], "usage"),
        (["profile", "dance", "x"], "usage"),
        (["profile", "save", "../x"], "profile-name"),
        (["new", "Bad-Name"], "usage"),
        (["new", "fine", "--family", "toasters"], "usage"),
        (["new", "fine", "--family", "printers", "--hosted"], "usage"),
    ],
)
def test_what_cannot_be_done_says_so_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: str
) -> None:
    told_ = told(capsys, *words, "--data", str(tmp_path), "--to", str(tmp_path))
    assert (told_[0], told_[2]) == (1, code)
    assert list(tmp_path.iterdir()) == []


def test_a_second_package_of_the_same_name_never_writes_over_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "new", "acme", "--to", str(tmp_path))[0] == 0
    mine = tmp_path / "onewindow-acme" / "onewindow_acme" / "device.py"
    mine.write_text("mine", "utf-8")
    assert told(capsys, "new", "acme", "--to", str(tmp_path))[2] == "usage"
    assert mine.read_text("utf-8") == "mine"


def test_a_setting_that_is_wrong_already_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    file.write_text("window = 3\n", "utf-8")
    with pytest.raises(settings.Problem):
        settings.put(file, "device_profile", "x")
    assert [f.name for f in tmp_path.iterdir()] == ["counter.toml"]
    assert file.read_text("utf-8") == "window = 3\n"
