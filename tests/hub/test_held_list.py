"""What may be seen of a lost device's records before anybody decides: masked, counted nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from counter_app.domain.cases import Fact
from counter_app.domain.exceptions import DISCARD, HELD
from counter_app.hub.tables import cases, envelopes
from counter_app.hub.tokens import Bearer
from counter_app.problems import Problem
from counter_app.services.hall.held_rows import held_row
from counter_app.sync.drain import drain
from counter_app.sync.remote_hub import RemoteHub
from tests.fakes.comeback import FIRST
from tests.hub.stores import clerk
from tests.sync.joined import PROGRAM, Desk, Hall, hall_in

PLAIN = {"number": "261123-001-K7Q-0001-5", "type_id": "YD01", "type_name": "异地安置备案"}
CERTNO = "37020319560704002X"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


def write(desk: Desk, kind: str, case_id: str, **body: object) -> None:
    with desk.store.unit(clerk("1"), desk.store.clock.now()) as unit:
        unit.record(Fact(kind, dict(body), case_id))


@pytest.fixture
def event(hall: Hall) -> str:
    """The exception about a laptop used once more after it was reported lost."""
    laptop = hall.desk("laptop")
    answers = {"tel": "13806331234", "certno": {"sealed": "s1.1.AAAA"}}
    write(laptop, "case.accepted", "case-1", **PLAIN, principal_name="欧阳修远", answers=answers)
    write(laptop, "material.received", "case-1", code="M_ID", name="身份证")
    hall.clock.pass_(minutes=1)
    hall.hub.revoke_device(laptop.member.device, PROGRAM, "设备丢失")
    hall.clock.pass_(minutes=1)
    write(laptop, "access.read", "", what=f"证件号码 {CERTNO}")
    drain(laptop.store, laptop.hub, laptop.store.settle)
    (found,) = hall.hub.exceptions()
    return str(found["event_id"])


def test_each_act_is_told_with_time_matter_and_masked_name(hall: Hall, event: str) -> None:
    rows = [held_row(one, {}) for one in hall.hub.held_records(event)]
    told = [(row.act, row.number, row.matter, row.person, row.early) for row in rows]
    assert told == [
        ("受理", PLAIN["number"], "异地安置备案", "欧**远", True),
        ("收取材料", PLAIN["number"], "异地安置备案", "欧**远", True),
        ("查看完整信息", "", "", "", False),
    ]
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert len(rows[0].at) == len("2026-11-23 09:00")


def test_no_name_no_number_and_no_answer_leaves_the_hub_whole(hall: Hall, event: str) -> None:
    remote = RemoteHub(hall.served.url, hall.hub.issue(Bearer(hall.hub.hall, "manage")))
    sent = str(remote.held_records(event))
    remote.close()
    assert "欧**远" in sent
    for canary in ("欧阳修远", CERTNO, "13806331234", "s1.1.AAAA", "M_ID"):
        assert canary not in sent, canary


def test_looking_counts_nothing_and_ends_with_the_decision(hall: Hall, event: str) -> None:
    hall.hub.held_records(event)
    with hall.hub.database.read() as connection:
        for table in (envelopes, cases):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
    hall.hub.settle_exception(event, HELD, DISCARD, "记录与纸质材料不符", FIRST)
    assert hall.hub.held_records(event) == []


@pytest.mark.parametrize("event_id", ["held.nobody", "back.laptop.1.1", ""])
def test_what_is_no_such_lot_is_refused(hall: Hall, event_id: str) -> None:
    with pytest.raises(Problem, match="not-found"):
        hall.hub.held_records(event_id)
