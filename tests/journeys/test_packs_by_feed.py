"""Packs by feed, each part a process of its own: published, heard by an open desk, used, and refused."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from counter_app.__main__ import main
from counter_app.hub.rows import HALL_TIME
from counter_app.seals.provider import ED25519, STANDARD, key_id, new_key
from tests.catalog.conftest import REGION
from tests.commands.test_hub import ROOT
from tests.commands.test_hub import hub as hub_process
from tests.faults.test_hubs import where
from tests.journeys.test_two_halls import LIMIT_S, invited
from tests.sync.test_packs import pack, signed


class Said:
    """What a desk process says, line by line, for as long as anybody would wait."""

    def __init__(self, out: IO[str]) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=lambda: [self._lines.put(line) for line in out], daemon=True)
        self._reader.start()

    def next(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self._lines.get(timeout=LIMIT_S))
        return found

    def over(self) -> None:
        self._reader.join(LIMIT_S)


@contextmanager
def desk(folder: Path, url: str, code: str) -> Iterator[Said]:
    """A desk process and what it says; ended in order."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.pack_desk", str(folder), url, code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said = Said(process.stdout)
    try:
        yield said
    finally:
        process.stdin.close()
        assert process.wait(timeout=LIMIT_S) == 0
        said.over()
        process.stdout.close()


def of_rizhao(folder: Path) -> Path:
    """The pack for the region a desk works in that says nothing of it."""
    there = folder / "regions" / "rizhao" / "region.toml"
    there.parent.mkdir()
    there.write_text(REGION.replace('id = "here"', 'id = "rizhao"'), "utf-8")
    return folder


def test_a_pack_published_is_used_by_the_open_desk_and_a_strangers_is_refused_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall, office, key = tmp_path / "hall", tmp_path / "office", new_key()
    hall.mkdir()
    since = (datetime.now(HALL_TIME) - timedelta(days=1)).date().isoformat()
    public = STANDARD.public_key(ED25519, key)
    words = {"id": f"pack-signer:{key_id(public)}", "public_key": public.hex()}
    (tmp_path / "keys.jsonl").write_text(json.dumps(words) + "\n", "utf-8")
    good = signed(of_rizhao(pack(office, "9001", since=since)), key)
    bad = signed(of_rizhao(pack(office, "9002", "不该启用", since)), new_key())
    for named in (("keys", tmp_path / "keys.jsonl"), ("catalogue", good), ("catalogue", bad)):
        assert main(["hub-admin", "publish", named[0], str(named[1]), *where(hall)]) == 0
    with hub_process(*where(hall), "--invite") as told:
        (code,) = invited(tmp_path / "manager", told, "device")
        with desk(tmp_path / "desk", told["url"], code) as said:
            first, *heard = (said.next() for _ in range(3))
        assert first["pack"].startswith("onewindow-")
        assert sorted(heard, key=str) == [{"pack": "hall-9001"}, {"told": "pack-signature"}]
    capsys.readouterr()
    assert main(["catalog", "packs", "--json", "--data", str(tmp_path / "desk")]) == 0
    rows = json.loads(capsys.readouterr().out)  # what tomorrow's start begins with
    assert [row["id"] for row in rows if row["in_force"]] == ["hall-9001"]
    assert not [row for row in rows if "9002" in row["id"]]
