"""The kiosk at its real face: numbers, also while the hub is away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.catalog.load import load_catalogue
from counter_app.demo.network import Cable, HubBehindCable
from counter_app.domain.tickets import TicketState
from counter_app.services.people_marks import PeopleMarks
from drivers.protocols import Fault
from tests.fakes.kiosk import Citizen, kiosk_office
from tests.fakes.office import TestOffice, certno

PACKS = load_catalogue()
UPRIGHT, LYING, SMALL = (1080, 1920), (1920, 1080), (1280, 1024)
Make = Callable[..., Citizen]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = kiosk_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


@pytest.fixture
def kiosk(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> Iterator[Make]:
    opened: list[Citizen] = []

    def make(size: tuple[int, int] = SMALL, **settings: Any) -> Citizen:
        made = Citizen(qtbot, desk, size, **settings)
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()


# --- numbers ------------------------------------------------------------------------------------
def test_a_number_without_anything_is_printed_and_told(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.touch("取号，到窗口办")
    citizen.touch("不清楚，帮我安排")
    (ticket,) = desk.hub.tickets(desk.clock.now().date())
    assert ticket.number in citizen.reads()
    assert [job.title for job in desk.tray.jobs] == ["号票"]
    assert "前面还有 0 人" in citizen.reads()
    assert any("A 零 零 一" in words for words in citizen.ears.said)
    assert not (desk.folder / "number.pending").exists()


def test_a_number_without_paper_stands_on_the_screen_and_is_said_twice(kiosk: Make, desk: TestOffice) -> None:
    desk.tray.fault = Fault("printer-jam")
    citizen = kiosk()
    citizen.face.toggle_sound()  # somebody wanted it quiet: a number is said all the same
    citizen.touch("取号，到窗口办")
    citizen.touch("不清楚，帮我安排")
    (ticket,) = desk.hub.tickets(desk.clock.now().date())
    assert ticket.number in citizen.reads()
    assert "号票没有打出来" in citizen.reads()
    assert citizen.ears.said[-1].count("A 零 零 一") == 2
    assert not (desk.folder / "number.pending").exists()


def test_a_number_nobody_was_told_is_taken_back_at_the_next_start(kiosk: Make, desk: TestOffice) -> None:
    given = desk.hub.taken("lost-1")
    (desk.folder / "number.pending").write_text("lost-1", "ascii")
    citizen = kiosk()
    citizen.port.settle_in()
    citizen.bot.waitUntil(lambda: not (desk.folder / "number.pending").exists(), timeout=10_000)
    found = desk.hub.ticket(given.ticket.ticket_id)
    assert found is not None
    assert found.state is TicketState.CANCELLED


def test_an_old_person_with_a_card_goes_first_and_has_one_number(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    for _ in range(2):
        citizen.card()
        citizen.touch("取号，到窗口办")
        citizen.touch("不清楚，帮我安排")
        assert "老年人优先" in citizen.reads()
        citizen.touch("好了")
    (ticket,) = desk.hub.tickets(desk.clock.now().date())
    assert ticket.klass == "elderly"
    assert certno("li_guifang") not in ticket.person_id


def test_a_closed_hall_says_its_own_words(kiosk: Make, desk: TestOffice) -> None:
    desk.hub.close_taking(replace(desk.office.actor, roles=("supervisor",)), "今日号已发完，明早八点半取号")
    citizen = kiosk()
    citizen.touch("取号，到窗口办")
    assert "今日号已发完，明早八点半取号" in citizen.reads()
    assert desk.hub.tickets(desk.clock.now().date()) == ()


# --- the hub is away ------------------------------------------------------------------------------
def test_while_the_hub_is_away_a_spare_number_is_given_and_joins_the_line_later(
    kiosk: Make, desk: TestOffice
) -> None:
    cable = Cable()
    hub = HubBehindCable(desk.hub, cable)
    marks = PeopleMarks(hub, None, desk.office.ports.secrets.blind)
    desk.office = replace(desk.office, ports=replace(desk.office.ports, hub=hub, marks=marks))
    citizen = kiosk()
    giver = citizen.port._giver
    giver.tend()
    cable.whole = False
    citizen.card()
    citizen.touch("取号，到窗口办")
    citizen.touch("不清楚，帮我安排")
    assert "A701" in citizen.reads()
    assert "备用号，断网期间发放" in citizen.reads()
    assert "前面还有" not in citizen.reads()
    assert citizen.ears.said[-1] == "您的号是 A 七 零 一，请取号票。"
    assert desk.hub.tickets(desk.clock.now().date()) == ()
    assert "is_spare=True" in desk.tray.jobs[-1].pdf.decode()
    assert not (desk.folder / "number.pending").exists()
    cable.whole = True
    giver.tend()
    (ticket,) = desk.hub.tickets(desk.clock.now().date())
    assert (ticket.number, ticket.klass, ticket.state) == ("A701", "elderly", TicketState.WAITING)
