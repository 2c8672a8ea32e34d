"""What an installation consists of: our four top-level names are ours alone, no Qt miscounts None."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("counter_app", "drivers", "resources", "ui")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", ROOMS)
def test_no_stranger_answers_to_our_names(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).parent == ROOT / name
    owners = set(importlib.metadata.packages_distributions().get(name, []))
    assert owners <= {PROJECT["project"]["name"]}


def test_only_the_four_rooms_are_packaged() -> None:
    include = PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    folders = [f.name for f in ROOT.iterdir() if f.is_dir() and not f.name.startswith(".")]
    packaged = {f for f in folders for pattern in include if Path(f).match(pattern)}
    assert packaged == set(ROOMS)


def test_the_package_can_never_be_uploaded() -> None:
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]


def _allowed(python: str, version: str) -> bool:
    """Whether the desk extra lets this PySide6 in on this Python."""
    lines = [Requirement(r) for r in PROJECT["project"]["optional-dependencies"]["desk"]]
    ours = [r for r in lines if r.name == "PySide6-Essentials"]
    markers = [r for r in ours if r.marker is None or r.marker.evaluate({"python_version": python})]
    assert len(markers) == 1, f"Python {python} must have exactly one line"
    return markers[0].specifier.contains(version)


@pytest.mark.parametrize(
    ("python", "version", "allowed"),
    [
        ("3.11", "6.7.2", False),
        ("3.11", "6.7.3", True),
        ("3.11", "6.9.3", True),
        ("3.11", "6.10.0", False),
        ("3.11", "6.11.3", False),
        ("3.11", "6.12.0", False),
        ("3.12", "6.11.3", True),
        ("3.12", "6.12.0", True),
        ("3.13", "6.7.3", False),
        ("3.13", "6.8.0.1", False),
        ("3.13", "6.8.0.2", True),
        ("3.13", "6.12.0", True),
    ],
)
def test_which_qt_is_let_in(python: str, version: str, allowed: bool) -> None:
    assert _allowed(python, version) is allowed


COUNT_NONES = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
def again(nth):
    label.setText("a" if nth % 2 else "b")
def anew(nth):
    shown = QLabel(str(nth))
    shown.show()
    shown.close()
    app.processEvents()
for nth in range(20):
    again(nth), anew(nth)
before = sys.getrefcount(None)
for nth in range(int(sys.argv[2])):
    locals()[sys.argv[1]](nth)
print(sys.getrefcount(None) - before)
"""


@pytest.mark.parametrize("what", ["again", "anew"])
def test_qt_gives_back_what_it_takes_of_none(what: str, size: Callable[[str], int]) -> None:
    """Where None is counted (Python 3.11), no Qt may miscount it.

    PySide6 6.12.0 loses one per void call and kills the desk after some 5,200 of them; 6.10 and 6.11 keep
    one for each kind of call that a widget gets for the first time, 17 for a label that is shown.
    """
    command = [sys.executable, "-c", COUNT_NONES, what, str(size("none_references"))]
    more = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert abs(int(more)) <= 50
