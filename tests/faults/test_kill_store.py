"""Kill -9 anywhere: nothing that was promised is lost, nothing is there twice, nothing is half."""

from __future__ import annotations

import random
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from counter_app.problems import Problem
from counter_app.storage import audit
from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, MORNING, Desk, accept, turn_a_bit
from tests.faults.killing import many_visits, one_visit, said, start

Size = Callable[[str], int]
CONSISTENT = {
    "facts without outbox": "SELECT count(*) FROM facts WHERE entry NOT IN (SELECT entry FROM outbox)",
    "outbox without facts": "SELECT count(*) FROM outbox WHERE entry NOT IN (SELECT entry FROM facts)",
    "facts without audit": "SELECT count(*) FROM facts WHERE entry NOT IN (SELECT entry FROM audit)",
    "cases without paper": "SELECT count(*) FROM cases WHERE number NOT IN (SELECT case_number FROM papers)",
    "papers without case": "SELECT count(*) FROM papers WHERE case_number NOT IN (SELECT number FROM cases)",
    "papers without job": "SELECT count(*) FROM papers"
    " WHERE paper_id NOT IN (SELECT paper_id FROM print_jobs)",
    "cases without facts": "SELECT count(*) FROM cases WHERE 4 <> (SELECT count(*) FROM facts f"
    " WHERE f.case_id = cases.case_id)",
    "numbers not counted": "SELECT count(*) FROM cases WHERE number NOT IN (SELECT number FROM papers)",
}


def check(store: CounterStore, accepted: list[str], left: list[str]) -> None:
    """Everything a killed store promises."""
    there = [case.number for case in store.cases(limit=100_000)]
    assert max(Counter(there).values(), default=0) <= 1
    assert set(accepted) <= set(there)
    assert len(there) <= len(accepted) + 1, "more than the one act that was under way"
    printed = {paper.number for paper in store.papers() if paper.printed}
    assert set(left) <= printed
    check_nothing_is_half(store)
    # A draft is dropped by the very commit that makes its case.
    assert not (store.drafts() and len(there) > len(accepted))


def check_nothing_is_half(store: CounterStore) -> None:
    """Business rows, outbox, audit and print jobs belong to each other; every page is sound."""
    with store.database.read() as connection:
        for name, asked in CONSISTENT.items():
            assert connection.execute(text(asked)).scalar_one() == 0, name
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert connection.execute(text("PRAGMA cipher_integrity_check")).all() == []


def reopen_and_check(desk: Desk, accepted: list[str], left: list[str]) -> None:
    store = desk.open()
    try:
        check(store, accepted, left)
        whole, _, bad = audit.verify(store)
        assert (whole, bad) == (True, None)
        assert store.journal.high == store.state.unit_no
        number = accept(store).number
        assert number not in accepted
        assert audit.verify(store)[0]
    finally:
        store.close()


def look_from_beside(desk: Desk, accepted: list[str]) -> None:
    """A reading command works on what the kill left, before any desk has been opened again."""
    try:
        reader = desk.open(read_only=True)
    except Problem as problem:
        # Killed while the store was being made: there is nothing to read yet.
        assert problem.code in ("store-missing", "store-older", "store-key")  # noqa: PT017
        assert accepted == []
        return
    assert set(accepted) <= {case.number for case in reader.cases(limit=100_000)}
    reader.close()


@pytest.mark.parametrize("is_fresh", [True, False], ids=["from nothing", "on a working store"])
def test_killed_at_every_single_call(tmp_path: Path, size: Size, is_fresh: bool) -> None:
    base = tmp_path / "base"
    before: list[str] = []
    if not is_fresh:
        store = Desk(base).open()
        before = [accept(store).number for _ in range(3)]
        store.close()
    killed, at, stride = 0, 1, size("kill_stride")
    while True:
        folder, acknowledged = tmp_path / f"at{at}", tmp_path / f"said{at}"
        if not is_fresh:
            shutil.copytree(base, folder)
        child = start(one_visit, folder, acknowledged, at)
        child.join()
        accepted, left = said(acknowledged, "accepted"), said(acknowledged, "left")
        if (folder / "store.db").exists():
            look_from_beside(Desk(folder), before + accepted)
        reopen_and_check(Desk(folder), before + accepted, left)
        shutil.rmtree(folder)
        if child.exitcode == 0:
            assert len(accepted) == len(left) == 1
            break
        assert child.exitcode == -signal.SIGKILL, f"at call {at}: the child failed by itself"
        killed, at = killed + 1, at + stride
    assert killed * stride > 60, "the visit touches more than this"


def test_killed_at_random_while_working(tmp_path: Path, size: Size) -> None:
    folder, acknowledged = tmp_path / "data", tmp_path / "said"
    accepted: list[str] = []
    for n in range(size("store_kills")):
        enough = len(accepted) + 1 + n % 7
        child = start(many_visits, folder, acknowledged)
        while len(said(acknowledged, "accepted")) < enough:
            assert child.exitcode is None
        child.kill()
        child.join()
        accepted = said(acknowledged, "accepted")
        store = Desk(folder).open()
        there = [case.number for case in store.cases(limit=100_000)]
        assert len(there) == len(set(there))
        assert set(accepted) <= set(there)
        assert len(there) <= len(accepted) + n + 1, "at most one act under way at each kill"
        assert store.journal.high == store.state.unit_no
        check_nothing_is_half(store)
        store.close()
    store = Desk(folder).open()
    assert audit.verify(store) == (True, 4 * len(store.cases(limit=100_000)), None)
    store.close()


def cases_without_journal(desk: Desk) -> int:
    """What the database alone still knows; a reader looks at nothing else."""
    try:
        reader = desk.open(read_only=True)
    except Problem as problem:
        assert problem.code in ("store-older", "store-missing")  # noqa: PT017
        return 0
    cases = len(reader.cases())
    reader.close()
    return cases


def test_one_bit_turned_over_anywhere_in_the_wal(
    tmp_path: Path, size: Size, expect_log: Callable[[str], None]
) -> None:
    expect_log("put back")
    desk = Desk(tmp_path / "data")
    store = desk.open()
    made = [accept(store).number for _ in range(6)]
    (paper,) = store.papers(made[0])
    store.paper_left(paper.paper_id, "ab" * 32, MORNING, CLERK, reprint=False)
    dice, lost = random.Random(20261123), 0
    for n in range(size("wal_flips")):
        image = Desk(tmp_path / f"image{n}" / "data")
        shutil.copytree(desk.folder, image.folder, dirs_exist_ok=True)
        assert turn_a_bit(image.folder / "store.db-wal", dice.random(), dice.randrange(8))
        lost += len(made) - cases_without_journal(image)
        reopen_and_check(image, made, [])
        shutil.rmtree(image.folder)
    assert lost > 0, "no flip cost SQLite anything: this test proves nothing"
    store.close()
