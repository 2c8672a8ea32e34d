"""What the guide desk may know: numbers, their stories, calls for help, lists of materials. Nobody's name."""

from __future__ import annotations

from counter_app.domain.tickets import Ticket
from counter_app.domain.value import Value


class GuideRow(Value, frozen=True):
    """One number of today. `waits` are whole minutes since it was taken, of one that still waits."""

    ticket: Ticket
    taken: str  # HH:MM
    waits: int | None = None


class StoryLine(Value, frozen=True):
    """One thing that happened to a number: when (HH:MM:SS), what, who, where, why."""

    at: str
    what: str
    who: str = ""
    window: str = ""
    why: str = ""


class HelpCall(Value, frozen=True):
    """Somebody rang: where, when (HH:MM), and at what."""

    place: str
    at: str
    about: str = ""


class HallNow(Value, frozen=True):
    """The hall at one moment."""

    rows: tuple[GuideRow, ...] = ()
    calls: tuple[HelpCall, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    closed: str = ""  # why no numbers are given, "" when they are
    waiting: int = 0
    outage: str = ""  # what was announced, "" when nothing is


class Wanted(Value, frozen=True):
    """One material of a matter. `has` is what the person shows: True, False, None = not asked yet."""

    name: str
    form: str = ""
    ease: str = ""  # what can stand for it, in words
    has: bool | None = None


class Matter(Value, frozen=True):
    """One type somebody may come for."""

    code: str
    title: str
    hint: str = ""
