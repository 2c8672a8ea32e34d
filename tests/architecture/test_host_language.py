"""Protocols, the driver host and vendor drivers run on whatever Python a vendor library forces on a hall.

Standard library only, and nothing newer than Python 3.9: that is what their host may be run with.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers import registry

ROOT = Path(__file__).resolve().parents[2]
FIRST = ("drivers.host.child", "drivers.host.process", "drivers.host.hosted", "drivers.protocols")


def _file(module: str) -> Path | None:
    path = ROOT / module.replace(".", "/")
    plain = path.with_suffix(".py")
    return plain if plain.exists() else path / "__init__.py" if path.is_dir() else None


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module != "__future__":
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _reached() -> dict[Path, set[str]]:
    """Every file of ours a host may load, with the foreign packages it names."""
    hosted = [row.driver for row in registry.walk() if row.driver is not None and row.driver.hosted]
    # A camera, say, is hosted too, but by this program's own Python: it says what it requires.
    vendors = [driver.full_id for driver in hosted if not driver.requires and not driver.home]
    waiting = [*FIRST, *("drivers." + full_id for full_id in vendors)]
    reached: dict[Path, set[str]] = {}
    while waiting:
        module = waiting.pop()
        file = _file(module)
        if file is None or file in reached:
            continue
        names = set(_imported(ast.parse(file.read_text("utf-8"))))
        waiting += [name for name in names if name.startswith("drivers")]
        reached[file] = {name.split(".")[0] for name in names} - {"drivers"}
    return reached


def test_what_a_host_loads_is_ours_or_the_standard_librarys() -> None:
    reached = _reached()
    assert len(reached) > len(FIRST) + 5  # the walk found the vendor drivers
    foreign = {
        str(file.relative_to(ROOT)): names - sys.stdlib_module_names
        for file, names in reached.items()
        if names - sys.stdlib_module_names
    }
    assert foreign == {}


def _newer_than_39(*files: Path) -> str:
    command = [
        sys.executable,
        "-c",
        "from vermin import main; main()",
        "-t=3.9-",
        "--no-tips",
        "--violations",
    ]
    done = subprocess.run([*command, "--processes=1", *map(str, files)], capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_what_a_host_loads_is_python_39() -> None:
    assert _newer_than_39(*_reached()) == ""


@pytest.mark.parametrize(
    "line",
    [
        "match 1:\n    case 1: pass",
        "import tomllib",
        "zip((), (), strict=True)",
        "from dataclasses import dataclass\n@dataclass(slots=True)\nclass A: ...",
    ],
)
def test_something_newer_is_noticed(tmp_path: Path, line: str) -> None:
    file = tmp_path / "newer.py"
    file.write_text(line + "\n")
    assert "newer.py" in _newer_than_39(file)
