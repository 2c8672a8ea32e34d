"""Done, refused, or nobody knows: sent once, looked up, listed; the platform sees no write twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.hub.gateway.desk import QUIET, GatewayDesk
from counter_app.hub.gateway.envelope import EnvelopeGateway, Site, read
from counter_app.hub.gateway.ledger import Planned
from counter_app.hub.gateway.port import Answered, Message, Outcome
from counter_app.hub.gateway.simulator import Platform, Server
from counter_app.hub.gateway.tables import gateway_calls
from counter_app.hub.opening import Opened, open_file, open_server
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity
from tests.hub.stores import HALL, HandClock

ORG = "H37110000001"
FIELDS = {"psn_no": "3711P1", "insutype": "390", "opsp_dise_code": "M03900", "begndate": "2026-11-23"}


@dataclass
class Place:
    """A platform over real HTTP and a hub's desk before it."""

    desk: GatewayDesk
    platform: Platform
    clock: HandClock
    opened: Opened

    def write(self, request: str = "r1", infno: str = "2503", **more: str) -> Any:
        return self.desk.write(Planned(request, infno, f"case-{request}", {**FIELDS, **more}, "0317"))

    def sent(self, infno: str = "2503") -> int:
        return sum(one[0] == infno for one in self.platform.seen)


