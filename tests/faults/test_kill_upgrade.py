"""Kill -9 in the middle of an upgrade: the old schema or the new one, and every unsent record as it was."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

from counter_app.database import sqlcipher, steps
from counter_app.storage import audit, upgrades
from counter_app.storage.checking import look_over
from tests.fakes.counter import Desk, accept
from tests.faults.killing import start
from tests.storage.test_upgrades import COUNTERS, unpacked

NEWEST = len(steps.steps_of(upgrades))


def upgrade(folder: Path, _: Path) -> None:
    """Open, which upgrades, and close."""
    Desk(folder).open().close()


def schema(desk: Desk) -> tuple[int, set[str]]:
    """The number of the schema and its tables, asked of the file alone."""
    keys = desk.keyring.load()
    assert keys is not None
    link = sqlcipher.connect(desk.folder / "store.db", keys.database)
    number = link.execute("PRAGMA user_version").fetchone()[0]
    tables = {name for (name,) in link.execute("SELECT sql FROM sqlite_master") if name}
    link.close()
    return number, tables


def test_killed_at_any_call_of_an_upgrade(tmp_path: Path, size: Callable[[str], int]) -> None:
    base = unpacked(COUNTERS[0], tmp_path / "base")
    plain = unpacked(COUNTERS[0], tmp_path / "plain")
    steps_of_way = {schema(base)[0]: schema(base)[1]}
    plain.open().close()
    steps_of_way[NEWEST] = schema(plain)[1]
    killed, at, seen = 0, 1, set()
    while True:
        desk = Desk(tmp_path / f"at{at}")
        shutil.copytree(base.folder, desk.folder, dirs_exist_ok=True)
        child = start(upgrade, desk.folder, tmp_path / "said", at)
        child.join()
        number, tables = schema(desk)
        seen.add(number)
        assert steps_of_way.setdefault(number, tables) == tables, "neither the old schema nor a new one"
        store = desk.open()
        assert audit.verify(store) == (True, 12, None)
        assert store.outbox().waiting == 7
        assert list(look_over(store)) == []
        accept(store)
        store.close()
        shutil.rmtree(desk.folder)
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        killed, at = killed + 1, at + size("upgrade_stride")
    assert killed * size("upgrade_stride") > 60, "an upgrade touches more than this"
    assert {min(steps_of_way), NEWEST} <= seen


def test_many_unsent_records_are_the_same_bytes_afterwards(
    tmp_path: Path, size: Callable[[str], int]
) -> None:
    desk = unpacked(COUNTERS[0], tmp_path / "data")
    keys = desk.keyring.load()
    assert keys is not None
    link = sqlcipher.connect(desk.folder / "store.db", keys.database)
    link.execute("BEGIN")
    for entry in range(13, 13 + size("unsent")):
        link.execute(
            "INSERT INTO facts SELECT ?, unit_no, epoch, ?, event_id || ?, kind, case_id, business_date,"
            " wall_ms, hash, envelope FROM facts WHERE entry = 12",
            (entry, entry, entry),
        )
        link.execute("INSERT INTO outbox VALUES (?, 1, 0, 'waiting', '')", (entry,))
    link.execute("COMMIT")
    asked = (
        "SELECT f.envelope FROM facts f JOIN outbox o USING (entry) WHERE o.state = 'waiting' ORDER BY entry"
    )
    before = link.execute(asked).fetchall()
    link.close()
    assert len(before) == 7 + size("unsent")
    desk.open().close()
    link = sqlcipher.connect(desk.folder / "store.db", keys.database)
    assert link.execute(asked).fetchall() == before
    assert link.execute("PRAGMA user_version").fetchone()[0] == NEWEST
    link.close()
