from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.problems import Problem
from counter_app.seals.keyring import DemoKeyring
from counter_app.storage import audit, backup, restore
from counter_app.storage.backup import Backup
from counter_app.storage.checking import look_over
from counter_app.storage.restore import Restored
from counter_app.storage.store import RESTORING, CounterStore
from tests.fakes.counter import Desk, accept

Opened = Callable[..., CounterStore]


@pytest.fixture
def made(desk: Desk, opened: Opened, tmp_path: Path) -> Backup:
    """A backup of three acts, after which a fourth was done; everything acknowledged, the desk closed."""
    store = opened()
    for _ in range(3):
        accept(store)
    told = backup.make(desk.folder, store.state, store.secrets, tmp_path / "b", desk.clock.now())
    accept(store)
    acknowledge(store)
    store.close()
    desk.clock.step(days=7)
    return told


def acknowledge(store: CounterStore) -> None:
    verdicts = [{"event_id": one["event_id"], "verdict": "accepted"} for one in store.waiting(1000)]
    store.settle(verdicts)


def put_back(made: Backup, desk: Desk, **how: bool) -> Restored:
    return restore.restore(made.folder, desk.folder, DemoKeyring, desk.clock, **how)


def numbers(store: CounterStore) -> list[str]:
    return [case.number for case in store.cases()]


def test_into_an_empty_folder(made: Backup, desk: Desk, tmp_path: Path) -> None:
    fresh = Desk(tmp_path / "fresh", desk.clock)
    done = put_back(made, fresh)
    assert (done.entries, done.replaced) == (13, None)
    store = fresh.open()
    assert audit.verify(store) == (True, 13, None)
    assert list(look_over(store)) == []
    (told,) = [one for one in store.facts(after=12)]
    assert (told["kind"], told["seq"], told["epoch"]) == ("store.restored", 1, done.epoch)
    assert told["body"]["entries"] == 12
    assert store.outbox().waiting == 13, "what the hub has got already it will call a duplicate"
    store.close()
    assert not (fresh.folder / RESTORING).exists()


def test_no_number_and_no_place_is_given_twice(made: Backup, desk: Desk, tmp_path: Path) -> None:
    """The backup is restored on two machines; the old one had gone on as well."""
    desks = [desk]
    for name in ("first", "second"):
        desks.append(Desk(tmp_path / name, desk.clock))
        put_back(made, desks[-1])
        desk.clock.step(seconds=1)
    given, places, codes = [], [], set()
    for one in desks:
        store = one.open()
        given += [accept(store, desk.clock.now()).number for _ in range(3)]
        places += [(fact["epoch"], fact["seq"]) for fact in store.facts(after=13) if fact["seq"] > 1]
        codes.add(store.state.epoch)
        store.close()
    assert len(set(given)) == len(given) == 9
    assert len(codes) == 3
    assert len(set(places)) == len(places)


def test_over_acknowledged_acts_the_old_store_is_kept_aside(made: Backup, desk: Desk) -> None:
    (desk.folder / "notes.txt").write_text("the hall's own")
    done = put_back(made, desk, set_aside=True)
    assert done.replaced is not None
    assert {"store.db", "journal", "demo.key"} <= {f.name for f in done.replaced.iterdir()}
    assert (desk.folder / "notes.txt").exists()
    store = desk.open()
    assert len(numbers(store)) == 3
    assert list(look_over(store)) == []
    store.close()


def test_never_over_what_the_hub_has_not_got(made: Backup, desk: Desk) -> None:
    store = desk.open()
    accept(store)
    store.close()
    for way in (False, True):
        with pytest.raises(Problem) as caught:
            put_back(made, desk, set_aside=way)
        assert (caught.value.code, caught.value.detail) == ("restore-unsent", "4")
    store = desk.open()
    assert len(numbers(store)) == 5
    store.close()


