"""What could not be sent leaves the desk sealed: for the hall that was joined, else for the desk itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_app.problems import Problem
from counter_app.sealed_away import sealed_away
from counter_app.seals.provider import key_id
from counter_app.seals.trust import TrustStore
from counter_app.services.visit import Visit
from counter_app.sync import leaving
from counter_app.sync.drain import drain
from counter_app.sync.member import join
from tests.fakes.logins import CHEAP, CLERK, WORDS, door_with_people
from tests.fakes.office import TestOffice, open_office
from tests.sync.joined import PROGRAM, hall_in


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    opened = open_office(tmp_path / "desk")
    yield opened
    opened.close()


def signed_in(desk: TestOffice) -> Visit:
    door_with_people(desk)
    visit = Visit(replace(desk.office, passwords=CHEAP))
    visit.begin_signed_out()
    visit.sign_in(CLERK, WORDS)
    return visit


def test_a_clerk_leaves_with_a_package_that_another_counter_takes_in(
    desk: TestOffice, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    with hall_in(tmp_path) as hall:
        join(folder, hall.served.url, hall.hub.invite("device", PROGRAM, "1"), "一号")
        visit, other = signed_in(desk), hall.desk("other")
        with pytest.raises(Problem, match="leave-unsent"):
            visit.sign_out()
        waiting = desk.store.outbox().waiting
        sealed = sealed_away(desk.office, folder, tmp_path / "stick")
        assert sealed is not None
        assert sealed.records == waiting
        data = (tmp_path / "stick" / sealed.file).read_bytes()
        assert CLERK.encode() not in data
        assert visit.sign_out(sealed).locked
        told = other.hub.take_package("r1", data)
        assert told["verdicts"] == {"accepted": waiting}
    assert desk.store.outbox().waiting == waiting + 1  # nothing was deleted, and the leaving is a fact


def test_a_desk_of_its_own_seals_for_itself_and_nothing_where_nothing_waits(
    desk: TestOffice, tmp_path: Path
) -> None:
    signed_in(desk)
    sealed = sealed_away(desk.office, tmp_path / "desk", tmp_path / "out")
    assert sealed is not None
    public = desk.store.secrets.keys.public_key
    trust = TrustStore({key_id(public): public})
    records = leaving.opened(tmp_path / "out" / sealed.file, desk.store.secrets, trust, desk.clock.now())
    assert len(records) == sealed.records
    drain(desk.store, desk.hub, desk.store.settle)
    assert sealed_away(desk.office, tmp_path / "desk", tmp_path / "out") is None
