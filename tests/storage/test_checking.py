from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.database import sqlcipher
from counter_app.storage.checking import look_over
from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, MORNING, Desk, accept
from tests.storage.test_journal import journal_file, rewrite, spoil


def codes(store: CounterStore) -> list[str]:
    return [problem.code for problem in look_over(store)]


def spoil_rows(desk: Desk, store: CounterStore, *statements: str) -> None:
    link = sqlcipher.connect(desk.folder / "store.db", store.secrets.keys.database)
    link.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        link.execute(statement)
    link.close()


def test_a_sound_folder_has_no_findings(desk: Desk, store: CounterStore) -> None:
    accept(store)
    assert codes(store) == []


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (("DROP TRIGGER facts_no_update", "UPDATE facts SET kind = 'x' WHERE entry = 2"), "check-chain"),
        (("DELETE FROM outbox WHERE entry = 2",), "check-books"),
        (("DELETE FROM print_jobs",), "check-books"),
        (("DELETE FROM materials", "DELETE FROM cases"), "check-books"),
        (("INSERT INTO materials SELECT 'no', nth, code, name, state, form, copies, pages, due_on,"
          " original_returned FROM materials",), "check-database"),
    ],
)  # fmt: skip
def test_each_kind_of_wrong_is_found(
    desk: Desk, store: CounterStore, statements: tuple[str, ...], expected: str
) -> None:
    accept(store)
    spoil_rows(desk, store, *statements)
    assert expected in codes(store)
    assert all(problem.advice and problem.cause for problem in look_over(store))


def test_a_journal_line_gone_bad(desk: Desk, store: CounterStore) -> None:
    accept(store)
    accept(store)
    rewrite(journal_file(desk), lambda lines: [lines[0], spoil(lines[1]), *lines[2:]])
    assert codes(store) == ["check-journal"]


def test_pages_lost_and_changed(desk: Desk, store: CounterStore) -> None:
    case = accept(store)
    lost, changed = store.add_page(b"one"), store.add_page(b"two")
    with store.unit(CLERK, MORNING) as unit:
        unit.keep_page(lost, case.case_id)
        unit.keep_page(changed, case.case_id)
    Path(desk.folder, "blobs", lost[:2], lost).unlink()
    file = Path(desk.folder, "blobs", changed[:2], changed)
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    found = {problem.code: problem.detail for problem in look_over(store)}
    assert found == {"check-page-lost": lost, "check-page-changed": changed}
