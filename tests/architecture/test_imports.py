"""Who may import whom: the contracts of pyproject hold, and each one would notice a breach."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("counter_app", "ui", "drivers", "resources")

# One line per contract, put where it must not be.
BREACHES = {
    "Arrows point downwards": ("counter_app/domain/breach.py", "import counter_app.services"),
    "Drivers know nothing of the counter or of the screen": ("drivers/breach.py", "import counter_app"),
    "Only bootstrap and commands see real devices": ("ui/views/breach.py", "import drivers.cards"),
    "The screen talks to services, never past them": ("ui/views/breach2.py", "import counter_app.storage"),
    "Services speak to ports": ("counter_app/services/breach.py", "import sqlalchemy"),
    "The hub needs no desk": ("counter_app/hub/breach.py", "import counter_app.services"),
    "No Qt below the screen": ("counter_app/policy/breach.py", "import PySide6.QtCore"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )


def _copy(to: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", to)
    for room in ROOMS:
        shutil.copytree(ROOT / room, to / room, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    return to


def test_every_contract_is_kept() -> None:
    result = _lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_every_contract_notices_its_breach(tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    for file, line in BREACHES.values():
        (copy / file).write_text(f'"""Breach."""\n{line}\n')
    said = _lint(copy).stdout
    kept = [name for name in BREACHES if f"{name} BROKEN" not in said]
    assert kept == [], said


def test_no_contract_is_left_out_above() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert {contract["name"] for contract in contracts} == set(BREACHES)
