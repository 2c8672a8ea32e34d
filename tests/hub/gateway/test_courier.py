"""What was decided is told to the platform by itself: once, after the decision, and never in its way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.actor import Actor
from counter_app.hub.gateway import errands
from counter_app.hub.hall import HallHub
from counter_app.hub.opening import open_file, open_server
from counter_app.hub.rows import to_ms
from counter_app.problems import Problem
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.hub_identity import HubIdentity
from tests.fakes.message_hall import FIRST, MessageHall, platform_before
from tests.hub.envelopes import envelope
from tests.hub.stores import HALL, RULES, HandClock, clerk

BOTH = pytest.mark.parametrize("hub", ["file", "postgresql"], indirect=True)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store: making its tables costs more than a test."""
    file = tmp_path_factory.mktemp("blank") / "hub.db"
    open_file(file, bytes(32)).close()
    return file


@pytest.fixture
def hub(request: pytest.FixtureRequest, tmp_path: Path, blank: Path) -> Iterator[HallHub]:
    if getattr(request, "param", "file") == "file":
        shutil.copy(blank, tmp_path / "hub.db")
        opened = open_file(tmp_path / "hub.db", bytes(32))
    else:
        opened = open_server(request.getfixturevalue("postgres").fresh())
    made = HallHub(opened.database, opened.lane, HALL, HandClock(), RULES)
    made.identity = HubIdentity(b"k" * 32)
    yield made
    opened.close()


@pytest.fixture
def hall(hub: HallHub) -> Iterator[MessageHall]:
    with platform_before(MessageHall(hub, hub._clock)) as made:
        yield made


def test_an_approved_case_is_registered_once_and_tells_so(hall: MessageHall) -> None:
    case_id = hall.done()
    assert hall.courier.turn() == 1
    assert hall.courier.turn() == 0
    [row] = hall.platform.rows["feedetail"]
    assert (row["psn_no"], row["insutype"], row["opsp_dise_code"]) == (
        "37110000000000000000000001",
        "390",
        "M03900",
    )
    assert (row["begndate"], hall.sent(), hall.states()) == ("2026-11-23", 1, ["done"])
    [told] = hall.hub.case(case_id)["messages"]
    assert told["words"] == f"成功，登记号 {row['trt_dcla_detl_sn']}"
    [note] = [one["note"] for one in hall.hub.feed().rows if one["kind"] == "case.message"]
    assert note["detail"].startswith("人员慢特病备案：成功")
    assert hall.hub.messages() == []


def test_a_case_that_is_not_done_and_a_type_without_a_message_send_nothing(hall: MessageHall) -> None:
    hall.accept("N1")
    hall.move("case-N1", "claim", FIRST)
    hall.done("N2", type_id="MT04")
    assert hall.courier.turn() == 0
    assert hall.platform.arrived == []


def test_several_illnesses_are_several_messages(hall: MessageHall) -> None:
    hall.done(answers={"opsp_dise_code2": "M07800"})
    hall.courier.turn()
    assert {row["opsp_dise_code"] for row in hall.platform.rows["feedetail"]} == {"M03900", "M07800"}
    assert hall.states() == ["done", "done"]


def test_what_was_decided_before_there_was_a_platform_is_left_alone(hub: HallHub) -> None:
    hall = MessageHall(hub, hub._clock)
    hall.done()
    with platform_before(hall):
        assert hall.courier.turn() == 0
        assert hall.hub.messages() == []


def test_a_platform_that_is_away_delays_no_review_and_gets_it_later(hall: MessageHall) -> None:
    hall.platform.mode = "away"
    hall.done("N1")
    hall.done("N2")
    assert hall.courier.turn() == 1  # it does not knock for the second when the first was not heard
    assert hall.states() == ["waiting", "waiting"]
    assert "核心系统没有应答" in hall.hub.messages()[0]["words"]
    hall.platform.mode = "ok"
    hall.later()
    hall.later()
    assert hall.states() == ["done", "done"]
    assert hall.sent() == 2


def test_a_lost_answer_is_looked_up(hall: MessageHall) -> None:
    hall.platform.plan.extend(["ok", "lose", "away"])
    hall.done()
    hall.courier.turn()
    assert hall.states() == ["unknown"]
    assert hall.sent() == 1
    with pytest.raises(Problem, match="gateway-act"):
        hall.order("resend", "等不及了")
    hall.later(0.2)
    assert (hall.states(), hall.sent()) == (["done"], 1)


@BOTH
def test_what_never_arrived_is_sent_again_by_a_person_only(hall: MessageHall) -> None:
    hall.platform.plan.extend(["ok", "drop"])
    case_id = hall.done()
    hall.courier.turn()
    for _ in range(8):
        hall.later()
    assert (hall.states(), hall.sent()) == (["absent"], 0)
    with pytest.raises(Problem, match="reason-needed"):
        hall.order("resend")
    assert hall.order("resend", "已查明对方没有")
    hall.courier.turn()
    assert (hall.states(), hall.sent()) == (["done"], 1)
    story = [one["note"]["detail"] for one in hall.hub.feed().rows if one["kind"] == "case.message"]
    assert [words.partition("：")[2][:4] for words in story] == ["不明，对", "对方没有", "成功，登"]
    facts = [one for one in hall.hub.said(hall.hub.today()) if one["kind"] == "message.resent"]
    assert [(one["clerk"], one["why"]) for one in facts] == [("0301", "已查明对方没有")]
    assert len(hall.hub.case(case_id)["messages"]) == 1


