"""A hub's server has no Qt: these commands must start where PySide6 cannot even be imported."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WITHOUT = """
import sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked!r}:
            raise ImportError("blocked: " + name)

sys.meta_path.insert(0, Wall())
from counter_app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
QT = {"PySide6", "shiboken6"}
DESK = {*QT, "reportlab", "smartcard", "serial", "qrcode", "drivers.cards"}


def _run(blocked: set[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT.format(blocked=sorted(blocked)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["hub", "--help"], ["policy", "--help"], ["catalog", "--help"], ["rehearse", "--help"]],
    ids=" ".join,
)
def test_it_starts_without_qt(arguments: list[str]) -> None:
    done = _run(DESK, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage: counter-app" in done.stdout


def test_the_catalogue_lists_without_qt() -> None:
    done = _run(DESK, "catalog", "list", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert {row["id"] for row in json.loads(done.stdout)} >= {"YD01", "MT02", "BX02", "CB06", "GZ02", "CB01"}


def test_the_wall_would_be_noticed() -> None:
    """The probe itself: what does need Qt fails behind the wall."""
    probe = WITHOUT.replace("from counter_app.__main__ import main", "import PySide6.QtCore")
    done = subprocess.run(
        [sys.executable, "-c", probe.format(blocked=sorted(QT))], capture_output=True, text=True, check=False
    )
    assert "blocked: PySide6" in done.stderr


def test_finding_the_verbs_imports_nothing_heavy() -> None:
    """A desk paints before it opens its store; what every verb imports, every start pays for."""
    heavy = {
        "PySide6",
        "sqlalchemy",
        "sqlcipher3",
        "reportlab",
        "msgspec",
        "cryptography",
        "starlette",
        "pypinyin",
    }
    probe = (
        "import sys; from counter_app.commands.registry import commands; commands();"
        f"print(*sorted(set(sys.modules) & {heavy!r}))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")
