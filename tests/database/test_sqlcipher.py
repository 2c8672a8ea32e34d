from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.database.sqlcipher import check_library, connect
from counter_app.problems import Problem


@pytest.mark.parametrize("number", [(3, 40, 1), (3, 51, 2), (3, 7, 0)])
def test_a_library_that_can_lose_commits_is_refused(number: tuple[int, ...]) -> None:
    with pytest.raises(Problem) as caught:
        check_library(number, "4.9.0 community")
    assert caught.value.code == "store-sqlite"
    assert ".".join(map(str, number)) in caught.value.cause


def test_a_library_without_encryption_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        check_library((3, 53, 4), "")
    assert caught.value.code == "store-sqlite"


def test_the_installed_library_is_good() -> None:
    sqlite, cipher = check_library()
    assert tuple(map(int, sqlite.split("."))) >= (3, 51, 3)
    assert cipher.startswith("4.")


def test_a_statement_is_put_together_once_however_many_went_before(tmp_path: Path) -> None:
    link, asked = connect(tmp_path / "store.db", bytes(32)), []

    def notes(*what: object) -> int:
        asked.append(what)
        return 0  # allowed

    link.set_authorizer(notes)  # is asked whenever a statement is put together
    for nth in range(300):  # as many as make the tables of a store
        link.execute(f"SELECT {nth}").fetchall()
    for again in range(3):
        if again:
            asked.clear()
        for column in ("name", "type"):
            link.execute(f"SELECT {column} FROM sqlite_master WHERE name = ?", ("x",)).fetchall()
    assert asked == []
    link.close()
