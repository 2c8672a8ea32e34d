"""kill -9 between any two statements: ask again with the same ids, and the day is the same day."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from counter_app.database import open_database
from counter_app.hub import tables, upgrades
from counter_app.hub.local import FILE_NAME
from tests.hub.killed_day import KEY

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, tick: int, first: int = 0) -> tuple[int, list[Any]]:
    """Exit code and the replies that were told; starts with question number `first`."""
    folder.mkdir(exist_ok=True)
    child = subprocess.run(
        [sys.executable, "-m", "tests.hub.killed_day", str(folder), str(tick), str(first)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert child.stderr == ""
    return child.returncode, [json.loads(line) for line in child.stdout.splitlines()]


def store(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Everything in the store, without the one number that may have holes."""
    database = open_database(folder / FILE_NAME, KEY, upgrades, read_only=True)
    with database.read() as connection:
        integrity = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        found = {
            name: [
                {key: value for key, value in row.items() if key != "fact_no"}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for name, table in tables.metadata.tables.items()
        }
    database.close()
    assert integrity == "ok"
    return found


def test_a_kill_at_any_statement_changes_nothing(tmp_path: Path, size: Callable[[str], int]) -> None:
    code, told = run(tmp_path / "whole", 0)
    assert code == 0
    *replies, (_, ticks) = told
    whole = store(tmp_path / "whole")
    assert [row["state"] for row in whole["tickets"]].count("done") == 1
    kills = size("hub_kills")
    assert kills <= ticks, "the day is too short to be killed so often, each time elsewhere"
    for nth in range(kills):
        # Spread over the day, and never the same ones for two sizes.
        tick = 1 + nth * ticks // kills + (nth * 7919) % max(1, ticks // kills)
        folder = tmp_path / f"killed-{tick}"
        code, before = run(folder, tick)
        assert code == -signal.SIGKILL
        code, after = run(folder, 0, len(before))
        assert code == 0
        assert [*before, *after[:-1]] == replies, tick  # what was not told is told when asked again
        assert store(folder) == whole, tick
