"""Every rehearsal of docs/rehearsals, played as a newcomer plays it: by the command, in its own process."""

from __future__ import annotations

import hashlib
import io
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main

SCRIPTS = sorted((Path(__file__).parents[2] / "docs" / "rehearsals").glob("*.toml"))
SMALL = """
[hall]
region = "rizhao"
date = 2026-11-23
{hall}

[[person]]
key = "a"
name = "{name}"
certno = "{certno}"
insutype = "310"
psn_type = "12"
psn_insu_stas = "1"
insuplc_admdvs = "371100"
tel = "13900001234"

[[step]]
clerk = {{ do = "walk_in" }}
[[step]]
clerk = {{ do = "identify", person = "a" }}
[[step]]
clerk = {{ do = "open", type = "YD01" }}
[[step]]
clerk = {{ do = "set", field = "rloc_admdvs", value = "{place}" }}
[[step]]
clerk = {{ do = "receive" }}
[[step]]
citizen = {{ do = "confirm" }}
[[step]]
clerk = {{ do = "submit", times = 2 }}
[[step]]
clerk = {{ do = "next" }}
"""


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "counter_app", *words]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), capture_output=True, text=True, check=False, timeout=300)


def asked(*words: str) -> tuple[int, str]:
    """What a reading command says, without a process of its own: that of the rehearsal is over by now."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = main(words)
    return code, said.getvalue()


def listed(data: Path, *words: str) -> Any:
    code, said = asked(*words, "--data", str(data), "--json")
    assert code == 0
    return json.loads(said)


def small(tmp_path: Path, **words: str) -> Path:
    known = {"hall": "", "name": "钱示例", "certno": "371102195501010190", "place": "上海市"}
    file = tmp_path / "small.toml"
    file.write_text(SMALL.format(**{**known, **words}), "utf-8")
    return file


@pytest.mark.pcsc
@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.stem)
def test_the_rehearsal_holds(file: Path, tmp_path: Path) -> None:
    done = run("rehearse", str(file), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    transcript = json.loads((tmp_path / "out" / "transcript.json").read_text("utf-8"))
    assert [s["n"] for s in transcript["steps"]] == list(range(1, len(transcript["steps"]) + 1))
    data = tmp_path / "out" / "data"
    assert {c["number"] for c in transcript["cases"]} == {c["number"] for c in listed(data, "cases", "list")}
    assert listed(data, "audit", "verify")["ok"]
    printed = {p["number"]: p["sha256"] for p in listed(data, "papers", "list")}
    for line in done.stdout.splitlines():
        word, number, digest = line.split()
        assert word in ("receipt", "reprint")
        assert word == "reprint" or printed[number] == digest
    for paper in (tmp_path / "out").glob("*.pdf"):
        _, verdict = asked("receipt", "verify", str(paper), "--data", str(data))
        assert json.loads(verdict)["ok"], (paper.name, verdict)


def test_a_strangers_people_and_answers_reach_the_paper(tmp_path: Path) -> None:
    script = small(tmp_path, name="䶮𬱖·示例", place="乌鲁木齐市")
    done = run("rehearse", str(script), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    (paper,) = (tmp_path / "out").glob("*.pdf")
    text = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    assert "䶮𬱖·示例" in text
    assert "乌鲁木齐市" in text
    assert "371102195501010190" not in text


def test_repeat_goes_on_with_the_same_store(tmp_path: Path) -> None:
    done = run("rehearse", str(small(tmp_path)), "--out", str(tmp_path / "out"), "--repeat", "3")
    assert done.returncode == 0, done.stderr
    numbers = [line.split()[1] for line in done.stdout.splitlines()]
    assert len(numbers) == len(set(numbers)) == 3


def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, size: Callable[[str], int]
) -> None:
    """What was said to have left is in the store, once, with the bytes that left."""
    script, out, dice = small(tmp_path), tmp_path / "out", random.Random(5)
    told: dict[str, str] = {}
    for _ in range(size("rehearsal_kills")):
        argv = command("rehearse", str(script), "--out", str(out), "--repeat", "50")
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout is not None
            wanted = dice.randint(1, 3)
            for line in process.stdout:
                _note(told, line)
                wanted -= 1
                if wanted == 0:
                    time.sleep(dice.random() / 5)  # a kill falls anywhere in the work on the next case
                    process.send_signal(signal.SIGKILL)
            process.wait()
    last = run("rehearse", str(script), "--out", str(out))
    assert last.returncode == 0, last.stderr
    for line in last.stdout.splitlines():
        _note(told, line)
    _agrees(out, told)


def _note(told: dict[str, str], line: str) -> None:
    words = line.split()
    if len(words) == 3:
        assert told.setdefault(words[1], words[2]) == words[2]


def _agrees(out: Path, told: dict[str, str]) -> None:
    papers = listed(out / "data", "papers", "list")
    cases = [c["number"] for c in listed(out / "data", "cases", "list")]
    assert len(cases) == len(set(cases))
    assert {p["number"]: p["sha256"] for p in papers} == told
    assert all(p["printed"] == 1 for p in papers)
    for number, digest in told.items():
        (file,) = out.glob(f"{number}-*.pdf")
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    assert listed(out / "data", "audit", "verify")["ok"]
