"""Tickets as the hub knows them and the desk shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One number in the line. `klass` is the priority class (`普通`… by code), `note` travels along."""

    ticket_id: str
    number: str
    group: str
    klass: str
    state: TicketState
    taken_at: datetime
    due_key: int = 0
    window: str = ""
    called_at: datetime | None = None
    recalls: int = 0
    person_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LineState:
    """What the top bar says about the line. `longest_ms` is the longest wait now, in ms."""

    waiting: int = 0
    priority: int = 0
    longest_ms: int = 0
