"""The self-test is green on a whole machine and red, naming the cause, on a broken one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FONTS = Path("/usr/share/fonts/truetype/hanazono")


def checks(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    document = json.loads(done.stdout)
    assert set(document) == {"ok", "version", "store", "drivers", "receipt", "checks"}
    return {c["id"]: c for c in document["checks"]}


def run(*words: str, cwd: Path = ROOT, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    argv = [*before, sys.executable, "-m", "counter_app", "self-test", *words]
    return subprocess.run(argv, capture_output=True, text=True, check=False, cwd=cwd, timeout=120)


def test_a_whole_machine_is_green() -> None:
    done = run()
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["receipt"]["verified"]


def test_a_missing_driver_file_is_red_and_named(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for name in ("counter_app", "drivers", "resources", "ui"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "drivers" / "scanners" / "serial_line.py").unlink()
    done = run(cwd=copy)
    assert done.returncode == 1
    red = checks(done)["drivers"]
    assert not red["ok"]
    assert "scanners.serial_line" in red["detail"]


def test_a_folder_that_cannot_be_written_is_red(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "ascii")
    done = run("--data", str(blocked / "data"))
    assert done.returncode == 1
    assert not checks(done)["write"]["ok"]


@pytest.mark.skipif(os.geteuid() != 0 or not FONTS.is_dir(), reason="hiding a font needs root and the font")
def test_a_missing_font_is_red_and_named(tmp_path: Path) -> None:
    hide = f'mount --bind {tmp_path} {FONTS} && exec "$@"'
    done = run(before=("unshare", "--mount", "sh", "-c", hide, "sh"))
    if not done.stdout:  # unshare or mount said no before the self-test began
        pytest.skip(f"this machine lets nobody mount: {done.stderr.strip()}")
    assert done.returncode == 1, done.stdout
    red = checks(done)["fonts"]
    assert not red["ok"]
    assert "fonts-hanazono" in red["detail"]
