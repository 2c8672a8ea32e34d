"""Giving a number: a number counts only with its paper, or with the screen showing and saying it.

Before the hub is asked, the id of the question lies in a file of the data folder; it is taken away when
the number counts. Found there at a start, the power went in between: the number is cancelled.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from counter_app.domain.people import Person
from counter_app.domain.ticket_slip import TicketSlip, slip_of
from counter_app.domain.tickets import TicketClass, class_for_age
from counter_app.problems import Problem
from counter_app.services.elders import elder_age
from counter_app.services.number_line import NumberLine
from counter_app.services.office import Office
from counter_app.services.spare_numbers import SpareNumbers, Wish
from counter_app.services.spoken_tongue import tongue_of_ticket, wish_of
from counter_app.services.visit import Visit

PENDING = "number.pending"  # holds one request id and nothing about anybody
FLAGS = {
    "disabled": TicketClass.DISABLED,
    "pregnant": TicketClass.MATERNITY,
    "veteran": TicketClass.MILITARY,
    "senior": TicketClass.ELDERLY,
}


@dataclass(frozen=True, slots=True)
class About:
    """Why somebody may be called earlier, and the mark by which one person has one waiting number.

    `certno` is what the mark is made of; it stays on this machine.
    """

    klass: str = ""
    person: str = ""
    certno: str = field(default="", repr=False)


class NumberGiver:
    """Takes numbers of the hub for whoever stands at a kiosk, and prints them."""

    def __init__(self, office: Office, folder: Path) -> None:
        self._office = office
        self._memo = folder / PENDING
        self._groups: tuple[tuple[str, str], ...] = ()
        holder = f"自助终端 {office.window}".strip()
        spares = SpareNumbers(folder, holder, office.now, office.new_id)
        self._line = NumberLine(office.ports.hub, office.ports.marks, spares)

    def groups(self) -> tuple[tuple[str, str], ...]:
        """Code and name of every group people choose from. Raises Problem `hub-away`, `line-closed`."""
        self._groups = self._line.groups()
        return self._groups

    def tend(self) -> None:
        """Tell of spare numbers that were given, fetch new ones; for a lane nobody waits for."""
        self._line.tend()

    def about(self, visit: Visit) -> About:
        """What is known of whoever is here; nobody need be."""
        person = next((p.person for p in visit.state.principals if p.person and p.evidence), None)
        if person is None:
            return About()
        return About(
            self.klass_of(person), next(iter(self._office.marks_of(person.certno)), ""), person.certno
        )

    def klass_of(self, person: Person) -> str:
        """Why this person may be called earlier: by what the snapshot says, else by the region's age."""
        for flag, klass in FLAGS.items():
            if flag in person.flags:
                return klass.value
        limit = elder_age(self._office.region, self._office.today())
        age = person.age(self._office.today())
        klass = class_for_age(age, limit) if age is not None else TicketClass.ORDINARY
        return "" if klass is TicketClass.ORDINARY else klass.value

    def give(self, group: str, about: About, tongue: str = "") -> TicketSlip:
        """Ask the hub, or give a spare number. Raises Problem `line-closed`, `group-unknown`, `hub-away`."""
        needs, note = wish_of(tongue)
        request = self._office.new_id()
        self._remember(request)
        marks = (about.person,) if about.person else ()
        try:
            given = self._line.give(request, Wish(group, about.klass, marks, needs, note), about.certno)
        except Problem:
            self.counts(request)  # nothing was given
            raise
        return self.slip(request, given)

    def slip(self, request: str, given: Any) -> TicketSlip:
        """What stands on the paper of a number."""
        office = self._office
        hall = office.hall_name or office.region.agency.get("hall", "")
        group = dict(self._groups).get(given.ticket.group, "")
        is_demo = office.ports.storage.is_synthetic()
        slip = slip_of(request, given, hall, group, office.now().tzinfo, is_demo)
        return replace(slip, tongue=tongue_of_ticket(given.ticket, office.tongues))

    def printed(self, slip: TicketSlip) -> None:
        """Print it; then it counts. Raises Fault, Problem `font-missing`."""
        self._office.ports.devices.print(self._office.ports.documents.ticket(slip))
        self.counts(slip.request_id)

    def counts(self, request: str) -> None:
        """The number counts from now on, by paper or by screen."""
        if self._memo.exists() and self._memo.read_text("ascii") == request:
            self._memo.unlink(missing_ok=True)

    def take_back(self) -> None:
        """At a start: a number that nobody was ever told is cancelled. Away: tried at the next start."""
        if not self._memo.exists():
            return
        request = self._memo.read_text("ascii")
        if self._line.take_back(request):
            self._memo.unlink(missing_ok=True)
            return
        hub: Any = self._office.ports.hub
        try:
            given = hub.taken(request)
            hub.act(given.ticket.ticket_id, "cancel", f"{request}-back", self._office.actor, "未出号票")
        except Problem as problem:
            if problem.code == "hub-away":
                return
        self._memo.unlink(missing_ok=True)

    def _remember(self, request: str) -> None:
        handle = os.open(self._memo, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(request)
            file.flush()
            os.fsync(file.fileno())
