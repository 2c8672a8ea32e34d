"""`voice`: a hall hears itself and sees what it has to record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from counter_app.__main__ import main
from tests.fakes.citizen_rigs import recordings


def test_a_call_becomes_a_file(tmp_path: Path) -> None:
    file = tmp_path / "call.wav"
    assert main(["voice", "render", "请 A016 号到 5 号窗口", str(file)]) == 0
    assert file.stat().st_size > 40_000


def test_missing_recordings_are_listed(tmp_path: Path, capsys: Any) -> None:
    assert main(["voice", "clips", str(recordings(tmp_path)), "--json"]) == 0
    assert all(row["there"] for row in json.loads(capsys.readouterr().out))
    (tmp_path / "百.wav").unlink()
    assert main(["voice", "clips", str(tmp_path), "--json"]) == 1
    assert [row["id"] for row in json.loads(capsys.readouterr().out) if not row["there"]] == ["百"]


def test_a_player_that_fails_is_said_with_advice(tmp_path: Path, capsys: Any) -> None:
    assert main(["voice", "say", "请稍候", "--out", "false"]) == 3
    (told,) = json.loads(capsys.readouterr().err)["problems"]
    assert told["code"] == "voice-away"
    assert told["advice"]
