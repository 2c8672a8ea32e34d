from __future__ import annotations

import pytest

from counter_app.database.sqlcipher import check_library
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
