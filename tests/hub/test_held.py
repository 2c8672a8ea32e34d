"""What a lost device sends is kept apart until two people let in what was signed before the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.exceptions import DISCARD, HELD, RELEASE
from counter_app.hub import door, held
from counter_app.hub.held_tables import held_records
from counter_app.hub.tables import cases, device_heads, envelopes, feed
from counter_app.problems import Problem
from counter_app.sync import carrying
from counter_app.sync.drain import drain
from counter_app.sync.member import device_key
from tests.hub.stores import clerk
from tests.sync.joined import PROGRAM, Desk, Hall, hall_in

FIRST, SECOND = Actor("0301", "", ("supervisor",)), Actor("0302", "", ("supervisor",))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


@pytest.fixture
def laptop(hall: Hall) -> Desk:
    """It was carried away with three acceptances nobody has heard of."""
    made = hall.desk("laptop")
    for nth in range(3):
        accept(made, nth)
    return made


def accept(desk: Desk, nth: int) -> None:
    with desk.store.unit(clerk("1"), desk.store.clock.now()) as unit:
        unit.record(Fact("case.accepted", {"number": f"N{nth}", "type_id": "YD01"}, f"case-{nth}"))


def state_of(hall: Hall) -> list[int]:
    """Everything the hall knows of facts, counted."""
    with hall.hub.database.read() as connection:
        return [
            connection.execute(select(func.count()).select_from(one)).scalar_one()
            for one in (envelopes, cases, feed, device_heads)
        ]


def lost_and_found(hall: Hall, laptop: Desk, late: int = 2) -> None:
    """Reported a minute later, used once more by whoever had it, found and switched on."""
    hall.clock.pass_(minutes=1)
    hall.hub.revoke_device(laptop.member.device, PROGRAM, "设备丢失")
    hall.clock.pass_(minutes=1)
    for nth in range(3, 3 + late):
        accept(laptop, nth)
    drain(laptop.store, laptop.hub, laptop.store.settle)


def the_exception(hall: Hall) -> Any:
    (found,) = hall.hub.exceptions()
    assert found["code"] == HELD
    return found


def say(hall: Hall, found: Any, way: str, who: Actor, why: str = "已与受理单逐件核对") -> bool:
    return hall.hub.settle_exception(found["event_id"], HELD, way, why, who)


def kinds(hall: Hall) -> list[tuple[str, str]]:
    return [(one["kind"], one["clerk"]) for one in hall.hub.said(hall.clock.now().date())]


def test_nothing_of_it_counts_and_two_people_let_in_what_was_signed_before(hall: Hall, laptop: Desk) -> None:
    before = state_of(hall)
    lost_and_found(hall, laptop)
    assert state_of(hall) == before
    assert laptop.store.outbox().waiting == 5  # nothing was called uploaded
    found = the_exception(hall)
    assert found["detail"] == "laptop：共 5 条，报失前 3 条"
    say(hall, found, RELEASE, FIRST)
    assert state_of(hall) == before
    assert "工号 0301 已提出放行" in the_exception(hall)["detail"]
    with pytest.raises(Problem, match="two-needed"):
        say(hall, found, RELEASE, FIRST)
    assert state_of(hall) == before
    assert say(hall, found, RELEASE, SECOND)
    with hall.hub.database.read() as connection:
        assert set(connection.execute(select(cases.c.case_id)).scalars()) == {"case-0", "case-1", "case-2"}
    rest = the_exception(hall)  # what whoever found it wrote is a case of its own, and never let in
    assert rest["detail"] == "laptop：共 2 条，报失前 0 条"
    with pytest.raises(Problem, match="held-late"):
        say(hall, rest, RELEASE, FIRST)
    say(hall, rest, DISCARD, FIRST, "报失期间有人动用过")
    assert hall.hub.exceptions() == []
    assert kinds(hall) == [("held.asked", "0301"), ("held.released", "0302"), ("held.discarded", "0301")]
    drain(laptop.store, laptop.hub, laptop.store.settle)  # it asks again and again
    assert (hall.hub.exceptions(), laptop.store.outbox().waiting) == ([], 5)


def test_a_clock_set_back_after_the_report_frees_nothing(hall: Hall, laptop: Desk) -> None:
    lost_and_found(hall, laptop, late=1)
    say(hall, the_exception(hall), DISCARD, FIRST, "记录与纸质材料不符")
    hall.clock.pass_(hours=-5)
    accept(laptop, 9)
    drain(laptop.store, laptop.hub, laptop.store.settle)
    found = the_exception(hall)
    assert found["detail"].endswith("报失前 0 条")
    with pytest.raises(Problem, match="held-late"):
        say(hall, found, RELEASE, FIRST)


def test_what_comes_after_the_first_word_was_not_seen_by_the_first(hall: Hall, laptop: Desk) -> None:
    lost_and_found(hall, laptop, late=0)
    found = the_exception(hall)
    say(hall, found, RELEASE, FIRST)
    accept(laptop, 7)
    drain(laptop.store, laptop.hub, laptop.store.settle)
    assert "0301" not in the_exception(hall)["detail"]
    say(hall, found, RELEASE, SECOND)  # the first word about four records
    assert "工号 0302 已提出放行" in the_exception(hall)["detail"]


def test_discarded_with_a_reason_and_a_name_or_not_at_all(hall: Hall, laptop: Desk) -> None:
    lost_and_found(hall, laptop)
    before, found = state_of(hall), the_exception(hall)
    for way, why, who, code in (
        ("stands", "核对", FIRST, "exception-way"),
        (DISCARD, " ", FIRST, "reason-needed"),
        (DISCARD, "核对", Actor("", ""), "actor-unnamed"),
    ):
        with pytest.raises(Problem, match=code):
            say(hall, found, way, who, why)
    with pytest.raises(Problem, match="not-found"):
        hall.hub.settle_exception("held.nobody.1", HELD, DISCARD, "核对", FIRST)
    assert say(hall, found, DISCARD, FIRST)
    assert not say(hall, found, DISCARD, FIRST)
    with pytest.raises(Problem, match=r"held-late|exception-settled"):
        say(hall, found, RELEASE, SECOND)
    assert state_of(hall) == before


def test_a_package_of_a_lost_device_is_kept_apart_as_well(hall: Hall, laptop: Desk) -> None:
    waits = laptop.store.waiting(1000)
    place = (laptop.member, device_key(laptop.folder), hall.clock.now())
    (made,) = carrying.export(waits, hall.folder / "usb", *place)
    hall.clock.pass_(minutes=1)
    hall.hub.revoke_device(laptop.member.device, PROGRAM, "设备丢失")
    before, data = state_of(hall), (hall.folder / "usb" / made.file).read_bytes()
    told = hall.desk("home").hub.take_package("r1", data)
    assert told["verdicts"] == {"held": 3, "rejected": 0}
    assert state_of(hall) == before
    assert the_exception(hall)["detail"] == "laptop：共 3 条，报失前 3 条"


def test_a_lost_device_asks_nothing_else_and_fills_nobodys_disk(
    hall: Hall, laptop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST", 4)
    monkeypatch.setattr(door, "_TRUST_S", -1.0)
    lost_and_found(hall, laptop)
    with hall.hub.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(held_records)).scalar_one() == 4
    assert "已达保管上限" in the_exception(hall)["detail"]
    for ask in (laptop.hub.scopes, laptop.hub.lease, lambda: laptop.hub.heads("K7Q"), laptop.hub.status):
        with pytest.raises(Problem, match="device-revoked"):
            ask()
    body = {"envelopes": [dict(one) for one in laptop.store.waiting(1)], "device": laptop.member.device}
    with pytest.raises(Problem, match="batch-unsigned"):  # whoever has its token alone
        laptop.hub.ask("POST", "/v1/batches", {"request_id": "r1", "hub_epoch": 1, **body})


def test_a_large_outbox_is_handed_in_to_its_end(hall: Hall, laptop: Desk) -> None:
    for nth in range(120):
        accept(laptop, 10 + nth)
    lost_and_found(hall, laptop)
    assert the_exception(hall)["detail"] == "laptop：共 125 条，报失前 123 条"
    found = the_exception(hall)
    say(hall, found, RELEASE, FIRST)
    say(hall, found, RELEASE, SECOND)
    with hall.hub.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(cases)).scalar_one() == 123
