"""The long run: long sizes, lowest and newest Qt, mutants, benchmarks; writes docs/long-run.md.

Started by `sh installer/test.sh --long` with the checkout's own Python. Every step runs even when an
earlier one is red; the exit code says whether all were green.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import tomllib
import venv
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOWEST = ROOT / ".venv-lowest"
REPORT = ROOT / "docs" / "long-run.md"


@dataclass(frozen=True)
class Step:
    """What one step said: its last telling line, and whether it was green."""

    name: str
    green: bool
    seconds: float
    said: str


def lowest_qt() -> str:
    """The lowest PySide6 the desk extra allows on this Python."""
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for line in map(Requirement, extra["desk"]):
        if line.name == "PySide6-Essentials" and (line.marker is None or line.marker.evaluate()):
            return next(one.version for one in line.specifier if one.operator == ">=")
    raise LookupError("no PySide6-Essentials line for this Python")


def make_lowest() -> Path:
    """A second environment, like the first but with the lowest Qt; returns its python."""
    python = LOWEST / "bin" / "python"
    if not python.exists():
        venv.create(LOWEST, with_pip=True)
    qt = lowest_qt()
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "-e", ".[desk,hub,dev]", f"PySide6-Essentials=={qt}"], cwd=ROOT, check=True)
    return python


def run(name: str, *command: str) -> Step:
    """Run one step, showing its output as it comes."""
    print(f"\n== {name}: {' '.join(command)}", flush=True)
    start = time.monotonic()
    bin_folder = str(Path(command[0]).parent) if command[0].endswith("python") else ""
    environment = {
        **os.environ,
        "PATH": f"{bin_folder}:{os.environ['PATH']}" if bin_folder else os.environ["PATH"],
    }
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    lines = []
    assert child.stdout is not None
    for line in child.stdout:
        print(line, end="", flush=True)
        lines.append(line.strip())
    code = child.wait()
    telling = [line for line in lines if re.search(r"\d+ (passed|failed|killed|error)", line)]
    return Step(
        name, code == 0, time.monotonic() - start, telling[-1].strip("= ") if telling else f"exit {code}"
    )


def benchmarks() -> tuple[Step, dict[str, Any] | None]:
    """All figures; the document they printed."""
    print("\n== benchmarks", flush=True)
    start = time.monotonic()
    command = [sys.executable, "-m", "benchmarks", "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    document = json.loads(done.stdout) if done.stdout.strip() else None
    figures = document["figures"] if document else []
    said = f"{sum(f['ok'] for f in figures)} of {len(figures)} figures keep their limits"
    return Step("benchmarks", done.returncode == 0, time.monotonic() - start, said), document


def report(steps: list[Step], document: dict[str, Any] | None) -> str:
    """The text of docs/long-run.md."""
    now = datetime.now(UTC).isoformat(timespec="minutes")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    lines = [
        "# The last long run",
        "",
        f"`sh installer/test.sh --long` on {now}, commit {commit.stdout.strip()}.",
        "",
        "| step | result | minutes | said |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {s.name} | {'green' if s.green else 'RED'} | {s.seconds / 60:.1f} | {s.said} |" for s in steps
    ]
    lines += ["", "## Sizes", "", "| size | short | long |", "|---|---|---|"]
    sizes = tomllib.loads((ROOT / "tests" / "sizes.toml").read_text("utf-8"))
    lines += [f"| {name} | {value['short']} | {value['long']} |" for name, value in sizes.items()]
    if document is not None:
        lines += _figures(document)
    return "\n".join(lines) + "\n"


def _figures(document: dict[str, Any]) -> list[str]:
    lines = ["", "## Figures", "", "| figure | limit | value | |", "|---|---|---|---|"]
    for figure in document["figures"]:
        for check in figure["checks"]:
            mark = "kept" if check["ok"] else "MISSED"
            limit = f"{check['side']} {check['limit']}"
            lines.append(f"| {figure['name']}: {check['label']} | {limit} | {check['value']} | {mark} |")
    lines += ["", "| samples | unit | n | median | p95 | p99 | max |", "|---|---|---|---|---|---|---|"]
    for figure in document["figures"]:
        for row, s in figure["summary"].items():
            numbers = f"{s['count']} | {s['median']} | {s['p95']} | {s['p99']} | {s['max']}"
            lines.append(f"| {figure['name']} {row} | {s['unit']} | {numbers} |")
    lines += ["", "## Machine", ""]
    lines += [f"- {name}: {value}" for name, value in document["machine"].items()]
    return lines


def main(arguments: list[str]) -> int:
    """Run every step and write the report."""
    steps = [
        run(
            f"newest Qt {version('PySide6-Essentials')}", sys.executable, "-m", "pytest", "--long", *arguments
        ),
        run(f"lowest Qt {lowest_qt()}", str(make_lowest()), "-m", "pytest", *arguments),
        run("mutants", "sh", "installer/mutants.sh"),
    ]
    step, document = benchmarks()
    steps.append(step)
    REPORT.write_text(report(steps, document), "utf-8")
    print(f"\n{sum(s.green for s in steps)} of {len(steps)} steps green; see {REPORT.relative_to(ROOT)}")
    return 0 if all(s.green for s in steps) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
