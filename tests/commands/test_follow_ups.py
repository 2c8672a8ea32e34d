"""Bad answers from the command line: only for a supervisor, and in their order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from tests.fakes.office import open_office


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = open_office(tmp_path / "data")
    desk.hub.rate("q1", "case-1", 1, ("115",))
    desk.hub.rate("q2", "case-2", 5)
    desk.close()
    return desk.folder


def ask(
    capsys: pytest.CaptureFixture[str], folder: Path, *words: str, clerk: str = "0301"
) -> tuple[int, Any]:
    code = main(["follow-ups", *words, "--data", str(folder), "--clerk", clerk, "--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out or told.err)


def test_a_bad_answer_is_seen_to_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, [found] = ask(capsys, folder, "list")
    assert (code, found["id"], found["level"]) == (0, "case-1", 1)
    assert ask(capsys, folder, "take", "case-1")[1]["number"]
    assert ask(capsys, folder, "call-back", "case-1", "--note", "嫌等得久")[1]["state"] == "called"
    code, told = ask(capsys, folder, "close", "case-1")
    assert (code, told["problems"][0]["code"]) == (1, "follow-up-step")
    assert ask(capsys, folder, "mend", "case-1", "--note", "增开一窗")[1]["fix"] == "增开一窗"
    assert ask(capsys, folder, "close", "case-1")[1]["state"] == "closed"
    assert ask(capsys, folder, "list")[1] == []


def test_a_clerk_learns_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ask(capsys, folder, "list", clerk="0317")
    assert (code, told["problems"][0]["code"]) == (1, "supervisor-needed")
    assert ask(capsys, folder, "take")[1]["problems"][0]["code"] == "usage"
