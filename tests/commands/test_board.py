"""`board` and `manage` as programs of their own beside a hub of their own, as in a hall."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
import wave
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from counter_app.__main__ import main
from tests.fakes.hall import Hall, open_hall

LIMIT_S = 60


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    (tmp_path / "hub").mkdir()
    with open_hall(tmp_path / "hub") as made:
        yield made


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "counter_app", *arguments]


def environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 1
    return str(json.loads(capsys.readouterr().err)["problems"][0]["code"])


def test_each_call_leaves_one_sound_and_one_line(hall: Hall, tmp_path: Path) -> None:
    token, trace, sounds = tmp_path / "token", tmp_path / "trace.jsonl", tmp_path / "wav"
    token.write_text(hall.token("board"))
    os.mkfifo(trace)  # reading it waits for each line without looking again and again
    board = command("board", "--hub", hall.where()[0], "--token-file", str(token), "--size", "1366x768")
    board += ["--voice-out", str(sounds), "--trace", str(trace)]
    with subprocess.Popen(board, env=environment(), stderr=subprocess.PIPE, text=True) as running:
        with trace.open(encoding="utf-8") as lines:
            _until_asked(hall)
            told = []
            for window in ("w3", "w12"):
                hall.take()
                called = hall.call(window)
                line = json.loads(lines.readline())
                assert (line["number"], line["window"]) == (called.number, window[1:])
                told.append(line)
        running.terminate()
    assert sorted(file.name for file in sounds.glob("*")) == sorted(line["wav"] for line in told)
    for line in told:
        assert line["heard_mono_ns"] < line["painted_mono_ns"]
        with wave.open(str(sounds / line["wav"])) as sound:
            assert sound.getnframes() / sound.getframerate() > 1.5
    assert [line["text"] for line in told] == [
        f"请 {told[0]['number']} 号，到 3 号窗口。",
        f"请 {told[1]['number']} 号，到 12 号窗口。",
    ]


def _until_asked(hall: Hall) -> None:
    """The board follows when it has asked who waits, after it was told where the events stand."""
    until, pause = time.monotonic() + LIMIT_S, threading.Event()
    while time.monotonic() < until:
        with urllib.request.urlopen(f"{hall.where()[0]}/metrics", timeout=LIMIT_S) as answer:
            if b'path="/v1/board",status="200"' in answer.read():
                return
        pause.wait(0.05)
    raise AssertionError("the board never asked")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["board"], "usage"),
        (["board", "--hub", "http://127.0.0.1:1"], "usage"),
        (["board", "--data", ".", "--volume", "loud"], "setting-value"),
        (["board", "--data", ".", "--size", "big", "--voice", ""], "usage"),
        (["board", "--data", ".", "--voice", "voices.none", "--voice-out", "sounds"], "driver-unknown"),
        (["manage", "--clerk", "0301"], "usage"),
    ],
)
def test_what_is_missing_is_refused(
    arguments: list[str],
    code: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(capsys, *arguments) == code
    assert list(tmp_path.iterdir()) == []


def test_statistics_are_written_without_a_window(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    token, file = tmp_path / "token", tmp_path / "out" / "sums.xlsx"
    token.write_text(hall.token("manage"))
    hall.serve("w1")
    where = ["manage", "--hub", hall.where()[0], "--token-file", str(token), "--clerk", "0301"]
    assert main([*where, "--export", str(file), "--span", "week"]) == 0
    book = openpyxl.load_workbook(file)
    assert "各窗口" in book.sheetnames
    book.close()
    assert refused(capsys, *where, "--export", str(file), "--span", "century") == "usage"
    assert refused(capsys, *where, "--export", str(tmp_path / "x.txt")) == "usage"
