"""Two machines of a hall that joined it: one number per person, and numbers while the hub is away."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.actor import Actor
from counter_app.hub.local import LocalHub
from counter_app.hub.server import serving
from counter_app.problems import Problem
from counter_app.seals.people import from_plain
from counter_app.services.number_line import NumberLine
from counter_app.services.people_marks import KEYS_FILE, PeopleMarks
from counter_app.services.spare_numbers import ENOUGH, FILE, SpareNumbers, Wish
from counter_app.sync.member import join
from tests.fakes.office import certno
from tests.hub.stores import HALL, RULES, HandClock, clerk

PROGRAM = Actor("", "", ("system",))
SOMEBODY = certno("li_guifang")


class Cut:
    """A network that can be cut: before a question leaves, or after it has arrived."""

    def __init__(self, hub: Any) -> None:
        self.hub, self.is_cut, self.loses_replies = hub, False, False

    def __getattr__(self, name: str) -> Any:
        if self.is_cut:
            raise Problem("hub-away", "hub")
        found = getattr(self.hub, name)
        return self._losing(found) if self.loses_replies and name == "taken" else found

    def _losing(self, call: Any) -> Any:
        def asked(*given: Any, **more: Any) -> Any:
            call(*given, **more)
            self.is_cut = True
            raise Problem("hub-away", "hub")

        return asked


@dataclass
class Machine:
    """One machine's own folder, its way to the hub, and how it gives numbers."""

    folder: Path
    hub: Cut
    clock: HandClock
    ids: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))

    def __post_init__(self) -> None:
        self.again()

    def again(self) -> None:
        """As after a start: nothing is known but what lies in the folder."""
        name = self.folder.name
        self.spares = SpareNumbers(self.folder, name, self.clock.now, lambda: f"{name}-{next(self.ids)}")
        self.line = NumberLine(self.hub, PeopleMarks(self.hub, self.folder), self.spares)

    def give(self, request: str, person: str = "", group: str = "", klass: str = "") -> Any:
        return self.line.give(f"{self.folder.name} {request}", Wish(group, klass), person)


@dataclass
class Hall:
    """A hub over HTTP, and two machines that enrolled."""

    hub: LocalHub
    clock: HandClock
    kiosk: Machine
    guide: Machine

    def waiting(self) -> list[str]:
        return [t.number for t in self.hub.tickets(self.clock.at.date()) if t.state == "waiting"]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    clock = HandClock()
    (tmp_path / "hub").mkdir()
    hub = LocalHub(tmp_path / "hub", bytes(32), HALL, clock, RULES)
    with ExitStack() as stack:
        stack.callback(hub.close)
        served = stack.enter_context(serving({HALL: hub}))
        made = []
        for role in ("kiosk", "guide"):
            member = join(tmp_path / role, served.url, hub.invite(role, PROGRAM))
            remote = member.connect()
            stack.callback(remote.close)
            made.append(Machine(tmp_path / role, Cut(remote), clock))
        yield Hall(hub, clock, *made)


def test_a_card_at_the_kiosk_and_a_number_typed_at_the_guide_desk_are_one_person(hall: Hall) -> None:
    given = hall.kiosk.give("1", SOMEBODY)
    again = hall.guide.give("1", f" {SOMEBODY.lower()} ")
    assert (again.ticket.number, again.repeated) == (given.ticket.number, True)
    assert hall.guide.give("2", certno("wang_min")).ticket.number == "A002"
    assert hall.guide.give("3").ticket.number == "A003"
    assert hall.waiting() == ["A001", "A002", "A003"]


def test_the_hub_never_learns_the_number_and_no_file_shows_the_key(hall: Hall) -> None:
    ticket = hall.kiosk.give("1", SOMEBODY).ticket
    kept = hall.hub.ticket(ticket.ticket_id)
    assert kept is not None
    assert kept.person_id.startswith("p1.")
    keys = hall.guide.folder / KEYS_FILE  # it came with the enrolment: nothing has been asked since
    assert keys.stat().st_mode & 0o777 == 0o600
    assert SOMEBODY not in keys.read_text()


def test_when_a_device_leaves_the_key_is_renewed_and_who_waits_is_still_one_person(hall: Hall) -> None:
    given = hall.kiosk.give("1", SOMEBODY)
    lost = next(one["id"] for one in hall.hub.devices() if one["role"] == "kiosk")
    for _ in range(2):  # revoking twice renews once
        hall.hub.revoke_device(lost, PROGRAM, "lost")
    assert sorted(hall.hub.people_keys().keys) == [1, 2]
    # The guide desk still makes marks by the old key: the hub says so, it fetches the new one and asks again.
    again = hall.guide.give("1", SOMEBODY)
    assert (again.ticket.number, again.repeated) == (given.ticket.number, True)
    kept = [from_plain(json.loads((m.folder / KEYS_FILE).read_text())) for m in (hall.kiosk, hall.guide)]
    assert [sorted(keys.keys) for keys in kept] == [[1], [1, 2]]
    newcomer = hall.guide.give("2", certno("wang_min")).ticket
    assert newcomer.number == "A002"
    found = hall.hub.ticket(newcomer.ticket_id)
    assert found is not None
    assert found.person_id.startswith("p2.")
    hall.clock.pass_(days=32)
    assert sorted(hall.hub.people_keys().keys) == [2]


