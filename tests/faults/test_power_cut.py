"""The power goes at any moment: FULL keeps every acknowledged commit; NORMAL must be seen not to.

kill -9 cannot tell the two apart (the page cache survives it), so the very statements of the store
are run on a disk of ours that forgets what was not synced.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from counter_app.database import sqlcipher
from tests.fakes.counter import Desk, accept
from tests.faults.power import CutVFS, Disk
from tests.faults.test_kill_store import CONSISTENT

ACTS = 16
Statement = tuple[str, Any, bool]


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Every statement the store sends to its database, COMMIT included."""
    script: list[Statement] = []

    def note(_: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if not statement.lstrip().startswith(("SELECT", "PRAGMA foreign_key_check")):
            script.append((statement, parameters, many))

    def commit(_: Connection) -> None:
        script.append(("COMMIT", (), False))

    listeners = (("before_cursor_execute", note), ("commit", commit))
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    yield script
    for name, listener in listeners:
        event.remove(Engine, name, listener)


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> list[Statement]:
    """The statements of making a store and accepting, as the product sends them."""
    desk = Desk(tmp_path_factory.mktemp("recorded") / "data")
    with recorded() as statements:
        store = desk.open()
        for _ in range(ACTS):
            accept(store)
        store.close()
    return [one for one in statements if one[0] != "BEGIN"]  # a reader's


class Run:
    """The script on a cuttable disk; `accepted` counts acts whose COMMIT has returned."""

    def __init__(self, folder: Path, synchronous: str) -> None:
        self.disk = Disk()
        self.vfs = CutVFS(self.disk, f"cut-{folder.name}")
        self.db = apsw.Connection(str(folder / "store.db"), vfs=self.vfs.vfs_name)
        self.accepted = 0
        for pragma in (*sqlcipher.WRITER_PRAGMAS, *sqlcipher.PRAGMAS):
            self.db.execute(pragma.replace("synchronous = FULL", f"synchronous = {synchronous}")).fetchall()

    def play(self, script: list[Statement]) -> None:
        has_case = False
        for statement, parameters, many in script:
            if many:
                self.db.cursor().executemany(statement, parameters).fetchall()
            else:
                self.db.execute(statement, parameters or None).fetchall()
            has_case |= "INTO cases" in statement
            if statement == "COMMIT":
                self.accepted, has_case = self.accepted + has_case, False


def survivors(folder: Path) -> int:
    """How many whole acts SQLite finds after the cut; anything half is a failure."""
    link = apsw.Connection(str(folder / "store.db"))

    def answer(asked: str) -> Any:
        return link.execute(asked).get

    try:
        assert answer("PRAGMA integrity_check") == "ok"
        if answer("SELECT count(*) FROM sqlite_master WHERE name = 'drafts'") == 0:
            return 0
        for name, asked in CONSISTENT.items():
            assert answer(asked) == 0, name
        return int(answer("SELECT count(*) FROM cases"))
    finally:
        link.close()


def lost_by_cuts(script: list[Statement], tmp_path: Path, synchronous: str, cuts: int) -> int:
    """In how many of `cuts` power cuts an acknowledged act was gone."""
    (tmp_path / "measure").mkdir()
    measure = Run(tmp_path / "measure", synchronous)
    measure.play(script)
    dice = random.Random(f"{synchronous}-{cuts}")
    moments = sorted(dice.choices(range(1, measure.disk.operations), k=cuts))
    (tmp_path / "cut").mkdir()
    run, lost = Run(tmp_path / "cut", synchronous), 0

    def at_every_operation() -> None:
        nonlocal lost
        while moments and moments[0] <= run.disk.operations:
            moments.pop(0)
            image = tmp_path / f"image{len(moments)}"
            image.mkdir()
            run.disk.cut(image, dice)
            there = survivors(image)
            assert there <= run.accepted + 1
            lost += there < run.accepted

    run.disk.watch = at_every_operation
    run.play(script)
    assert not moments
    assert run.accepted == ACTS
    print(f"{synchronous}: {lost} of {cuts} cuts lost acknowledged acts")
    return lost


def test_full_loses_no_acknowledged_commit(
    script: list[Statement], tmp_path: Path, size: Callable[[str], int]
) -> None:
    assert "PRAGMA synchronous = FULL" in sqlcipher.WRITER_PRAGMAS
    assert lost_by_cuts(script, tmp_path, "FULL", size("power_cuts")) == 0


def test_normal_would_lose_some_so_this_test_can_fail(
    script: list[Statement], tmp_path: Path, size: Callable[[str], int]
) -> None:
    assert lost_by_cuts(script, tmp_path, "NORMAL", size("power_cuts")) > 0