def test_a_refusal_is_listed_until_somebody_has_seen_to_it(hall: MessageHall) -> None:
    hall.platform.plan.extend(["ok", "refuse"])
    hall.done()
    hall.courier.turn()
    [one] = hall.hub.messages()
    assert (one["state_name"], one["words"]) == ("被拒", "被拒，人员待遇享受已暂停")
    for _ in range(3):
        hall.later()
    assert hall.platform.arrived.count("2503") == 1  # nobody asks again by himself
    hall.order("settle", "在核心系统里补办")
    assert (hall.states(), hall.hub.messages()) == (["settled"], [])
    [whole] = hall.hub.messages(open_only=False)
    assert whole["words"] == "人工办结，0301：在核心系统里补办"
    assert hall.courier.turn() == 0


def test_orders_are_for_managers_with_a_name_and_count_once(hall: MessageHall) -> None:
    hall.platform.mode = "away"
    hall.done()
    hall.courier.turn()
    [one] = hall.hub.messages()
    with pytest.raises(Problem, match="supervisor-needed"):
        hall.order("ask", by=clerk("1"))
    with pytest.raises(Problem, match="actor-unnamed"):
        hall.order("ask", by=Actor("", "", ("supervisor",)))
    with pytest.raises(Problem, match="verb-unknown"):
        hall.order("undo")
    with pytest.raises(Problem, match="not-found"):
        hall.order("ask", errand="nothing")
    hall.platform.mode = "ok"
    assert hall.courier.turn() == 0  # it would wait
    manager = Actor("0301", "李晨", ("supervisor",))
    assert hall.hub.order_message(one["id"], "ask", "o1", manager)
    assert not hall.hub.order_message(one["id"], "ask", "o1", manager)
    assert hall.courier.turn() == 1
    assert hall.states() == ["done"]


def test_a_case_taken_back_is_taken_back_at_the_platform_too(hall: MessageHall) -> None:
    case_id = hall.done()
    hall.courier.turn()
    hall.move(case_id, "reverse", Actor("0301", "李晨", ("supervisor",)), reason="其他：认定有误")
    hall.courier.turn()
    assert hall.platform.rows["feedetail"] == []
    assert hall.states() == ["done", "done"]


def test_a_case_taken_back_before_it_was_sent_is_never_sent(hall: MessageHall) -> None:
    hall.platform.mode = "away"
    case_id = hall.done()
    hall.courier.turn()
    hall.move(case_id, "reverse", Actor("0301", "李晨", ("supervisor",)), reason="其他：认定有误")
    hall.platform.mode = "ok"
    hall.later()
    assert hall.states() == ["dropped", "dropped"]
    assert hall.sent() == 0


def test_what_only_the_counter_can_open_waits_until_it_is_sealed_for_the_hall(hall: MessageHall) -> None:
    hall.done()
    own = DeviceSecrets(DeviceKeys())
    other = hall.accept("N2")
    sealed = {key: own.seal(value, f"{other}|{key}") for key, value in (("certno", "371102194605120027"),)}
    hall.hub.push([envelope(50, "values.resealed", {"number": "N2", "values": sealed}, case_id=other)])
    hall.approve(other)
    hall.courier.turn()
    assert [one["case_id"] for one in hall.hub.messages()] == [other]
    assert hall.hub.messages()[0]["state"] == "waiting"
    again = {"certno": hall.secrets.seal("371102194605120027", f"{other}|certno")}
    hall.hub.push([envelope(51, "values.resealed", {"number": "N2", "values": again}, case_id=other)])
    hall.later()
    assert hall.states() == ["done", "done"]


def test_a_message_without_what_it_needs_is_refused_before_it_is_sent(hall: MessageHall) -> None:
    hall.done(answers={"certno": ""})
    hall.courier.turn()
    [one] = hall.hub.messages()
    assert (one["state"], one["words"]) == ("refused", "被拒，报文缺少内容：证件号码")
    assert hall.platform.arrived == []


class Broken(dict[str, Any]):
    """A catalogue with one type nobody can read."""

    def __getitem__(self, type_id: str) -> Any:
        if type_id == "MT02":
            raise RuntimeError("李桂芳 371102194605120027")
        return super().__getitem__(type_id)


def test_one_bad_case_delays_no_other(hall: MessageHall, expect_log: Any) -> None:
    hall.courier.types = Broken(hall.courier.types)
    hall.done("N1", type_id="MT02")
    hall.done("N2")
    expect_log("a message could not be carried: RuntimeError$")
    hall.courier.turn()
    assert hall.states() == ["waiting", "done"]


def test_what_one_hub_took_no_other_tries(hall: MessageHall) -> None:
    hall.platform.mode = "away"
    hall.done()
    hall.courier.turn()
    hall.platform.mode = "ok"
    hall.clock.pass_(minutes=6)
    now = to_ms(hall.clock.now())
    with hall.hub.database.read() as connection:
        [one] = errands.due(connection, HALL, now, 9)
    assert hall.hub.lane.do(lambda c: errands.take(c, HALL, one, now + 60_000))
    assert not hall.hub.lane.do(lambda c: errands.take(c, HALL, one, now + 60_000))
    assert hall.courier.turn() == 0
    assert hall.later(2) == 1  # whoever took it died: it is tried after all
    assert (hall.states(), hall.sent()) == (["done"], 1)