def test_a_machine_that_never_met_a_hub_uses_its_own_key() -> None:
    class Offline:
        def online(self) -> bool:
            return False

    marks = PeopleMarks(Offline(), None, lambda number: f"own {number[-4:]}")
    assert marks.of(SOMEBODY) == (f"own {SOMEBODY[-4:]}",)
    assert marks.of("") == ()


# --- while the hub is away ------------------------------------------------------------------------
def test_spare_numbers_are_given_while_the_hub_is_away_and_told_when_it_is_back(hall: Hall) -> None:
    hall.kiosk.line.tend()
    assert hall.kiosk.give("0").ticket.number == "A001"
    hall.kiosk.hub.is_cut = True
    assert [code for code, _ in hall.kiosk.line.groups()] == ["general", "benefit"]
    hall.clock.pass_(minutes=1)
    given = hall.kiosk.give("1", SOMEBODY, klass="elderly")
    assert (given.ticket.number, given.is_spare) == ("A701", True)
    assert hall.kiosk.give("2", SOMEBODY).ticket.number == "A701"  # one person, one number
    hall.clock.pass_(minutes=1)
    assert hall.kiosk.give("3", group="benefit").ticket.number == "B701"
    hall.clock.pass_(minutes=9)
    hall.hub.take("meanwhile")
    hall.kiosk.line.tend()  # still away: nothing is lost
    hall.kiosk.hub.is_cut = False
    hall.kiosk.line.tend()
    assert hall.waiting() == ["A001", "A701", "B701", "A002"]  # each where its moment puts it
    told = hall.hub.find(hall.clock.at.date(), "A701")[0]
    assert (told.klass, told.ticket_id) == ("elderly", given.ticket.ticket_id)
    called = hall.hub.call("1", "c1", clerk("1"))
    assert called is not None
    assert called.number == "A701"
    assert hall.guide.give("1", SOMEBODY).ticket.number == "A701"
    hall.kiosk.line.tend()
    assert (hall.kiosk.spares.untold, len(hall.kiosk.spares.free("general"))) == (0, ENOUGH - 1)


def test_a_block_is_one_machines_own_and_survives_a_start(hall: Hall) -> None:
    for machine in (hall.kiosk, hall.guide):
        machine.line.tend()
        machine.hub.is_cut = True
        machine.line.groups()
    numbers = []
    for nth in range(4):
        for machine in (hall.kiosk, hall.guide):
            machine.again()  # killed at any moment: the file is the old whole or the new whole
            machine.line.groups()
            numbers.append(machine.give(str(nth)).ticket.number)
    assert len(set(numbers)) == 8
    for machine in (hall.kiosk, hall.guide):
        machine.again()
        machine.hub.is_cut = False
        machine.line.tend()
    assert sorted(hall.waiting()) == sorted(numbers)
    assert hall.hub.totals(hall.clock.at.date())["gaps"] == []


def test_when_the_block_is_used_up_nobody_gets_a_number(hall: Hall) -> None:
    hall.kiosk.line.tend()
    hall.kiosk.hub.is_cut = True
    hall.kiosk.line.groups()
    assert len({hall.kiosk.give(str(nth)).ticket.number for nth in range(ENOUGH)}) == ENOUGH
    with pytest.raises(Problem, match="hub-away"):
        hall.kiosk.give("one too many")


def test_a_lost_reply_leaves_no_second_number_in_the_line(hall: Hall) -> None:
    hall.kiosk.line.tend()
    hall.kiosk.line.groups()
    hall.kiosk.hub.loses_replies = True
    given = hall.kiosk.give("1", SOMEBODY)
    assert (given.ticket.number, hall.waiting()) == ("A701", ["A001"])
    hall.kiosk.hub.loses_replies = hall.kiosk.hub.is_cut = False
    hall.kiosk.again()
    hall.kiosk.line.tend()
    assert hall.waiting() == ["A701"]


def test_a_lost_reply_to_asking_for_numbers_or_telling_them_costs_none(hall: Hall) -> None:
    fetched: list[str] = []

    class Deaf(Cut):
        def set_aside(self, *given: Any) -> Any:
            fetched.extend(self.hub.set_aside(*given))
            raise Problem("hub-away", "hub")

    whole = hall.kiosk.hub
    hall.kiosk.hub = Deaf(whole.hub)
    hall.kiosk.again()
    hall.kiosk.line.tend()
    hall.kiosk.hub = whole
    hall.kiosk.again()
    hall.kiosk.line.tend()
    assert list(hall.kiosk.spares.free("general")) == fetched
    whole.is_cut = True
    hall.kiosk.line.groups()
    hall.kiosk.give("1")
    whole.is_cut, whole.loses_replies = False, True
    hall.kiosk.line.tend()
    assert hall.kiosk.spares.untold == 1
    whole.is_cut = whole.loses_replies = False
    hall.kiosk.line.tend()
    assert (hall.kiosk.spares.untold, hall.waiting()) == (0, ["A701"])


