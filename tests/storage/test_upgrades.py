"""Stores of every earlier schema open with today's program, whole, with a copy kept from before."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from counter_app.database import open_database, steps
from counter_app.database.copying import BACKUPS
from counter_app.hub import upgrades as hub_upgrades
from counter_app.hub.local import FILE_NAME, LocalHub
from counter_app.problems import Problem
from counter_app.storage import audit, upgrades
from counter_app.storage.checking import look_over
from tests.fakes.counter import MORNING, Desk, accept
from tests.hub.envelopes import reviewed

KEPT = sorted((Path(__file__).parents[1] / "golden" / "stores").glob("*.zip"))
COUNTERS = [file for file in KEPT if "counter-" in file.name]
HUBS = [file for file in KEPT if "hub-" in file.name]


def number_in(file: Path, word: str) -> int:
    found = re.search(rf"{word}-(\d+)", file.name)
    assert found is not None
    return int(found[1])


def unpacked(file: Path, folder: Path) -> Desk:
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    return Desk(folder)


def test_no_schema_is_left_out() -> None:
    for word, files, package in (("counter", COUNTERS, upgrades), ("hub", HUBS, hub_upgrades)):
        kept = {number_in(file, word) for file in files}
        assert kept == set(range(1, max(kept) + 1))
        assert max(kept) <= len(steps.steps_of(package)), "a step that was shipped is gone"


@pytest.mark.parametrize("file", COUNTERS, ids=lambda f: f.name.split(".")[0])
def test_an_old_counter_store_opens_and_goes_on(file: Path, tmp_path: Path) -> None:
    desk = unpacked(file, tmp_path / "data")
    before = number_in(file, "counter")
    newest = len(steps.steps_of(upgrades))
    if before < newest:
        with pytest.raises(Problem) as caught:
            desk.open(read_only=True)
        assert caught.value.code == "store-older"
    store = desk.open()
    assert audit.verify(store) == (True, 12, None)
    assert (store.outbox().waiting, store.outbox().acknowledged) == (7, 5)
    assert [draft[0] for draft in store.drafts()] == ["d1"]
    assert len({case.number for case in store.cases()}) == 3
    assert all(store.search_people(typed) for typed in ("欧阳试", "欧", "阳试", "oys"))
    accept(store, MORNING)
    assert list(look_over(store)) == []
    store.close()
    copies = sorted((desk.folder / BACKUPS).glob("before-upgrade-store-*/store.db"))
    assert [copy.parent.name for copy in copies] == (
        [f"before-upgrade-store-{before}-{newest}"] if before < newest else []
    )
    for copy in copies:  # the old program would find in it what it left
        older = open_database(copy, store.secrets.keys.database, upgrades)
        with older.read() as connection:
            assert connection.execute(text("SELECT count(*) FROM facts")).scalar_one() == 12
        older.close()


@pytest.mark.parametrize("file", HUBS, ids=lambda f: f.name.split(".")[0])
def test_an_old_hub_store_opens_and_goes_on(file: Path, tmp_path: Path) -> None:
    desk = unpacked(file, tmp_path / "data")
    keys = desk.keyring.load()
    assert keys is not None
    hub = LocalHub(desk.folder, keys.database, "001", desk.clock)
    assert sorted(ticket.number for ticket in hub.tickets(MORNING.date())) == ["A001", "A002"]
    assert hub.take("r1", person="p1").number == "A001"
    hub.close()
    upgraded = number_in(file, "hub") < len(steps.steps_of(hub_upgrades))
    copy = next((desk.folder / BACKUPS).glob(f"before-upgrade-hub-*/{FILE_NAME}"), None)
    assert (copy is not None) == upgraded


@pytest.mark.parametrize(
    "file", [file for file in HUBS if number_in(file, "hub") >= 10], ids=lambda f: f.name.split(".")[0]
)
def test_the_cases_of_an_old_hub_store_are_on_their_desks_and_known(file: Path, tmp_path: Path) -> None:
    """Five cases lie on a desk; the same matter of one of their people is seen, as it was before."""
    desk = unpacked(file, tmp_path / "data")
    keys = desk.keyring.load()
    assert keys is not None
    hub = LocalHub(desk.folder, keys.database, "001", desk.clock)
    work = hub.work("待遇审核岗")
    assert sorted(one["number"] for one in work) == ["N1", "N2", "N3", "N4", "N5"]
    hub.push([reviewed(1, "N9", blind="b4", device="P2M")])
    found = [(one["code"], one["detail"]) for one in hub.exceptions()]
    assert [one for one in found if one[0] != "chain-fork"] == [("possible-duplicate", "N4")]
    told = [row["case_id"] for row in hub.feed().rows]
    hub.close()
    assert set(told) == {f"case-N{nth}" for nth in (1, 2, 3, 4, 5, 9)}


def test_no_room_for_a_copy_is_no_upgrade(tmp_path: Path) -> None:
    desk = unpacked(COUNTERS[0], tmp_path / "data")
    before = (desk.folder / "store.db").read_bytes()
    (desk.folder / BACKUPS).write_text("a file where the folder should be")
    with pytest.raises(Problem) as caught:
        desk.open()
    assert caught.value.code == "backup-failed"
    assert (desk.folder / "store.db").read_bytes() == before
    (desk.folder / BACKUPS).unlink()
    desk.open().close()
