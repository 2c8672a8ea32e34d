from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.database import copying, sqlcipher
from counter_app.problems import Problem
from counter_app.storage import backup
from counter_app.storage.backup import Backup
from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, Desk, a_case, accept

CANARY = "欧阳试"


def make(desk: Desk, store: CounterStore, root: Path) -> Backup:
    desk.clock.step(seconds=1)
    return backup.make(desk.folder, store.state, store.secrets, root, desk.clock.now())


@pytest.fixture
def made(desk: Desk, store: CounterStore, tmp_path: Path) -> Backup:
    """One backup of a store with two acts and a page."""
    accept(store)
    page = store.add_page(b"page")
    with store.unit(CLERK, desk.clock.now()) as unit:
        case = a_case(unit.next_number(desk.clock.now().date()))
        materials = (replace(case.materials[0], pages=(page,)),)
        unit.save_case(replace(case, materials=materials))
    return make(desk, store, tmp_path / "backups")


def test_it_holds_everything_beside_a_working_desk(
    desk: Desk, store: CounterStore, made: Backup, tmp_path: Path
) -> None:
    kinds = {Path(name).parts[0] for name in made.files}
    assert kinds == {"store.db", "journal", "blobs", "demo.key"}
    assert backup.damage(made, store.secrets) == []
    number = accept(store).number  # the desk goes on
    copy = Desk(tmp_path / "copy", desk.clock)
    for name in made.files:
        target = copy.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((made.folder / name).read_bytes())
    opened = copy.open()
    assert opened.state.unit_no == made.unit_no
    assert number not in [case.number for case in opened.cases()]
    opened.close()


def test_nothing_in_it_is_in_clear(made: Backup) -> None:
    for name in made.files:
        data = (made.folder / name).read_bytes()
        for coding in ("utf-8", "gb18030", "utf-16-le"):
            assert CANARY.encode(coding) not in data, name
    assert all((made.folder / name).stat().st_mode & 0o077 == 0 for name in made.files)


@pytest.mark.parametrize("kind", ["changed", "size", "missing", "extra", "signature"])
def test_what_was_done_to_it_is_named(made: Backup, store: CounterStore, kind: str) -> None:
    file = made.folder / "store.db"
    data = bytearray(file.read_bytes())
    if kind == "changed":
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    elif kind == "size":
        file.write_bytes(data[:-1])
    elif kind == "missing":
        file.unlink()
    elif kind == "extra":
        (made.folder / "more").write_bytes(b"")
    else:
        manifest = made.folder / backup.MANIFEST
        manifest.write_bytes(manifest.read_bytes().replace(b'"entries":', b'"entries": '))
    (found,) = backup.damage(backup.read(made.folder), store.secrets)
    assert found.code == kind


def test_of_the_same_second_there_is_one(desk: Desk, store: CounterStore, tmp_path: Path) -> None:
    first = make(desk, store, tmp_path / "b")
    with pytest.raises(Problem) as caught:
        backup.make(desk.folder, store.state, store.secrets, tmp_path / "b", desk.clock.now())
    assert caught.value.code == "backup-there"
    assert backup.newest(tmp_path / "b") == first.folder


def test_pages_that_did_not_change_are_kept_once(desk: Desk, store: CounterStore, tmp_path: Path) -> None:
    page = store.add_page(b"x" * 1000)
    first = make(desk, store, tmp_path / "b")
    second = make(desk, store, tmp_path / "b")
    name = f"blobs/{page[:2]}/{page}"
    assert (first.folder / name).samefile(second.folder / name)
    assert not (first.folder / "store.db").samefile(second.folder / "store.db")
    (first.folder / name).write_bytes(b"changed")  # both, for it is one file: then it is written anew
    third = make(desk, store, tmp_path / "b")
    assert backup.damage(third, store.secrets) == []


def test_the_oldest_go_and_half_ones_are_none(desk: Desk, store: CounterStore, tmp_path: Path) -> None:
    root = tmp_path / "b"
    made = [make(desk, store, root).folder.name for _ in range(4)]
    (root / "20990101-000000").mkdir()  # no manifest: none
    assert backup.thin_out(root, 2) == made[:2]
    assert sorted(folder.name for folder in backup.backups(root)) == made[2:]
    assert backup.thin_out(root, 0) == []


def test_no_room_leaves_no_half_backup(desk: Desk, store: CounterStore, tmp_path: Path) -> None:
    accept(store)
    (tmp_path / "b").write_text("a file where the folder should be")
    with pytest.raises(Problem) as caught:
        make(desk, store, tmp_path / "b")
    assert caught.value.code == "backup-failed"
    (tmp_path / "b").unlink()
    (desk.folder / "journal" / "x.owj").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Problem) as caught:
        make(desk, store, tmp_path / "b")
    assert caught.value.code == "backup-failed"
    assert list((tmp_path / "b").iterdir()) == []


def test_a_copy_is_one_moment_and_every_row(desk: Desk, store: CounterStore, tmp_path: Path) -> None:
    accept(store)
    key = store.secrets.keys.database
    first = copying.copy(desk.folder / "store.db", key, tmp_path / "a.db")
    assert copying.copy(desk.folder / "store.db", key, tmp_path / "b.db") == first
    accept(store)
    assert copying.copy(desk.folder / "store.db", key, tmp_path / "b.db") != first
    assert sorted(file.name for file in tmp_path.glob("?.db*")) == ["a.db", "b.db"]
    assert copying.trouble(tmp_path / "a.db", key) == []


def test_trouble_names_a_changed_page_and_a_wrong_key(
    desk: Desk, store: CounterStore, tmp_path: Path, opened: Callable[..., CounterStore]
) -> None:
    accept(store)
    key = store.secrets.keys.database
    file = tmp_path / "a.db"
    copying.copy(desk.folder / "store.db", key, file)
    data = bytearray(file.read_bytes())
    data[4096 * 9 + 100] ^= 1
    file.write_bytes(data)
    assert any("10" in text for text in copying.trouble(file, key))
    assert copying.trouble(file, bytes(32)) != []
    link = sqlcipher.connect(desk.folder / "store.db", key)
    link.execute("PRAGMA foreign_keys = OFF")
    link.execute("INSERT INTO print_jobs VALUES ('nobody', 1, '', '', 0, 0, '', 0)")
    link.close()
    assert copying.trouble(desk.folder / "store.db", key) == ["print_jobs -> papers"]
