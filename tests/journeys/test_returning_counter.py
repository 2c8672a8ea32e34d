"""A counter comes back after sixty days: older records, a dead lease, renewed keys, much to tell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.leases import LeaseStep
from counter_app.hub.tables import envelopes
from counter_app.joined import sealed_for_hall
from counter_app.problems import Problem
from counter_app.storage import audit
from counter_app.sync.accounts import AccountSync
from counter_app.sync.backoff import Backoff
from counter_app.sync.field_keys import FieldSync
from counter_app.sync.lease_book import LeaseBook
from counter_app.sync.member import join
from counter_app.sync.turn import SyncTurn, Writes
from tests.fakes.counter import MORNING, Desk, accept
from tests.sync.joined import PROGRAM, Hall, hall_in

FIRST = Path(__file__).parents[1] / "golden" / "stores" / "counter-1-hub-1.zip"
AWAY = 60


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


def turn_of(folder: Path, member: Any, store: Any, remote: Any, book: LeaseBook) -> SyncTurn:
    """Everything a desk asks of its hall in one turn."""
    sealed_for_hall(store, folder)
    writes = Writes(store.settle, lambda news: 0, store.reopen, store.take_reference)
    fields = FieldSync(folder, member.hall, remote, store, store.secrets, lambda call: call())
    people = AccountSync(remote, store, store.secrets, lambda call: call())
    return SyncTurn(
        store, remote, remote, writes, store_id=store.state.device, leases=book, fields=fields,
        accounts=people, pace=Backoff(lambda: 0.0),
    )  # fmt: skip


def test_everything_it_brings_is_taken_in_and_it_works_again(
    hall: Hall, tmp_path: Path, size: Callable[[str], int]
) -> None:
    folder = tmp_path / "far"
    with zipfile.ZipFile(FIRST) as packed:
        packed.extractall(folder)
    member = join(folder, hall.served.url, hall.hub.invite("device", PROGRAM, "9"), "村办点")
    book = LeaseBook(folder, member.hall, member.device, member.hub_key)
    left = hall.desk("left")
    hall.hub.field_keys(left.member.device)
    hall.clock.pass_(days=AWAY)
    now = hall.clock.now()
    hall.hub.revoke_device(left.member.device, PROGRAM, "丢失")  # and with it the keys were renewed
    assert book.current().step(now) is LeaseStep.LOOK_ONLY

    store = Desk(folder).open()
    older = {(fact["kind"], fact["schema"]) for fact in store.facts()}
    store.reopen({1: 0})  # this hall has nothing of it yet
    for nth in range(size("returning_acts")):
        accept(store, MORNING + timedelta(days=nth * AWAY / size("returning_acts")))
    facts = len(store.facts(limit=100_000))
    remote = member.connect(folder)
    for _ in range(2):  # the second turn offers what the first has learnt
        turn_of(folder, member, store, remote, book).run(now)

    assert ("case.accepted", 1) in older
    assert (store.outbox().waiting, store.outbox().set_aside) == (0, 0)
    assert remote.heads(store.state.device) == {1: facts}
    with hall.hub.database.read() as connection:
        rows = connection.execute(envelopes.select()).all()
    assert len(rows) == len({row.event_id for row in rows}) == facts
    numbers = {case.number for case in store.cases(limit=100_000)}
    assert {one["number"] for one in remote.ask("GET", "/v1/cases")["items"]} <= numbers
    assert book.current().step(now) is LeaseStep.FULL
    assert store.secrets.hall is not None
    assert max(store.secrets.hall.keys) == 2
    assert audit.verify(store)[0]
    remote.close()
    store.close()


def test_one_that_was_revoked_meanwhile_hands_over_nothing_and_says_so(hall: Hall) -> None:
    desk = hall.desk("lost")
    desk.work(3)
    hall.clock.pass_(days=AWAY)
    hall.hub.revoke_device(desk.member.device, PROGRAM, "六十天没有消息")
    book = LeaseBook(desk.folder, desk.member.hall, desk.member.device, desk.member.hub_key)
    turn_of(desk.folder, desk.member, desk.store, desk.hub, book).run(hall.clock.now())
    assert desk.store.outbox().waiting == 3
    assert book.current().revoked
    with pytest.raises(Problem, match="device-revoked"):
        desk.hub.push(desk.store.waiting())
