"""Looking a whole data folder over: each thing that is wrong is a refusal with its advice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from counter_app.database import copying
from counter_app.problems import Problem
from counter_app.storage import audit
from counter_app.storage.counter import CounterStore

# Business rows, outbox, audit and print jobs are written by one commit: each says what it would mean if not.
BOOKS = {
    "事实与待传记录数不等": "SELECT count(*) FROM facts WHERE entry NOT IN (SELECT entry FROM outbox)",
    "待传记录没有事实": "SELECT count(*) FROM outbox WHERE entry NOT IN (SELECT entry FROM facts)",
    "事实没有审计记录": "SELECT count(*) FROM facts WHERE entry NOT IN (SELECT entry FROM audit)",
    "单据没有打印记录": "SELECT count(*) FROM papers WHERE paper_id NOT IN (SELECT paper_id FROM print_jobs)",
    "单据没有对应业务": "SELECT count(*) FROM papers WHERE case_id <> '' AND kind = 'SLTZ'"
    " AND case_id NOT IN (SELECT case_id FROM cases)",
}
_UNIT = re.compile(r"journal/(.+)")


def look_over(store: CounterStore) -> Iterator[Problem]:
    """Every finding of an opened store, worst first: file, chains, journal, books, pages. Reads only.

    The databases of the folder are read page by page: 5 s for 285 MiB, so it is for the night or a doubt.
    """
    yield from _files(store)
    yield from _chain(store)
    yield from _books(store)
    yield from _pages(store)


def _files(store: CounterStore) -> Iterator[Problem]:
    for file in sorted(store.folder.glob("*.db")):
        for text in copying.trouble(file, store.secrets.keys.database):
            yield Problem("check-database", file.name, text)


def _chain(store: CounterStore) -> Iterator[Problem]:
    _, _, bad = audit.verify(store)
    if bad is None:
        return
    unit = _UNIT.fullmatch(bad)
    yield Problem("check-journal", "journal", unit[1]) if unit else Problem("check-chain", "facts", bad)


def _books(store: CounterStore) -> Iterator[Problem]:
    with store.database.read() as connection:
        for words, asked in BOOKS.items():
            count = connection.exec_driver_sql(asked).scalar_one()
            if count:
                yield Problem("check-books", "store.db", f"{words}（{count}）")


def _pages(store: CounterStore) -> Iterator[Problem]:
    with store.database.read() as connection:
        named = [ref for (ref,) in connection.exec_driver_sql("SELECT ref FROM blobs ORDER BY ref")]
    for ref in named:
        try:
            store.pages.read(ref)
        except Problem as problem:
            code = "check-page-lost" if problem.code == "not-found" else "check-page-changed"
            yield Problem(code, str(Path("blobs", ref[:2], ref)), ref)
