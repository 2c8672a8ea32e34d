"""The lease of a device: steps, renewal by line and stick, revocation, and a file tampered with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from counter_app.domain.leases import DAYS, GRACE_DAYS, Lease, LeaseStep
from counter_app.problems import Problem
from counter_app.sync.lease_book import FILE, LeaseBook
from tests.fakes.comeback import let_back
from tests.hub.stores import HALL, START
from tests.sync.joined import PROGRAM, Desk, Hall, hall_in


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


def book(desk: Desk) -> LeaseBook:
    return LeaseBook(desk.folder, HALL, desk.member.device, desk.member.hub_key)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (0, LeaseStep.FULL),
        (DAYS - 4, LeaseStep.FULL),
        (DAYS - 3, LeaseStep.ENDING),
        (DAYS - 0.1, LeaseStep.ENDING),
        (DAYS, LeaseStep.NO_MONEY),
        (DAYS + GRACE_DAYS - 0.1, LeaseStep.NO_MONEY),
        (DAYS + GRACE_DAYS, LeaseStep.LOOK_ONLY),
        (9999, LeaseStep.LOOK_ONLY),
    ],
)
def test_a_lease_ends_in_steps(days: float, step: LeaseStep) -> None:
    lease = Lease(START)
    now = START + timedelta(days=days)
    assert lease.step(now) is step
    set_back = Lease(START, seen=now)
    assert set_back.step(START) is step  # a clock set back wins nothing


def test_it_is_renewed_by_the_line_and_by_a_stick(hall: Hall, capsys: Any) -> None:
    desk = hall.desk("a")
    assert book(desk).current().step(START) is LeaseStep.FULL  # told when it joined
    hall.clock.pass_(days=20)
    now = hall.clock.now()
    assert book(desk).current().step(now) is LeaseStep.NO_MONEY
    assert book(desk).is_due(now)
    stick = hall.folder / "lease.json"
    stick.write_text(json.dumps(hall.hub.lease(desk.member.device)), "utf-8")
    assert main(["package", "lease", str(stick), "--data", str(desk.folder)]) == 0
    assert book(desk).current().step(now) is LeaseStep.FULL
    assert json.loads(capsys.readouterr().out)["days"] == DAYS


def test_only_the_halls_own_word_for_this_device_counts(hall: Hall) -> None:
    desk, other = hall.desk("a"), hall.desk("b")
    hall.clock.pass_(days=20)
    mine = hall.hub.lease(desk.member.device)
    forged = {**mine, "said": {**mine["said"], "days": 9999}}
    for paper in (
        forged,
        hall.hub.lease(other.member.device),
        {},
        {"what": "lease", "said": [], "signature": 1},
    ):
        with pytest.raises(Problem, match="hub-paper"):
            book(desk).renew(paper)
    assert book(desk).current().step(hall.clock.now()) is LeaseStep.NO_MONEY
    kept = book(desk).renew(mine)
    old = hall.hub.identity.paper("lease", {**mine["said"], "from": START.isoformat()})  # type: ignore[union-attr]
    assert book(desk).renew(old).begins == kept.begins  # an older one changes nothing


def test_a_file_taken_away_or_changed_is_a_lease_that_is_over(hall: Hall) -> None:
    desk = hall.desk("a")
    file = desk.folder / FILE
    for text in ("", "[]", "{}", file.read_text("utf-8").replace('"days": 14', '"days": 99')):
        file.write_text(text, "utf-8")
        assert book(desk).current().step(START) is LeaseStep.LOOK_ONLY
    file.unlink()
    assert book(desk).current().step(START) is LeaseStep.LOOK_ONLY


def test_a_lost_device_is_told_and_one_that_is_found_joins_again(hall: Hall) -> None:
    desk = hall.desk("a")
    hall.hub.revoke_device(desk.member.device, PROGRAM, "丢失")
    with pytest.raises(Problem, match="device-revoked"):
        desk.hub.lease()
    with pytest.raises(Problem, match="device-revoked"):
        hall.hub.lease(desk.member.device)
    lost = book(desk)
    lost.revoke()
    assert lost.current().step(START) is LeaseStep.LOOK_ONLY
    assert book(desk).current().revoked  # also after a restart
    hall.desks.remove(desk)
    desk.close()
    with pytest.raises(Problem, match="enrol-lost"):
        hall.desk("a")
    let_back(hall, desk.member.device)
    again = hall.desk("a")
    assert book(again).current().step(START) is LeaseStep.FULL
