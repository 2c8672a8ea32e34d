"""The power goes at any write of the real SQLCipher store, its journal and its pages.

A child does a day's work while a shim writes down every change it makes to its files. The log is cut
anywhere; what would then be on the disk is put together and opened. Whatever was promised before the cut is
there: by database and journal together, by the database alone, and by the journal alone.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from counter_app.problems import Problem
from counter_app.storage import audit
from counter_app.storage.checking import look_over
from counter_app.storage.store import CounterStore
from tests.fakes.counter import Desk, accept
from tests.faults.recorded import Platter, Record, build, record
from tests.faults.recorded_day import SAID
from tests.faults.test_kill_store import CONSISTENT

Size = Callable[[str], int]
WITNESSES = ("both", "database", "journal")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory, size: Size) -> list[Record]:
    folder = tmp_path_factory.mktemp("recorded")
    return record(build(folder), folder, "tests.faults.recorded_day", str(size("recorded_acts")))


class Promised:
    """What the child had said before a moment."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.left: set[str] = set()

    def hear(self, one: Record) -> None:
        if one.path != SAID or one.op != "w":
            return
        word, number, *page = one.data.decode("ascii").split()
        if word == "left":
            self.left.add(number)
        else:
            self.pages[number] = page[0]


def look(folder: Path, promised: Promised, witness: str) -> None:
    """Open what a cut left, with one witness taken away, and hold it to what was promised."""
    desk = Desk(folder)
    if witness == "database":
        shutil.rmtree(folder / "journal", ignore_errors=True)
    elif witness == "journal" and promised.pages:
        for file in folder.glob("store.db*"):
            file.unlink()
    store = desk.open()
    try:
        check(store, promised)
        assert accept(store).number not in promised.pages
        assert audit.verify(store)[0]
    finally:
        store.close()


def check(store: CounterStore, promised: Promised) -> None:
    there = {case.number for case in store.cases(limit=10_000)}
    assert set(promised.pages) <= there
    assert len(there) <= len(promised.pages) + 1, "more than the one act that was under way"
    assert promised.left <= {paper.number for paper in store.papers() if paper.printed}
    for page in promised.pages.values():
        assert store.pages.read(page).startswith(b"page ")
    with store.database.read() as connection:
        for name, asked in CONSISTENT.items():
            assert connection.execute(text(asked)).scalar_one() == 0, name
    assert list(look_over(store)) == []


def cut_at(records: list[Record], moments: list[int], tmp_path: Path, dice: random.Random) -> dict[str, int]:
    """Cut at each moment (how many records were written), look, and count by witness."""
    platter, promised, looked = Platter(), Promised(), dict.fromkeys(WITNESSES, 0)
    for written, one in enumerate(records, 1):
        platter.take(one)
        promised.hear(one)
        while moments and moments[0] == written:
            moments.pop(0)
            image = tmp_path / f"cut{len(moments)}"
            image.mkdir()
            platter.cut(image, dice)
            witness = WITNESSES[len(moments) % len(WITNESSES)]
            look(image / "data", promised, witness)
            looked[witness] += 1
            shutil.rmtree(image)
    return looked


def test_nothing_promised_is_lost_wherever_the_power_goes(
    records: list[Record], tmp_path: Path, size: Size, expect_log: Callable[[str], None]
) -> None:
    expect_log("put back")
    expect_log("written down")
    dice = random.Random(f"recorded-{size('recorded_cuts')}")
    first = next(nth for nth, one in enumerate(records) if one.path.startswith("data/store.db"))
    moments = sorted(dice.choices(range(first + 1, len(records) + 1), k=size("recorded_cuts")))
    looked = cut_at(records, moments, tmp_path, dice)
    assert sum(looked.values()) == size("recorded_cuts")
    assert min(looked.values()) > 0


def test_a_cut_before_the_first_promise_harms_nobody(
    records: list[Record], tmp_path: Path, size: Size
) -> None:
    """While the folder is being made: it opens, or says calmly why not."""
    dice = random.Random(7)
    made = next(nth for nth, one in enumerate(records) if one.path.endswith(".owj"))
    for nth in sorted(dice.sample(range(1, made), size("recorded_first_cuts"))):
        platter = Platter()
        for one in records[:nth]:
            platter.take(one)
        image = tmp_path / f"cut{nth}"
        image.mkdir()
        platter.cut(image, dice)
        try:
            store = Desk(image / "data").open()
        except Problem as problem:
            pytest.fail(f"after {nth} records: {problem.code}")
        assert store.cases() == []
        store.close()


def test_the_recorder_sees_what_must_be_durable(records: list[Record]) -> None:
    """Each act syncs the WAL, the journal, the page and the page's folder, and only then is it promised."""
    promised = [nth for nth, one in enumerate(records) if one.path == SAID and b"accepted" in one.data]
    for before, nth in zip([0, *promised], promised, strict=False):
        synced = [one.path for one in records[before:nth] if one.op == "s"]
        assert "data/store.db-wal" in synced
        assert any(path.endswith(".owj") for path in synced)
        page = records[nth].data.decode().split()[2]
        assert {f"data/blobs/{page[:2]}", f"data/blobs/{page[:2]}/{page}.new"} <= set(synced)
