"""The worked examples of docs/where-to-add.md work: each is carried out in a copy of the program.

In the document a comment before a block says where it goes, and one after it says what must then be seen:
    <!-- new: FILE -->  ·  <!-- into: FILE after: TEXT -->  ·  <!-- shows: PYTHON ARGUMENTS => TEXT -->
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "where-to-add.md"
ROOMS = ("counter_app", "ui", "drivers", "resources", "docs", "tests", "benchmarks")
PART = re.compile(
    r"<!-- (?P<verb>new|into): (?P<file>\S+?)(?: after: (?P<after>.*?))? -->\n```\w*\n(?P<body>.*?)```"
    r"|<!-- shows: (?P<command>.*?) => (?P<text>.*?) -->",
    re.DOTALL,
)


@dataclass(frozen=True)
class Example:
    """One section: its changes and what they must lead to, in the document's order."""

    title: str
    parts: tuple[re.Match[str], ...]


def _examples() -> list[Example]:
    sections = re.split(r"^## ", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [Example(s.splitlines()[0].strip(), tuple(PART.finditer(s))) for s in sections]


EXAMPLES = _examples() if DOCUMENT.exists() else []


def _copy(to: Path) -> None:
    for room in ROOMS:
        skip = shutil.ignore_patterns("__pycache__", "_screens", "_failures", "golden")
        shutil.copytree(ROOT / room, to / room, ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", to)


def _change(folder: Path, part: re.Match[str]) -> None:
    file = folder / part["file"]
    if part["verb"] == "new":
        assert not file.exists(), f"{part['file']} is there already"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(part["body"], "utf-8")
        return
    text = file.read_text("utf-8")
    lines = [n for n, line in enumerate(text.splitlines()) if part["after"] in line]
    assert len(lines) == 1, f"{part['after']!r} stands {len(lines)} times in {part['file']}"
    above, below = text.splitlines()[: lines[0] + 1], text.splitlines()[lines[0] + 1 :]
    file.write_text("\n".join([*above, part["body"].rstrip("\n"), *below]) + "\n", "utf-8")


def _run(folder: Path, command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *shlex.split(command)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.title)
def test_an_example_works(example: Example, tmp_path: Path) -> None:
    _copy(tmp_path)
    shown = [part for part in example.parts if part["command"]]
    assert shown, "the section proves nothing"
    for part in shown:
        assert part["text"] not in _run(tmp_path, part["command"]), "seen already before the change"
    for part in example.parts:
        if part["verb"]:
            _change(tmp_path, part)
    for part in shown:
        said = _run(tmp_path, part["command"])
        assert part["text"] in said, said


def test_every_kind_of_thing_has_its_example() -> None:
    titles = {example.title for example in EXAMPLES}
    kinds = {"transaction type", "regional value", "sum", "device", "paper", "page", "refusal", "setting"}
    kinds |= {"command", "schema change", "flow", "benchmark", "report"}
    assert {kind for kind in kinds if not any(kind in title for title in titles)} == set()
