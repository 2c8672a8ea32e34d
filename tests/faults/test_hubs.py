"""A hub put back from a backup, and two alive at once: processes on real files, and a device between them.

Whichever hub answers, only one that two people raised takes anything, and everything the device was told
to be uploaded is in it exactly once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.__main__ import main
from counter_app.database import open_database
from counter_app.hub import tables, upgrades
from counter_app.hub.opening import key_in
from counter_app.problems import Problem
from counter_app.storage.store import CounterStore
from counter_app.sync.drain import drain
from counter_app.sync.member import Member, join, member_of
from counter_app.sync.offering import offer_again
from tests.commands.test_hub import hub as hub_process
from tests.fakes.counter import Desk, accept


class Device:
    """An enrolled desk with a real store; it is pointed at one hub after another."""

    def __init__(self, folder: Path, told: dict[str, Any]) -> None:
        self.folder = folder / "desk"
        (code,) = told["codes"].values()
        manager = join(folder / "manager", told["url"], code, "经理").connect()
        invited = manager.invite("device", "1", "一号", "")
        manager.close()
        self.member: Member = join(self.folder, told["url"], invited, "一号")
        self.store: CounterStore = Desk(self.folder).open()

    def push(self, url: str) -> str:
        """Hand over what waits; "" or the code of the refusal."""
        hub = replace(self.member, url=url).connect(self.folder)
        try:
            hub.push(self.store.waiting(1))
            offer_again(hub, self.store.state.device, self.store.reopen)
            drain(self.store, hub, self.store.settle)
        except Problem as problem:
            return problem.code
        finally:
            hub.close()
        return ""

    def acknowledged(self) -> set[str]:
        """The ids the desk calls uploaded."""
        waiting = {str(one["event_id"]) for one in self.store.waiting(10_000)}
        return {str(one["event_id"]) for one in self.store.facts(after=0)} - waiting


def where(folder: Path) -> tuple[str, ...]:
    """The store of a hub, as its commands take it."""
    return "--database", str(folder / "hub.db"), "--key-file", str(folder / "hub.key")


def at_hub(folder: Path) -> list[str]:
    """The ids of all facts a hub that is not running has."""
    database = open_database(folder / "hub.db", key_in(folder / "hub.key"), upgrades, read_only=True)
    with database.read() as connection:
        ids = list(connection.execute(select(tables.envelopes.c.event_id)).scalars())
    database.close()
    return ids


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    """Five acts with the hub `old`, which goes on running; three of them are in its copy `new` as well."""
    old = tmp_path / "old"
    old.mkdir()
    with hub_process(*where(old), "--invite") as told:
        made = Device(tmp_path, told)
        for nth in range(5):
            if nth == 3:
                shutil.copytree(old, tmp_path / "new", ignore=shutil.ignore_patterns("*.lock"))
            accept(made.store)
            assert made.push(told["url"]) == ""
        yield made
        made.store.close()


def test_only_a_hub_that_two_people_raised_takes_anything(
    device: Device, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uploaded, new = device.acknowledged(), tmp_path / "new"
    accept(device.store)
    with hub_process(*where(new)) as told:  # the copy, put back and started as if nothing had happened
        codes = [device.push(told["url"]) for _ in range(3)]
    assert codes == ["hub-restored"] * 3  # noticed by the device, then said by the hub itself
    assert device.acknowledged() == uploaded
    raised = ("--clerk", "0301", "--second", "0302", "--why", "从备份恢复")
    assert main(["hub-admin", "promote", *where(new), *raised]) == 0
    capsys.readouterr()
    with hub_process(*where(new)) as standby:
        assert device.push(standby["url"]) == ""
        accept(device.store)
        assert device.push(device.member.url) == "hub-fenced"  # the old one, which still lives
        assert device.store.outbox().waiting == 4
        assert device.push(standby["url"]) == ""
    there = at_hub(new)
    assert (len(there), set(there)) == (len(set(there)), device.acknowledged())
    assert device.store.outbox().waiting == 0
    assert member_of(device.folder) is not None
