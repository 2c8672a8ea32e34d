"""What `sh installer/run.sh` starts, with and without a screen; a shell script stands in for the program."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAYED = """#!/bin/sh
echo "counter-app $*"
[ "$1" = rehearse ] && [ -z "$NO_PAPER" ] && mkdir -p "$4/papers" && : >"$4/papers/one.pdf"
exit 0
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The script in a checkout whose program only says how it was called."""
    (tmp_path / "installer").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "installer" / "run.sh", tmp_path / "installer")
    (tmp_path / "installer" / "setup.sh").write_text("echo set up\n")
    played = tmp_path / ".venv" / "bin" / "counter-app"
    played.write_text(PLAYED)
    played.chmod(0o755)
    return tmp_path


def _run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = ["sh", str(checkout / "installer" / "run.sh"), *arguments]
    return subprocess.run(
        command, cwd="/", env={**bare, **environment}, capture_output=True, text=True, check=False
    )


def test_without_a_screen_it_says_so_and_plays_the_day(checkout: Path) -> None:
    done = _run(checkout)
    assert done.returncode == 0
    assert "no display" in done.stdout
    assert "counter-app rehearse docs/rehearsals/ordinary_day.toml --out out/" in done.stdout
    assert "out/papers/one.pdf" in done.stdout


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_screen_the_demo_hall_opens(checkout: Path, variable: str) -> None:
    done = _run(checkout, "--data", "hall", **{variable: ":9"})
    assert done.stdout.splitlines() == ["set up", "counter-app demo --data hall"]


def test_headless_is_headless_on_a_screen_too(checkout: Path) -> None:
    done = _run(checkout, "--headless", DISPLAY=":9")
    assert "counter-app rehearse" in done.stdout
    assert "no display" not in done.stdout


def test_a_day_without_any_paper_is_red(checkout: Path) -> None:
    done = _run(checkout, "--headless", NO_PAPER="1")
    assert done.returncode == 1
    assert "no paper came out" in done.stderr


def test_the_day_that_is_played_exists() -> None:
    line = next(x for x in (ROOT / "installer" / "run.sh").read_text().splitlines() if x.startswith("day="))
    assert (ROOT / line.removeprefix("day=")).is_file()
