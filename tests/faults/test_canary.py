"""After a working day no byte anywhere says who was there.

Twenty invented people are stored, some are served, one is refused with their illness in the reason, the
program is killed and goes on, people are shown and looked for, a report is exported, a backup and a support
file are made. Then every file of the data folder, every temporary file and every command line is searched,
in every coding.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import io
import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.__main__ import main
from tests.fakes.canaries import CODINGS, Flock, search, sightings
from tests.fakes.scripts import person

Size = Callable[[str], int]
_LARGEST = 8 << 20
ROOT = Path(__file__).resolve().parents[2]
BEGUN = """
[[step]]
clerk = {{ do = "walk_in" }}
[[step]]
clerk = {{ do = "identify", person = "p{nth}" }}
[[step]]
clerk = {{ do = "witness", verdict = "verified" }}
[[step]]
clerk = {{ do = "open", type = "MT02" }}
[[step]]
clerk = {{ do = "set", fields = {{ opsp_dise_code = "M01600", ide_fixmedins_no = "日照示范人民医院", hosp_ide_date = "2026-11-20" }} }}
"""  # noqa: E501
ACCEPTED = """
[[step]]
clerk = { do = "receive" }
[[step]]
citizen = { do = "confirm" }
[[step]]
clerk = { do = "submit" }
[[step]]
clerk = { do = "next" }
"""
KILLED = """
[[step]]
kill = true
"""
REFUSED = """
[[step]]
clerk = {{ do = "refuse", reason = "其他：{illness}不在范围内", basis = "办事指南", go_to = "" }}
"""


def script(flock: Flock, served: int) -> str:
    parts = ['[hall]\nregion = "rizhao"\ndate = 2026-11-21\nclerk = "0317"\n']
    parts += [person(f"p{nth}", one.name, one.number, one.tel) for nth, one in enumerate(flock.people)]
    for nth in range(served):
        parts += [BEGUN.format(nth=nth), KILLED if nth == 1 else "", ACCEPTED]
    return "".join([*parts, BEGUN.format(nth=served), REFUSED.format(illness=flock.illness)])


class Watched:
    """A process whose command lines, and those of whatever it starts, are written down while it runs."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.temp = folder / "temp"
        self.temp.mkdir()
        self.lines: set[bytes] = set()
        environment = {**os.environ, "TMPDIR": str(self.temp), "PYTHONPATH": str(ROOT)}
        argv = [sys.executable, "-m", "counter_app", *words]
        pipe = subprocess.PIPE
        with subprocess.Popen(argv, env=environment, stdout=pipe, stderr=pipe) as process:
            while True:
                self._look(process.pid)
                try:
                    self.said = process.communicate(timeout=0.05)
                    break
                except subprocess.TimeoutExpired:
                    continue
        assert process.returncode == 0, self.said[1].decode()

    def _look(self, pid: int) -> None:
        for one in [pid, *_children(pid)]:
            try:
                self.lines.add(Path(f"/proc/{one}/cmdline").read_bytes())
            except OSError:
                continue  # gone meanwhile


def _children(pid: int) -> Iterator[int]:
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, file.read_text().split())
        except OSError:
            continue


def left_behind(since: float) -> Iterator[bytes]:
    """Name and contents of every new file in the system's temporary folders; others' come and go."""
    for place in {tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"}:
        for file in Path(place).glob("*"):
            with contextlib.suppress(OSError):
                told = file.lstat()
                if stat.S_ISREG(told.st_mode) and told.st_mtime >= since - 1 and told.st_size < _LARGEST:
                    yield file.name.encode() + b"\n" + file.read_bytes()


@pytest.fixture
def flock(size: Size) -> Flock:
    return Flock(20)


def test_a_working_day_leaves_nobody_in_any_byte(
    flock: Flock,
    tmp_path: Path,
    size: Size,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    begun = time.time()
    play, data, exported = tmp_path / "day.toml", str(tmp_path / "out" / "data"), tmp_path / "exported"
    play.write_text(script(flock, size("canary_cases")), "utf-8")
    exported.mkdir()
    day = Watched(tmp_path, "rehearse", str(play), "--out", str(tmp_path / "out"))

    monkeypatch.setenv("TMPDIR", str(day.temp))
    for canary in flock.people:
        monkeypatch.setattr(sys, "stdin", io.StringIO(canary.number + "\n"))
        assert main(["people", "show", "-", "--data", data]) == 0
    shown = capsys.readouterr().out
    assert flock.people[0].name not in shown
    assert shown.count('"cases": [') == len(flock.people)
    assert shown.count('"cases": []') <= len(flock.people) - size("canary_cases"), "nobody was served"
    report = str(exported / "channels.csv")
    for words in (
        ["cases", "list", "--data", data],
        ["people", "show", "-", "--data", data],  # nothing more on standard input: a refusal
        ["reports", "export", "channels", "--data", data, "--out", report],
        ["backup", "--data", data],
        ["support", "--data", data, "--out", str(exported / "support.zip")],
        ["check", "--data", data],
    ):
        try:
            main(words)
        except SystemExit:
            pytest.fail(f"wrong usage: {words}")
    told = capsys.readouterr()

    patterns = flock.patterns() | flock.digests(size("canary_digests"))
    kinds = {file.name for file in Path(data).rglob("*") if file.is_file()}
    assert {"store.db", "hub.db", "manifest.json"} <= kinds
    assert search(patterns, Path(data), day.temp, exported) == []
    for line in (*left_behind(begun), *day.lines, day.said[1], told.err.encode()):
        assert sightings(patterns, line) == []
    assert any(b"rehearse" in line for line in day.lines)


def test_a_planted_canary_is_found(flock: Flock, tmp_path: Path) -> None:
    """In every coding, at every place of a group of base64, as a hash, in a file's name and inside a zip."""
    patterns = flock.patterns() | flock.digests(20)
    assert min(map(len, patterns.values())) >= 6, "so short that it is met by chance"
    one = flock.people[7]
    for text in (one.number, one.name, one.tel, f"患{flock.illness}"):
        for coding in CODINGS:
            raw = text.encode(coding)
            for planted in (raw, raw.hex().encode(), raw.hex().upper().encode()):
                assert sightings(patterns, os.urandom(50) + planted + os.urandom(50)), (text, coding)
            for shift in range(3):
                assert sightings(patterns, base64.b64encode(b"x" * shift + raw + b"more")), (text, shift)
    for kind in ("md5", "sha256", "sm3"):
        made = hashlib.new(kind, one.number.encode())
        for planted in (made.digest(), made.hexdigest().encode(), base64.b64encode(made.digest())):
            assert sightings(patterns, planted), kind
    (tmp_path / f"{one.number}.pdf").write_bytes(b"")
    assert search(patterns, tmp_path) != []
    assert sightings(patterns, gzip.compress(b"nobody") + os.urandom(4096)) == []
