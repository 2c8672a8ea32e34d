"""Another program holds the store's file, as a virus scanner does: refused calmly, then whole again."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.database import sqlcipher
from counter_app.problems import Problem
from counter_app.storage.checking import look_over
from tests.fakes.counter import Desk, accept


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_held_file_costs_the_act_and_nothing_else(tmp_path: Path, lock: str) -> None:
    desk = Desk(tmp_path / "data")
    store = desk.open()
    kept = accept(store).number
    with store.database.write() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    stranger = sqlcipher.connect(desk.folder / "store.db", store.secrets.keys.database)
    stranger.execute(f"BEGIN {lock}")
    with pytest.raises(Problem) as caught:
        accept(store)
    assert (caught.value.code, caught.value.retry) == ("store-write", True)
    assert [case.number for case in store.cases()] == [kept], "reading goes on"
    stranger.execute("ROLLBACK")
    stranger.close()
    after = accept(store).number
    assert int(after.split("-")[3]) == int(kept.split("-")[3]) + 1, "no number was lost"
    assert list(look_over(store)) == []
    store.close()