@pytest.fixture(params=["file", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "file":
        opened = open_file(tmp_path / "hub.db", bytes(32))
    else:
        opened = open_server(request.getfixturevalue("postgres").fresh())
    clock, platform = HandClock(), Platform(late_s=0.3)
    with Server(platform) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        site = Site(server.url, "training", "training", ORG, limit_s=5.0)
        gateway = EnvelopeGateway(site, clock.now)
        yield Place(
            GatewayDesk(gateway, opened.lane, HubIdentity(b"k" * 32), HALL, ORG, clock.now),
            platform, clock, opened,
        )  # fmt: skip
        server.shutdown()
        thread.join()
    opened.close()


def test_a_registration_is_done_once_however_often_it_is_asked_for(place: Place) -> None:
    first = place.write()
    assert (first.state, first.result) == ("done", place.platform.rows["feedetail"][0]["trt_dcla_detl_sn"])
    assert (len(first.serial), first.serial[:12]) == (30, ORG)
    assert place.write() == first
    assert place.sent() == 1
    gone = place.write("r2", "2504", trt_dcla_detl_sn=first.result)
    assert gone.state == "done"
    assert place.platform.rows["feedetail"] == []


def test_a_refusal_is_a_refusal(place: Place) -> None:
    place.platform.mode = "refuse"
    assert (place.write().state, place.write().because) == ("refused", "人员待遇享受已暂停")
    assert place.sent() == 0
    assert place.desk.open_list() == []


@pytest.mark.parametrize("mode", ["lose", "half", "nosn"])
def test_a_lost_answer_is_looked_up_and_never_sent_again(place: Place, mode: str) -> None:
    place.platform.plan.extend([mode])
    made = place.write()
    assert (made.state, made.because) == ("done", "经查询确认")
    assert made.result == place.platform.rows["feedetail"][0]["trt_dcla_detl_sn"]
    assert place.sent() == 1


@pytest.mark.parametrize("mode", ["drop", "html", "bridge", "away"])
def test_what_never_arrived_is_known_after_a_while_and_then_asked_anew(place: Place, mode: str) -> None:
    place.platform.plan.extend([mode])
    made = place.write()
    assert made.state == "unknown"  # it could still be on its way
    assert [one.serial for one in place.desk.open_list()] == [made.serial]
    with pytest.raises(Problem, match="gateway-open"):
        place.desk.write(Planned("r2", "2503", "case-r1", FIELDS, "0317"))
    place.clock.at += QUIET
    assert place.write().state == "absent"
    again = place.desk.write(Planned("r2", "2503", "case-r1", FIELDS, "0317"))
    assert again.state == "done"
    assert again.serial != made.serial
    assert place.sent() == 1


def test_when_nobody_can_tell_it_stays_on_the_list(place: Place) -> None:
    place.platform.plan.extend(["lose", "away", "away"])
    made = place.write()
    place.clock.at += QUIET
    assert place.desk.look_up(made.serial).state == "unknown"
    assert place.desk.look_up(made.serial).state == "done"
    assert place.desk.open_list() == []


def test_a_late_one_is_not_taken_for_absent(place: Place) -> None:
    slow = replace(place.desk, gateway=EnvelopeGateway(_quick(place), place.clock.now))
    place.platform.plan.extend(["late"])
    place.platform.late_s = 1.0
    made = slow.write(Planned("r1", "2503", "case-r1", FIELDS, "0317"))
    assert made.state == "unknown"
    _wait_until(lambda: place.sent() == 1)
    assert slow.look_up(made.serial).state == "done"


def _quick(place: Place) -> Site:
    gateway = place.desk.gateway
    assert isinstance(gateway, EnvelopeGateway)
    return replace(gateway._site, limit_s=0.3)


def _wait_until(fact: Any) -> None:
    pause = threading.Event()
    for _ in range(6000):
        if fact():
            return
        pause.wait(0.01)
    raise AssertionError("it never happened")


def test_the_serial_is_durable_before_a_byte_leaves(place: Place) -> None:
    seen: list[tuple[str, str]] = []

    class Dying:
        def ask(self, message: Message) -> Outcome:
            with place.opened.database.read() as connection:
                row = connection.execute(select(gateway_calls.c.serial, gateway_calls.c.state)).one()
            seen.append((row.serial, row.state))
            assert row.serial == message.serial
            raise KeyboardInterrupt  # the hub dies here

    with pytest.raises(KeyboardInterrupt):
        replace(place.desk, gateway=Dying()).write(Planned("r1", "2503", "case-r1", FIELDS, "0317"))
    assert [state for _, state in seen] == ["planned"]
    assert place.write().state == "unknown"  # looked up after the restart, not sent
    assert place.sent() == 0


def test_a_person_settles_what_no_look_up_can(place: Place) -> None:
    place.platform.plan.extend(["drop", "away"])
    made = place.write()
    with pytest.raises(Problem, match="reason-needed"):
        place.desk.settle(made.serial, " ", "0317")
    settled = place.desk.settle(made.serial, "电话核对，对方未办", "0301")
    assert (settled.state, settled.because) == ("settled", "0301：电话核对，对方未办")
    assert place.desk.look_up(made.serial) == settled  # it stays so


def test_reading_asks_as_often_as_wanted_and_writes_nothing_down(place: Place) -> None:
    found = place.desk.read("1101", {"mdtrt_cert_type": "02", "mdtrt_cert_no": "110105194912310025"})
    assert found.output["baseinfo"]["psn_name"] == "王敏"
    assert place.desk.read("1101", {"mdtrt_cert_no": "x"}).how is Answered.REFUSED
    assert place.desk.read("ec.query", {"ecQrCode": "1" * 28}).output["idType"] == "01"
    with pytest.raises(Problem, match="gateway-kind"):
        place.desk.read("2503", {})
    with pytest.raises(Problem, match="gateway-kind"):
        place.write(infno="1101")
    gateway = place.desk.gateway
    assert isinstance(gateway, EnvelopeGateway)
    assert gateway.sign_in("s").how is Answered.DONE
    with place.opened.database.read() as connection:
        assert connection.execute(select(gateway_calls)).first() is None


def test_the_ledger_shows_nobody(place: Place) -> None:
    place.write()
    with place.opened.database.read() as connection:
        row = connection.execute(select(gateway_calls)).one()
    assert b"M03900" not in bytes(row.input)
    assert "M03900" not in str(row._mapping)


def test_a_wrong_secret_is_turned_away(place: Place) -> None:
    gateway = place.desk.gateway
    assert isinstance(gateway, EnvelopeGateway)
    other = EnvelopeGateway(replace(gateway._site, secret="other"), place.clock.now)
    outcome = other.ask(Message("1101", {}, "s"))
    assert (outcome.how, outcome.because) == (Answered.REFUSED, "HTTP 401")


@pytest.mark.parametrize(
    ("infno", "answer", "how"),
    [
        ("2503", {"infcode": 0, "output": {"result": {"trt_dcla_detl_sn": "1"}}}, "done"),
        ("2503", {"infcode": "0", "output": {"result": {"trt_dcla_detl_sn": "1"}}}, "done"),
        ("2503", {"infcode": 0, "output": "c2VhbGVk"}, "unknown"),
        ("2504", {"infcode": 0, "output": None}, "done"),
        ("1101", {"infcode": -1, "err_msg": "x" * 500}, "refused"),
        ("1101", {"code": "999", "msg": "x"}, "unknown"),
        ("1101", [], "unknown"),
        ("ec.query", {"code": 0, "data": "{}"}, "done"),
        ("ec.query", {"code": 0, "data": "{"}, "unknown"),
        ("ec.query", {"code": -2, "message": "已取消"}, "refused"),
    ],
)
def test_every_shape_of_an_answer(infno: str, answer: Any, how: str) -> None:
    assert read(infno, json.dumps(answer).encode()).how.value == how


@pytest.mark.parametrize("data", [b"", b"\xff", b"[" * 100_000, b"null"])
def test_what_is_no_answer_is_unknown(data: bytes) -> None:
    assert read("2503", data).how is Answered.UNKNOWN
