"""The gateway from the command line, against the simulator as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main


@pytest.fixture
def platform() -> Iterator[str]:
    command = [sys.executable, "-m", "counter_app", "gateway", "simulate"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield str(json.loads(process.stdout.readline())["url"])
        process.terminate()
        assert process.wait(60) == 0


def run(capsys: Any, folder: Path, url: str, *words: str) -> tuple[int, Any]:
    place = ["--url", url, "--database", str(folder / "hub.db"), "--key-file", str(folder / "hub.key")]
    code = main(["gateway", *words, *place])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


def test_a_lost_answer_from_one_end_to_the_other(platform: str, tmp_path: Path, capsys: Any) -> None:
    fields = tmp_path / "fields.json"
    fields.write_text(json.dumps({"psn_no": "P1", "opsp_dise_code": "M03900", "begndate": "2026-11-23"}))
    plan = json.dumps({"next": ["lose", "away"]}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{platform}/sim/plan", plan, method="POST")).close()
    wish = ("send", "2503", str(fields), "--request", "r1", "--subject", "c1")
    code, told = run(capsys, tmp_path, platform, *wish)
    assert (code, told["state"]) == (1, "unknown")
    assert "fields" not in told
    code, listed = run(capsys, tmp_path, platform, "list")
    assert [one["serial"] for one in listed] == [told["serial"]]
    assert run(capsys, tmp_path, platform, *wish)[1]["state"] == "done"
    assert run(capsys, tmp_path, platform, "list")[1] == []
    assert run(capsys, tmp_path, platform, "look-up", told["serial"])[0] == 0
    with urllib.request.urlopen(f"{platform}/sim/state") as reply:
        state = json.load(reply)
    assert [one[0] for one in state["seen"]].count("2503") == 1
