"""The long run: long sizes, lowest and newest Qt, mutants, benchmarks; writes docs/long-run.md.

Started by `sh installer/test.sh --long` with the checkout's own Python. Every step runs even when an
earlier one is red; the exit code says whether all were green. It takes hours on a small machine, so
a step can be run alone (`--long --step mutants`): its row is renewed and names its own commit, and
what the others said stays in docs/long-run.json.
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
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOWEST = ROOT / ".venv-lowest"
REPORT = ROOT / "docs" / "long-run.md"
RECORD = ROOT / "docs" / "long-run.json"  # what each step last said
PYTEST = ("-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")  # as test.sh does


@dataclass(frozen=True)
class Step:
    """What one step said: its last telling line, and whether it was green."""

    name: str
    green: bool
    seconds: float
    said: str
    commit: str = ""
    at: str = ""


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


def benchmarks() -> Step:
    """All figures; the document they printed goes into the record."""
    print("\n== benchmarks", flush=True)
    start = time.monotonic()
    command = [sys.executable, "-m", "benchmarks", "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    document = json.loads(done.stdout) if done.stdout.strip() else None
    figures = document["figures"] if document else []
    said = f"{sum(f['ok'] for f in figures)} of {len(figures)} figures keep their limits"
    remember({"document": document})
    return Step("benchmarks", done.returncode == 0, time.monotonic() - start, said)


def newest(arguments: Sequence[str]) -> Step:
    """Every test at its long size, on the Qt of the checkout."""
    qt = version("PySide6-Essentials")
    return run(f"long sizes, newest Qt {qt}", sys.executable, *PYTEST, "--long", *arguments)


def lowest(arguments: Sequence[str]) -> Step:
    """Every test at its short size, on the lowest Qt that is allowed."""
    return run(f"lowest Qt {lowest_qt()}", str(make_lowest()), *PYTEST, *arguments)


def mutants() -> Step:
    """The program broken on purpose, one patch at a time."""
    return run("mutants", "sh", "installer/mutants.sh")


# --- what was said --------------------------------------------------------------------------------


def recorded() -> dict[str, Any]:
    """The record: `steps` by their key, and the `document` of the benchmarks."""
    found: dict[str, Any] = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    return {"steps": {}, "document": None, **found}


def remember(news: dict[str, Any]) -> None:
    """Lay something new over the record."""
    text = json.dumps({**recorded(), **news}, ensure_ascii=False, indent=1, sort_keys=True)
    RECORD.write_text(text + "\n", "utf-8")


def head() -> str:
    """The commit that is checked out."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True).stdout.strip()


def note(key: str, step: Step, commit: str) -> None:
    """Keep what a step said, with the commit it began at, and write the report anew."""
    now = datetime.now(UTC).isoformat(timespec="minutes")
    told = replace(step, seconds=round(step.seconds), commit=commit, at=now)
    remember({"steps": {**recorded()["steps"], key: asdict(told)}})
    REPORT.write_text(report(), "utf-8")


def report() -> str:
    """The text of docs/long-run.md."""
    record = recorded()
    lines = [
        "# The last long run",
        "",
        "Written by `sh installer/test.sh --long`; a step that was run alone names its own commit.",
        "",
        "| step | result | minutes | said | commit | ended (UTC) |",
        "|---|---|---|---|---|---|",
    ]
    for key in STEPS:
        if key in record["steps"]:
            s = Step(**record["steps"][key])
            mark, minutes = "green" if s.green else "RED", f"{s.seconds / 60:.1f}"
            lines.append(f"| {s.name} | {mark} | {minutes} | {s.said} | {s.commit} | {s.at[:16]} |")
        else:
            lines.append(f"| {key} | not run | | | | |")
    lines += ["", "## Sizes", "", "| size | short | long |", "|---|---|---|"]
    sizes = tomllib.loads((ROOT / "tests" / "sizes.toml").read_text("utf-8"))
    lines += [f"| {name} | {value['short']} | {value['long']} |" for name, value in sizes.items()]
    if record["document"] is not None:
        lines += _figures(record["document"])
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


STEPS: dict[str, Callable[[Sequence[str]], Step]] = {
    "newest": newest,
    "lowest": lowest,
    "mutants": lambda _: mutants(),
    "benchmarks": lambda _: benchmarks(),
}


def main(arguments: Sequence[str]) -> int:
    """Run every step, or the one after `--step`, and write the report; what is left goes to pytest."""
    chosen, rest = list(STEPS), list(arguments)
    if rest[:1] == ["--step"]:
        if len(rest) < 2 or rest[1] not in STEPS:
            print(f"--step takes one of {', '.join(STEPS)}", file=sys.stderr)
            return 2
        chosen, rest = [rest[1]], rest[2:]
    green = 0
    for key in chosen:
        commit = head()
        step = STEPS[key](rest)
        note(key, step, commit)
        green += step.green
    print(f"\n{green} of {len(chosen)} steps green; see {REPORT.relative_to(ROOT)}")
    return 0 if green == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