def test_a_number_nobody_was_told_is_neither_reported_nor_given_again(hall: Hall) -> None:
    hall.kiosk.line.tend()
    hall.kiosk.hub.is_cut = True
    hall.kiosk.line.groups()
    hall.kiosk.give("1")
    hall.kiosk.again()
    assert hall.kiosk.line.take_back("kiosk 1")
    assert not hall.kiosk.line.take_back("kiosk 1")
    hall.kiosk.line.groups()
    assert hall.kiosk.give("2").ticket.number == "A702"
    hall.kiosk.hub.is_cut = False
    hall.kiosk.line.tend()
    assert hall.waiting() == ["A702"]


def test_after_midnight_no_number_of_yesterday_is_given_and_those_given_are_told(hall: Hall) -> None:
    hall.kiosk.line.tend()
    hall.clock.pass_(hours=14, minutes=59)
    hall.kiosk.hub.is_cut = True
    hall.kiosk.line.groups()
    yesterday = hall.clock.at.date()
    assert hall.kiosk.give("1").ticket.number == "A701"
    hall.clock.pass_(minutes=2)
    with pytest.raises(Problem, match="hub-away"):
        hall.kiosk.line.groups()
    with pytest.raises(Problem, match="hub-away"):
        hall.kiosk.give("2")
    hall.kiosk.hub.is_cut = False
    hall.kiosk.line.tend()
    assert [t.number for t in hall.hub.tickets(yesterday)] == ["A701"]
    assert next(iter(hall.kiosk.spares.free("general"))) == "A701"  # of today's block
    assert hall.kiosk.give("3").ticket.number == "A001"


def test_no_spare_numbers_while_the_hall_gives_none(hall: Hall) -> None:
    hall.kiosk.line.tend()
    hall.hub.close_taking(PROGRAM, "今日号已取完。")
    hall.kiosk.line.tend()
    hall.kiosk.hub.is_cut = True
    with pytest.raises(Problem, match="line-closed") as refusal:
        hall.kiosk.line.groups()
    assert refusal.value.cause == "今日号已取完。"
    with pytest.raises(Problem, match="line-closed"):
        hall.kiosk.give("1")


def test_a_number_the_hub_does_not_know_rings_the_guide_desk(hall: Hall, expect_log: Any) -> None:
    hall.kiosk.line.tend()
    hall.kiosk.hub.is_cut = True
    hall.kiosk.line.groups()
    hall.kiosk.give("1")
    text = (hall.kiosk.folder / FILE).read_text("utf-8")
    (hall.kiosk.folder / FILE).write_text(text.replace("A701", "A999"), "utf-8")
    hall.kiosk.again()
    hall.kiosk.hub.is_cut = False
    expect_log("spare number A999 could not be told: number-spare")
    hall.kiosk.line.tend()
    [call] = hall.hub.said(hall.clock.at.date(), "help.asked")
    assert (call["window"], call["why"]) == ("kiosk", "备用号 A999 未能登记，请为群众补号")
    assert hall.kiosk.spares.untold == 0


def test_a_broken_file_is_said_and_not_forgotten(hall: Hall) -> None:
    (hall.kiosk.folder / FILE).write_text("{", "ascii")
    with pytest.raises(Problem, match="spare-file"):
        hall.kiosk.again()


GIVES = """
import sys
from datetime import datetime
from itertools import count
from pathlib import Path
from counter_app.services.spare_numbers import SpareNumbers, Wish

moment = datetime.fromisoformat(sys.argv[2])
spares = SpareNumbers(Path(sys.argv[1]), "kiosk", lambda: moment, lambda: "unused")
for nth in count():
    given = spares.give(f"{sys.argv[3]} {nth}", Wish("general"))
    if given is None:
        break
    print(given.ticket.number, flush=True)
"""


def test_killed_while_it_gives_no_number_is_given_twice_or_forgotten(hall: Hall) -> None:
    hall.kiosk.line.tend()
    said: list[str] = []
    for run in range(3):
        told = [sys.executable, "-c", GIVES, str(hall.kiosk.folder), hall.clock.at.isoformat(), str(run)]
        with subprocess.Popen(told, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said += [process.stdout.readline().strip() for _ in range(4)]
            process.kill()
            said += [line.strip() for line in process.stdout if line.endswith("\n")]
    assert len(set(said)) == len(said) >= 12
    hall.kiosk.again()
    hall.kiosk.line.tend()
    assert set(said) <= set(hall.waiting())
