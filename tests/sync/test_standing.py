"""Signed batches, hubs that are old or have lost something, and a standby that takes over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.actor import Actor
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity, believed
from counter_app.seals.provider import new_key
from counter_app.sync.drain import drain
from counter_app.sync.member import member_of
from counter_app.sync.offering import offer_again
from counter_app.sync.standing import Standing
from tests.fakes.comeback import let_back
from tests.hub.stores import HALL
from tests.sync.joined import PROGRAM, Hall, hall_in

FIRST = Actor("0301", "值班主管", ("supervisor",))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


def raises(code: str) -> Any:
    return pytest.raises(Problem, match=code)


def test_a_device_signs_and_is_believed(hall: Hall) -> None:
    desk = hall.desk("a")
    desk.work(5)
    assert drain(desk.store, desk.hub, desk.store.settle) == 5
    assert hall.hub.durable_upto(desk.store.state.device, 1) == 5
    assert desk.hub.standing is not None
    assert desk.hub.standing.epoch == 1


def test_an_unsigned_batch_of_an_enrolled_device_changes_nothing(hall: Hall) -> None:
    desk = hall.desk("a")
    desk.work(1)
    waiting = desk.store.waiting()
    desk.hub.standing = None
    with raises("batch-unsigned"):
        desk.hub.push(waiting)
    assert hall.hub.durable_upto(desk.store.state.device, 1) == 0
    assert desk.member.hub_key
    forged = Standing(hall.folder / "a", HALL, new_key(), desk.member.hub_key)
    desk.hub.standing = forged
    with raises("batch-signature"):
        desk.hub.push(waiting)
    assert hall.hub.durable_upto(desk.store.state.device, 1) == 0


def test_a_signature_is_over_these_records_in_this_order(hall: Hall) -> None:
    desk = hall.desk("a")
    desk.work(2)
    first, second = desk.store.waiting()
    assert desk.hub.standing is not None
    head = desk.hub.standing.head([first, second])
    for records in ([second, first], [first], [first, second, second], [first, {**second, "hash": "0"}]):
        with raises("batch-signature"):
            desk.hub.ask("POST", "/v1/batches", {"envelopes": records, **head})
    assert hall.hub.durable_upto(desk.store.state.device, 1) == 0
    reply = desk.hub.ask("POST", "/v1/batches", {"envelopes": [first, second], **head})
    assert [v["verdict"] for v in reply["verdicts"]] == ["accepted", "accepted"]
    again = desk.hub.ask("POST", "/v1/batches", {"envelopes": [first, second], **head})  # a replay
    assert [v["verdict"] for v in again["verdicts"]] == ["duplicate", "duplicate"]


def test_another_devices_records_are_set_aside_and_its_own_go_in(hall: Hall) -> None:
    ours, theirs = hall.desk("a"), hall.desk("b")
    ours.work(2)
    theirs.work(2)
    assert drain(theirs.store, theirs.hub, theirs.store.settle) == 2
    theirs.work(1)
    stolen = [dict(f) for f in theirs.store.waiting()]
    verdicts = ours.hub.push([*stolen, *ours.store.waiting()])
    assert [(v["verdict"], v["code"]) for v in verdicts] == [
        ("rejected", "envelope-stranger"), ("accepted", ""), ("accepted", ""),
    ]  # fmt: skip
    assert drain(theirs.store, theirs.hub, theirs.store.settle) == 1  # nothing of theirs was hurt


def test_a_revoked_device_hands_over_nothing_and_its_disk_may_come_back_in_another(hall: Hall) -> None:
    desk = hall.desk("a")
    desk.work(1)
    assert drain(desk.store, desk.hub, desk.store.settle) == 1
    hall.hub.revoke_device(desk.member.device, PROGRAM, "丢失")
    desk.work(1)
    with raises("device-revoked"):  # though its token is still believed for some seconds
        desk.hub.push(desk.store.waiting())
    found = hall.desk("b")  # the disk in another machine, which joined by itself
    found.work(1)
    both = [*desk.store.waiting(), *found.store.waiting()]
    told = [(v["verdict"], v["code"]) for v in found.hub.push(both)]
    assert told == [("retry_later", "store-lost"), ("accepted", "")], "what waits delays nothing else"
    let_back(hall, desk.member.device)
    assert [v["verdict"] for v in found.hub.push(desk.store.waiting())] == ["accepted"]


def test_a_hub_restored_from_a_backup_is_noticed_before_anything_is_acknowledged(tmp_path: Path) -> None:
    with hall_in(tmp_path) as hall:
        desk = hall.desk("a")
        desk.work(3)
        drain(desk.store, desk.hub, desk.store.settle)
        hall.hub.close()
        shutil.copytree(tmp_path / "hub", tmp_path / "backup")
    with hall_in(tmp_path) as hall:
        again = _reopened(hall, tmp_path / "a")
        again.work(2)
        assert drain(again.store, again.hub, again.store.settle) == 2
    shutil.rmtree(tmp_path / "hub")
    shutil.move(tmp_path / "backup", tmp_path / "hub")
    with hall_in(tmp_path) as hall:
        again = _reopened(hall, tmp_path / "a")
        again.work(1)
        with raises("hub-restored"):
            again.hub.push([*again.store.facts()][:1])
        hall.hub.promote(FIRST, "0302", "从备份恢复")
        assert drain(again.store, again.hub, again.store.settle) == 1
        assert offer_again(again.hub, again.store.state.device, again.store.reopen) == 3  # 4 to 6
        drain(again.store, again.hub, again.store.settle)
        assert again.store.outbox().waiting == 0
        assert hall.hub.durable_upto(again.store.state.device, 1) == 6
        assert offer_again(again.hub, again.store.state.device, again.store.reopen) == 0


def test_a_hub_put_back_from_a_backup_takes_nothing_until_two_people_raise_it(tmp_path: Path) -> None:
    with hall_in(tmp_path) as hall:
        desk, other = hall.desk("a"), hall.desk("b")
        desk.work(3)
        drain(desk.store, desk.hub, desk.store.settle)
        hall.hub.lane.do(lambda c: None)
        shutil.copytree(tmp_path / "hub", tmp_path / "backup")
        desk.work(2)
        drain(desk.store, desk.hub, desk.store.settle)
    shutil.rmtree(tmp_path / "hub")
    shutil.move(tmp_path / "backup", tmp_path / "hub")
    with hall_in(tmp_path) as hall:
        again, other = _reopened(hall, tmp_path / "a"), _reopened(hall, tmp_path / "b")
        again.work(1)
        assert again.hub.standing is not None
        forged = {**again.hub.standing.head([]), "head": HubIdentity(b"x" * 32).paper("chain-head", {})}
        with raises("hub-paper"):
            again.hub.ask("POST", "/v1/batches", {"envelopes": [], **forged})
        assert hall.hub.fence == 0
        for _ in range(2):  # noticed, then shown to the hub, which stops itself
            with raises("hub-restored"):
                again.hub.push(again.store.waiting())
        assert hall.hub.fence == 1
        with raises("hub-restored"):  # nobody is served by it any more
            other.hub.take("r1")
        assert again.store.outbox().waiting == 1
    with hall_in(tmp_path) as hall:
        again = _reopened(hall, tmp_path / "a")
        assert hall.hub.fence == 1  # also after a restart
        with raises("hub-restored"):
            again.hub.push(again.store.waiting())
        assert hall.hub.promote(FIRST, "0302", "从备份恢复") == 2
        drain(again.store, again.hub, again.store.settle)
        offer_again(again.hub, again.store.state.device, again.store.reopen)
        drain(again.store, again.hub, again.store.settle)
        assert (hall.hub.fence, again.store.outbox().waiting) == (0, 0)
        assert again.hub.heads(again.store.state.device) == {1: 6}


def test_an_old_hub_that_still_lives_is_fenced_by_what_devices_have_seen(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for place in (old, new):
        place.mkdir()
    with hall_in(old) as first:
        desk = first.desk("a")
        desk.work(2)
        drain(desk.store, desk.hub, desk.store.settle)
        first.hub.lane.do(lambda c: None)
    shutil.copytree(old / "hub", new / "hub")
    with hall_in(old) as stale, hall_in(new) as standby:
        standby.hub.promote(FIRST, "0302", "旧机故障")
        shutil.copytree(old / "a", new / "a")
        desk = _reopened(standby, new / "a")
        desk.work(1)
        assert drain(desk.store, desk.hub, desk.store.settle) == 1
        desk.work(1)
        strayed = replace(desk.member, url=stale.served.url).connect(new / "a")
        with raises("hub-fenced"):
            strayed.push(desk.store.waiting())
        with raises("hub-fenced"):  # it takes nothing any more, from nobody
            strayed.take("r1")
        assert strayed.heads(desk.store.state.device) == {1: 2}  # what is read is still answered
        strayed.close()
        assert desk.store.outbox().waiting == 1
    with hall_in(old) as stale:
        assert stale.hub.fence == 2  # also after a restart
        assert stale.hub.promote(FIRST, "0302", "再次启用") == 3
        assert stale.hub.fence == 0


def test_nobody_fences_a_hub_by_inventing_a_number(hall: Hall) -> None:
    desk = hall.desk("a")
    desk.work(1)
    assert desk.hub.standing is not None
    head = desk.hub.standing.head(desk.store.waiting())
    forged = HubIdentity(b"x" * 32).paper("hub-epoch", {"hall": HALL, "epoch": 99})
    body = {"envelopes": desk.store.waiting(), **head, "standing": forged}
    with raises("hub-paper"):
        desk.hub.ask("POST", "/v1/batches", body)
    other = hall.hub.identity
    assert other is not None
    for said in ({"hall": "002", "epoch": 99}, {"hall": HALL, "epoch": "99"}, {"hall": HALL, "epoch": 0}):
        desk.hub.ask("POST", "/v1/batches", {**body, "standing": other.paper("hub-epoch", said)})
    assert hall.hub.fence == 0


def test_a_promotion_takes_two_people_and_a_reason(hall: Hall) -> None:
    for first, second, why, code in (
        ("0301", "0301", "x", "two-needed"),
        ("", "0302", "x", "two-needed"),
        ("0301", "", "x", "two-needed"),
        ("0301", "0302", " ", "reason-needed"),
    ):
        with raises(code):
            hall.hub.promote(Actor(first, ""), second, why)
    assert hall.hub.promote(FIRST, "0302", "演练") == 2
    assert hall.hub.identity is not None
    said = believed(hall.hub.standing_paper(), "hub-epoch", hall.hub.identity.public_key)
    assert said == {"hall": HALL, "epoch": 2}


def test_a_hub_older_than_one_known_is_refused(hall: Hall) -> None:
    desk = hall.desk("a")
    assert hall.hub.identity is not None
    assert desk.hub.standing is not None
    newer = hall.hub.identity.paper("hub-epoch", {"hall": HALL, "epoch": 5})
    desk.hub.standing.heard({"standing": newer}, [])
    older = hall.hub.identity.paper("hub-epoch", {"hall": HALL, "epoch": 4})
    with raises("hub-stale"):
        desk.hub.standing.heard({"standing": older}, [])
    with raises("hub-paper"):
        desk.hub.standing.heard({}, [])


def _reopened(hall: Hall, folder: Path) -> Any:
    """A device after a restart, at a hub that may have moved."""
    from counter_app.seals.keyring import DemoKeyring
    from counter_app.storage.store import open_store
    from tests.sync.joined import Desk

    member = member_of(folder)
    assert member is not None
    moved = replace(member, url=hall.served.url)
    store = open_store(folder, DemoKeyring(folder), "", hall.clock)
    desk = Desk(folder, moved, store, moved.connect(folder))
    hall.desks.append(desk)
    return desk
