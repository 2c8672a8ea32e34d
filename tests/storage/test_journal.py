from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from counter_app.problems import Problem
from counter_app.storage import audit
from counter_app.storage.journal import Journal
from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, MORNING, Desk, a_person, accept, turn_a_bit

Opened = Callable[..., CounterStore]
Expect = Callable[[str], None]


def crash_image(desk: Desk, to: Path) -> Desk:
    """What kill -9 leaves: every byte written so far, no lock, nothing closed."""
    shutil.copytree(desk.folder, to)
    return Desk(to, desk.clock)


def numbers(store: CounterStore) -> list[str]:
    return [case.number for case in store.cases(limit=10_000)][::-1]


def journal_file(desk: Desk) -> Path:
    return desk.files("journal/*.owj")[-1]


def rewrite(file: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Change the lines of a journal file (the header is line 0)."""
    lines = file.read_bytes().rstrip(b"\0").split(b"\n")[:-1]
    file.write_bytes(b"".join(line + b"\n" for line in change(lines)))


def spoil(line: bytes) -> bytes:
    """The same line with one wrong character in its sealed part."""
    return line[:-9] + (b"A" if line[-9:-8] != b"A" else b"B") + line[-8:]


def test_every_unit_with_facts_is_witnessed_and_a_draft_is_not(store: CounterStore) -> None:
    accept(store)
    accept(store)
    with store.unit(CLERK, MORNING) as unit:
        unit.save_draft("d", "{}")
    lines = list(store.journal_lines())
    assert [(line.first, line.last) for line in lines] == [(1, 1), (2, 2), (3, 3)]
    assert store.state.unit_no == store.journal.high == 3
    kinds = [name for name, _ in lines[-1].changes]
    assert {"facts", "audit", "outbox", "cases", "materials", "papers", "print_jobs", "device_state"} <= set(
        kinds
    )


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.98])
def test_a_flipped_bit_in_the_wal_loses_nothing(
    desk: Desk, store: CounterStore, tmp_path: Path, expect_log: Expect, share: float
) -> None:
    made = [accept(store).number for _ in range(5)]
    image = crash_image(desk, tmp_path / "image")
    assert turn_a_bit(image.folder / "store.db-wal", share)
    expect_log("put back")
    after = image.open()
    assert numbers(after) == made
    assert audit.verify(after) == (True, 20, None)
    assert len(after.queued_papers()) == 5
    assert after.search_people("欧阳试")
    accept(after)
    after.close()
    again = image.open()
    assert audit.verify(again) == (True, 24, None)
    again.close()


def test_without_the_journal_that_bit_would_have_cost_commits(
    desk: Desk, store: CounterStore, tmp_path: Path
) -> None:
    for _ in range(5):
        accept(store)
    image = crash_image(desk, tmp_path / "image")
    shutil.rmtree(image.folder / "journal")
    assert turn_a_bit(image.folder / "store.db-wal", 0.6)
    reader = image.open(read_only=True)
    assert 0 < len(reader.cases()) < 5
    with reader.database.read() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    reader.close()


def test_a_lost_wal_is_put_back_from_the_journal(
    desk: Desk, store: CounterStore, tmp_path: Path, expect_log: Expect
) -> None:
    made = [accept(store).number for _ in range(4)]
    image = crash_image(desk, tmp_path / "image")
    (image.folder / "store.db-wal").unlink()
    expect_log("put back")
    after = image.open()
    assert numbers(after) == made
    assert audit.verify(after)[0]
    after.close()


def test_a_lost_database_is_rebuilt_from_the_journal(desk: Desk, opened: Opened, expect_log: Expect) -> None:
    store = opened()
    store.import_clerks([CLERK])
    made = [accept(store).number for _ in range(3)]
    device = store.state.device
    store.close()
    for file in desk.files("store.db*"):
        file.unlink()
    expect_log("put back")
    after = opened()
    assert (after.state.device, numbers(after)) == (device, made)
    assert [clerk.clerk_no for clerk in after.clerks()] == ["C01"]
    assert after.is_synthetic()
    assert audit.verify(after) == (True, 12, None)


def test_a_lost_journal_is_written_down_again(desk: Desk, opened: Opened, expect_log: Expect) -> None:
    store = opened()
    with store.unit(CLERK, MORNING) as unit:
        unit.save_person(a_person(4, "单小芳"))
    made = [accept(store).number for _ in range(3)]
    store.close()
    shutil.rmtree(desk.folder / "journal")
    expect_log("written down")
    opened().close()
    for file in desk.files("store.db*"):
        file.unlink()
    expect_log("put back")
    after = opened()
    assert numbers(after) == made
    assert [person.psn_name for person in after.search_people("dxf")] == ["单小芳"]
    assert audit.verify(after) == (True, 12, None)
    assert after.papers()[0].content == after.queued_papers()[0].content != ""
    assert len(after.cases()[0].materials) == 2


def test_a_journal_cut_at_any_byte_of_its_last_line(desk: Desk, opened: Opened, tmp_path: Path) -> None:
    store = opened()
    made = [accept(store).number for _ in range(2)]
    store.close()
    data = journal_file(desk).read_bytes()
    last = data[:-1].rfind(b"\n") + 1
    for n, cut in enumerate(
        [last, last + 1, last + 5, (last + len(data)) // 2, len(data) - 2, len(data) - 1]
    ):
        image = crash_image(desk, tmp_path / f"image{n}")
        journal_file(image).write_bytes(data[:cut] + bytes(300))
        after = image.open()
        assert numbers(after) == made
        assert audit.verify(after) == (True, 8, None)
        assert [line.last for line in after.journal_lines()] == [1, 2, 3]
        accept(after)
        after.close()
        assert [line.last for line in image.open(read_only=True).journal_lines()] == [1, 2, 3, 4]


def test_a_line_gone_bad_is_named_and_stops_nobody(desk: Desk, opened: Opened) -> None:
    store = opened()
    made = [accept(store).number for _ in range(3)]
    store.close()
    rewrite(journal_file(desk), lambda lines: [*lines[:2], spoil(lines[2]), *lines[3:]])
    after = opened()
    assert numbers(after) == made
    assert audit.verify(after) == (False, 12, "journal/2")
    accept(after)


def test_a_removed_line_is_named(desk: Desk, opened: Opened) -> None:
    store = opened()
    for _ in range(3):
        accept(store)
    store.close()
    rewrite(journal_file(desk), lambda lines: [*lines[:2], *lines[3:]])
    assert audit.verify(opened()) == (False, 12, "journal/2")


def test_several_bad_lines_at_the_end_are_written_down_again_and_kept_aside(
    desk: Desk, opened: Opened, expect_log: Expect
) -> None:
    store = opened()
    for _ in range(3):
        accept(store)
    store.close()
    rewrite(journal_file(desk), lambda lines: [*lines[:2], *map(spoil, lines[2:])])
    expect_log("written down")
    after = opened()
    assert audit.verify(after) == (True, 12, None)
    assert [(line.first, line.last) for line in after.journal_lines()] == [(1, 1), (2, 4)]
    assert len(desk.files("journal/*.bad")) == 1


def test_what_neither_has_whole_is_refused_not_guessed(
    desk: Desk, store: CounterStore, tmp_path: Path
) -> None:
    for _ in range(3):
        accept(store)
    image = crash_image(desk, tmp_path / "image")
    (image.folder / "store.db-wal").unlink()
    rewrite(journal_file(image), lambda lines: [*lines[:2], spoil(lines[2]), *lines[3:]])
    with pytest.raises(Problem) as caught:
        image.open()
    assert caught.value.code == "journal-broken"
    assert "2" in caught.value.cause


def test_another_devices_journal_is_not_ours(desk: Desk, opened: Opened, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other")
    theirs = other.open()
    accept(theirs)
    theirs.close()
    opened().close()
    shutil.copy(journal_file(other), desk.folder / "journal")
    store = opened()
    assert store.cases() == []
    assert audit.verify(store) == (True, 0, None)


def test_files_roll_over_and_are_read_in_order(
    desk: Desk, opened: Opened, monkeypatch: pytest.MonkeyPatch, expect_log: Expect
) -> None:
    monkeypatch.setattr("counter_app.storage.journal._FILE_LIMIT", 6000)
    store = opened()
    made = [accept(store).number for _ in range(8)]
    store.close()
    assert len(desk.files("journal/*.owj")) >= 3
    assert all(file.stat().st_size <= 6000 for file in desk.files("journal/*.owj"))
    store = opened()
    assert audit.verify(store) == (True, 32, None)
    assert [line.last for line in store.journal_lines()] == list(range(1, 10))
    assert [line.first for line in store.journal.lines(after=6)] == [7, 8, 9]
    store.close()
    for file in desk.files("store.db*"):
        file.unlink()
    expect_log("put back")
    assert numbers(opened()) == made


def test_a_full_disk_is_found_before_the_commit(store: CounterStore, monkeypatch: pytest.MonkeyPatch) -> None:
    accept(store)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        store.journal._room = store.journal._end
        with pytest.raises(Problem) as caught:
            accept(store)
    assert caught.value.code == "store-write"
    assert len(store.cases()) == 1
    accept(store)
    assert audit.verify(store) == (True, 8, None)


def test_a_failing_journal_stops_the_store_until_it_is_completed(
    desk: Desk, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened()
    accept(store)

    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(Problem) as caught:
            accept(store)
    assert caught.value.code == "journal-write"
    with pytest.raises(Problem) as caught:
        accept(store)
    assert caught.value.code == "journal-write"
    store.close()
    after = opened()
    assert len(after.cases()) == len(after.queued_papers()) == 2
    assert audit.verify(after) == (True, 8, None)
    accept(after)


def test_a_wrong_key_reads_nothing(desk: Desk, store: CounterStore) -> None:
    accept(store)
    side = store.journal
    with pytest.raises(Problem):
        list(Journal(side.folder, bytes(32), side.device, side.epoch).lines())