def test_what_only_the_journal_still_knows_counts_as_unsent(
    made: Backup, desk: Desk, expect_log: Callable[[str], None]
) -> None:
    expect_log("put back")
    store = desk.open()
    accept(store)
    store.close()
    (desk.folder / "store.db").unlink()
    with pytest.raises(Problem) as caught:
        put_back(made, desk)
    assert caught.value.code == "restore-unsent"


def test_not_while_a_desk_has_it_open(made: Backup, desk: Desk) -> None:
    store = desk.open()
    with pytest.raises(Problem) as caught:
        put_back(made, desk, set_aside=True)
    assert caught.value.code == "store-locked"
    store.close()


def test_over_a_store_nobody_can_open_only_when_told(made: Backup, desk: Desk) -> None:
    (desk.folder / "store.db").write_bytes(b"x" * 8192)
    with pytest.raises(Problem) as caught:
        put_back(made, desk)
    assert caught.value.code == "restore-unreadable"
    assert (desk.folder / "store.db").read_bytes() == b"x" * 8192
    done = put_back(made, desk, set_aside=True)
    assert done.replaced is not None
    assert (done.replaced / "store.db").read_bytes() == b"x" * 8192


@pytest.mark.parametrize("name", ["journal", backup.SIGNATURE])
def test_a_backup_that_was_touched_is_refused(made: Backup, desk: Desk, name: str, tmp_path: Path) -> None:
    file = made.folder / name
    file = next(file.iterdir()) if file.is_dir() else file
    data = bytearray(file.read_bytes())
    data[-100] ^= 2
    file.write_bytes(data)
    fresh = Desk(tmp_path / "fresh", desk.clock)
    with pytest.raises(Problem) as caught:
        put_back(made, fresh)
    assert caught.value.code == "backup-broken"
    assert not (fresh.folder / "store.db").exists()


def test_interrupted_anywhere_it_is_ended_by_running_it_again(
    made: Backup, desk: Desk, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    real, left = Path.replace, 0
    moved = 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal left, moved
        if restore.DRAFT in str(self) or restore.REPLACED in str(target):
            moved += 1
            left -= 1
            if left == 0:
                raise OSError("power cut")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    for at in (1, 3, 5, 7, 8):
        left, moved = at, 0
        try:
            put_back(made, desk)
        except Problem as problem:
            assert problem.code == "restore-unfinished"  # noqa: PT017
            with pytest.raises(Problem) as caught:
                desk.open()
            assert caught.value.code == "restore-unfinished"
            left = 0
            put_back(made, desk)
        store = desk.open()
        assert list(look_over(store)) == []
        assert len(numbers(store)) == 3
        acknowledge(store)
        store.close()
        desk.clock.step(minutes=1)
    assert moved >= 6, "a swap moves more than this"


def test_a_store_lost_after_a_restore_is_rebuilt_over_both_epochs(
    made: Backup, desk: Desk, expect_log: Callable[[str], None]
) -> None:
    expect_log("put back")
    put_back(made, desk)
    store = desk.open()
    number = accept(store, desk.clock.now()).number
    epoch = store.state.epoch
    store.close()
    for file in desk.files("store.db*"):
        file.unlink()
    store = desk.open()
    assert audit.verify(store) == (True, 17, None)
    assert number in numbers(store)
    assert store.state.epoch == epoch
    store.close()
    (old,) = desk.files("journal/*-0001-*.owj")
    old.unlink()
    for file in desk.files("store.db*"):
        file.unlink()
    with pytest.raises(Problem) as caught:
        desk.open()
    assert caught.value.code == "journal-broken"


def test_a_wrong_manifest_name_cannot_leave_the_folder(made: Backup) -> None:
    manifest = made.folder / backup.MANIFEST
    told = json.loads(manifest.read_text())
    told["files"][0]["name"] = "../outside"
    manifest.write_text(json.dumps(told))
    with pytest.raises(Problem) as caught:
        backup.read(made.folder)
    assert caught.value.code == "backup-broken"
