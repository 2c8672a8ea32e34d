"""Runs floor and ours in turn, so that a noisy minute hits both."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, quantile

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def child_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a child process needs to find this checkout before any installed one.

    It keeps its bytecode, as an installed program does; the first round, which is not counted, writes it.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), **(more or {})}


def run_script(
    script: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> dict[str, list[float]]:
    """Run one file of benchmarks/ in a fresh interpreter; its last line is `{metric: [samples]}`.

    The child finds in T0_NS the CLOCK_MONOTONIC time just before it was started.
    """
    command = [sys.executable, str(HERE / script), *arguments]
    given = {**child_environment(environment), "T0_NS": str(time.monotonic_ns())}
    done = subprocess.run(command, env=given, stdout=subprocess.PIPE, text=True, timeout=600, cwd=ROOT)
    if done.returncode != 0:
        raise RuntimeError(f"{script} ended with {done.returncode}")
    answer: dict[str, list[float]] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def measure(figure: Figure, rounds: int) -> dict[str, Any]:
    """Take all samples of one figure and judge them."""
    samples: dict[str, list[float]] = {}
    sides = [("ours", figure.ours)] + ([("floor", figure.floor)] if figure.floor else [])
    with tempfile.TemporaryDirectory(prefix="ow-bench-") as folder, figure.prepare(Path(folder)) as place:
        for _, run in sides:  # once for the caches; not counted
            run(place)
        for nth in range(rounds):
            for side, run in sides if nth % 2 else reversed(sides):
                for metric, values in run(place).items():
                    samples.setdefault(f"{side}.{metric}", []).extend(values)
    return _report(figure, samples)


def _report(figure: Figure, samples: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    checks = [
        {
            "label": check.label,
            "value": round(check.value(samples), 4),
            "limit": check.limit,
            "side": "at most" if check.at_most else "at least",
            "ok": check.holds(samples),
        }
        for check in figure.checks
    ]
    summary = {
        row: {
            "unit": figure.units[row.split(".")[1]],
            "count": len(values),
            "median": round(statistics.median(values), 4),
            "p95": round(quantile(values, 0.95), 4),
            "p99": round(quantile(values, 0.99), 4),
            "max": round(max(values), 4),
        }
        for row, values in samples.items()
    }
    return {
        "name": figure.name,
        "title": figure.title,
        "ok": all(c["ok"] for c in checks),
        "checks": checks,
        "summary": summary,
        "samples": {row: [round(v, 4) for v in values] for row, values in samples.items()},
    }


def machine() -> dict[str, Any]:
    """What it was measured on."""
    from importlib.metadata import version

    import sqlcipher3

    models = [line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = next((int(line.split()[1]) // 1024 for line in _lines("/proc/meminfo")), 0)
    where = subprocess.run(["stat", "-f", "-c", "%T", tempfile.gettempdir()], capture_output=True, text=True)
    return {
        "cpu": models[0] if models else "",
        "cores": os.cpu_count(),
        "memory_mib": memory,
        "load": os.getloadavg()[0],
        "system": platform.platform(),
        "debian": "".join(_lines("/etc/debian_version")).strip(),
        "filesystem": where.stdout.strip(),
        "python": platform.python_version(),
        "pyside6": version("PySide6-Essentials"),
        "sqlite": sqlcipher3.sqlite_version,
        "reportlab": version("reportlab"),
        "platform": os.environ.get("QT_QPA_PLATFORM", "xcb"),
    }


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text("utf-8").splitlines() if path.exists() else []
