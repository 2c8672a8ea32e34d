"""The strip over the window and the customer screen follow the visit, on a real line and a real library."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.bootstrap import Parts
from counter_app.counter import Counter
from counter_app.services.front import front_of, strip_words
from counter_app.window_front import WindowFront
from drivers.gwq.simulator import CustomerScreen
from drivers.leds.simulator import StripTable
from drivers.protocols import Fault, LedText
from drivers.room import DeviceRoom
from tests.fakes import snapshots as s
from tests.fakes.office import TestOffice, open_office
from tests.fakes.vendor_citizen import simulated

LIMIT_MS = 60_000


@pytest.fixture
def strip(tmp_path: Path) -> Iterator[StripTable]:
    made = StripTable(tmp_path / "led")
    yield made
    made.close()


@pytest.fixture
def room(strip: StripTable, tmp_path: Path) -> Iterator[DeviceRoom]:
    made = DeviceRoom({"led": ("leds.frame", {"port": str(tmp_path / "led")})})
    yield made
    made.close()


def settled(room: DeviceRoom, role: str) -> None:
    """Everything handed to a device was shown: its lane does one thing after another."""
    room.use(role, lambda device: None, LIMIT_MS)


def test_a_played_visit_shows_open_calling_serving_and_paused(
    strip: StripTable, room: DeviceRoom, tmp_path: Path
) -> None:
    desk: TestOffice = open_office(tmp_path / "data")
    counter = Counter(Parts(desk.office, room, (), hub=desk.hub, folder=desk.folder))
    desk.visit = counter.visit
    desk.hub.take("r1")
    settled_after(counter, room, lambda: counter.visit.view())
    assert strip.text == "3号窗口 欢迎办理"
    number = settled_after(counter, room, counter.visit.call_next).ticket.number
    assert (strip.text, strip.colour) == (f"请{number}号到3号窗口", "red")
    settled_after(counter, room, lambda: counter.visit.take(desk.card("li_guifang")))
    assert (strip.text, strip.colour) == (f"3号窗口 正在办理 {number}", "green")
    counter.close()  # and with it the room: what is handed to a device by then is still shown
    until = time.monotonic() + LIMIT_MS / 1000
    while strip.text != "3号窗口 暂停服务":
        assert time.monotonic() < until, strip.text
        threading.Event().wait(0.02)
    desk.close()


def settled_after(counter: Counter, room: DeviceRoom, verb: Any) -> Any:
    view = counter.run(verb).result()
    settled(room, "led")
    return view


def test_the_customer_screen_welcomes_and_says_who_is_served(tmp_path: Path) -> None:
    screen = simulated(CustomerScreen, tmp_path)
    room = DeviceRoom({"customer_screen": ("gwq.vendor_gwq", screen.config)})
    front = WindowFront(room)
    for view in (s.EMPTY, s.CALLED, s.KNOWN, s.KNOWN):
        front.see(view)
        settled(room, "customer_screen")
    front.leave()
    settled(room, "customer_screen")
    shown = screen.shown
    assert shown[0].startswith(s.EMPTY.clerk_no)
    assert '"number": "A012"' in shown[1]
    assert "请到本窗口办理" in shown[1]
    assert "正在为您办理" in shown[2]
    assert "窗口暂停服务" in shown[3]
    assert len(shown) == 4, "what is shown already is not shown again"
    room.close()
    screen.close()


def test_what_is_over_before_its_turn_is_left_out(strip: StripTable, room: DeviceRoom) -> None:
    front = WindowFront(room)
    settled(room, "led")
    held: list[Any] = []
    room.post("led", lambda device: held.append(front.see(s.CALLED) or front.see(s.KNOWN)))
    settled(room, "led")
    settled(room, "led")
    assert [text for text in strip.shown if "请" in text] == []


class Fussy:
    """A strip that refuses as long as `fault` stands."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.shown: list[str] = []

    def show(self, text: LedText) -> None:
        if self.fault is not None:
            raise self.fault
        self.shown.append(text.text)

    def close(self) -> None: ...


def test_a_strip_in_trouble_is_its_health_and_no_refusal_and_shows_again() -> None:
    strip, heard = Fussy(), list[Any]()
    room = DeviceRoom({"led": ("leds.x", {})}, opener=lambda name, config: strip)
    room.watch(heard.append)
    front = WindowFront(room)
    strip.fault = Fault("led-away", "")
    front.see(s.CALLED)
    settled(room, "led")
    strip.fault = None
    front.again("led")
    settled(room, "led")
    assert strip.shown == [strip_words(front_of(s.CALLED))[0]]
    assert [told.because for told in heard if not told.ok] == ["led-away"]
    room.close()


def test_a_desk_without_either_does_nothing() -> None:
    room = DeviceRoom({})
    front = WindowFront(room)
    assert not front.is_there
    front.see(s.KNOWN)
    front.leave()
    room.close()
