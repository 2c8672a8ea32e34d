"""Field keys between a real hub over HTTP and devices that joined it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from counter_app.domain.actor import Actor
from counter_app.hub.field_keys import field_keys
from counter_app.joined import sealed_for_hall
from counter_app.problems import Problem
from counter_app.seals.device import is_own
from counter_app.services.resealing import KIND, waiting
from counter_app.sync.field_keys import FieldSync, fetched
from tests.fakes.counter import accept
from tests.sync.joined import Desk, Hall, hall_in

MANAGER = Actor("0301", "何主任", ("supervisor",))
WHERE = "c1|bank_acct"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


def sync_of(desk: Desk) -> FieldSync:
    sealed_for_hall(desk.store, desk.folder)
    place = (desk.folder, desk.member.hall, desk.hub, desk.store, desk.store.secrets)
    return FieldSync(*place, write=lambda call: call())


def heard(desk: Desk) -> FieldSync:
    made = sync_of(desk)
    made.run(desk.store.clock.now())
    return made


def test_what_one_device_seals_every_device_of_the_hall_opens(hall: Hall) -> None:
    one, two = hall.desk("a"), hall.desk("b")
    own = one.store.secrets.seal("6222021234567890", WHERE)
    heard(one)
    heard(two)
    sealed = one.store.secrets.seal("6222021234567890", WHERE)
    assert (is_own(own), is_own(sealed)) == (True, False)
    assert two.store.secrets.open(sealed, WHERE) == "6222021234567890"
    assert one.store.secrets.open(own, WHERE) == "6222021234567890"
    for wrong in (own, sealed.replace("h1.1", "h1.2"), sealed.replace("h1.1", "x1.1")):
        with pytest.raises(Problem, match="seal-broken"):
            two.store.secrets.open(wrong, WHERE)
    with pytest.raises(Problem, match="seal-broken"):
        two.store.secrets.open(sealed, "c2|bank_acct")


def test_whoever_left_opens_nothing_sealed_since(hall: Hall) -> None:
    stays, leaves = hall.desk("a"), hall.desk("b")
    first = heard(stays)
    heard(leaves)
    before = stays.store.secrets.seal("一号诊断", WHERE)
    hall.hub.revoke_device(leaves.member.device, MANAGER, "丢失")
    first._heard = -1000.0
    first.run(stays.store.clock.now())
    after = stays.store.secrets.seal("二号诊断", WHERE)
    assert after.split(".")[1] == "2"
    assert leaves.store.secrets.open(before, WHERE) == "一号诊断"
    with pytest.raises(Problem):
        fetched(leaves.hub, leaves.member.hall)
    with pytest.raises(Problem, match="device-revoked"):  # its token is still believed
        leaves.hub.people_keys()
    with pytest.raises(Problem, match="seal-broken"):
        leaves.store.secrets.open(after, WHERE)
    assert stays.store.secrets.open(before, WHERE) == "一号诊断"


def test_keys_outlive_a_restart_and_neither_file_nor_database_tells_them(hall: Hall) -> None:
    desk = hall.desk("a")
    heard(desk)
    assert desk.store.secrets.hall is not None
    key = desk.store.secrets.hall.keys[1]
    sealed = desk.store.secrets.seal("x", WHERE)
    kept = (desk.folder / "hall.fields").read_bytes()
    assert key not in kept
    assert key.hex().encode() not in kept
    with hall.hub.database.read() as connection:
        row = str(connection.execute(select(field_keys)).all())
    assert key.hex() not in row
    desk.store.secrets = replace(desk.store.secrets, hall=None)
    sealed_for_hall(desk.store, desk.folder)
    assert desk.store.secrets.open(sealed, WHERE) == "x"


def test_what_was_sealed_before_the_hall_is_sealed_for_it_once(hall: Hall) -> None:
    desk = hall.desk("a")
    made = sync_of(desk)
    numbers = [accept(desk.store).number for _ in range(2)]
    with desk.store.unit(MANAGER, desk.store.clock.now()) as unit:
        for number in numbers:
            case = desk.store.case(number)
            assert case is not None
            sealed = desk.store.secrets.seal("6222021234567890", f"{case.case_id}|acct")
            unit.save_case(replace(case, answers={"acct": {"sealed": sealed}, "plain": "日照"}))
    assert len(waiting(desk.store, is_own)) == 2
    assert made.run(desk.store.clock.now()) == 2
    assert made.run(desk.store.clock.now()) == 0
    assert desk.store.secrets.hall is not None
    assert desk.store.secrets.hall.is_settled
    other = hall.desk("b")
    heard(other)
    for number in numbers:
        case = desk.store.case(number)
        assert case is not None
        value = case.answers["acct"]["sealed"]
        assert other.store.secrets.open(value, f"{case.case_id}|acct") == "6222021234567890"
        assert case.answers["plain"] == "日照"
        told = [f for f in desk.store.facts(case.case_id) if f["kind"] == KIND]
        assert [f["body"]["values"] for f in told] == [{"acct": value}]
