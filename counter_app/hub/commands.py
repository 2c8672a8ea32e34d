"""What can be asked of the hub: one frozen value each. `at` is aware; every one names its hall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from counter_app.catalog.holidays import Holidays, shipped
from counter_app.domain.follow_ups import Terms
from counter_app.domain.life import Wish
from counter_app.domain.value import Value
from counter_app.queueing.pace import Pace
from counter_app.queueing.rules import Rules
from counter_app.seals.hub_identity import HubIdentity


class Take(Value, frozen=True):
    """A number, please. Idempotent by `request_id`; `person` is an opaque key or "".

    `booking` is an appointment to be kept (a person's own of today is found without it). `seen` is the
    last number of today the asker saw: a hub that lost its store counts on from there. `spare` is a
    number given at `taken_at` while the hub was away. A supervisor with a reason (`why`) may give one
    after closing. `pace` lets the hub say when the day is full. `was` are marks of the same person by
    older keys of the hall. `rules` are the hall's as the asker knows them (`early`).
    """

    hall: str
    at: datetime
    request_id: str
    group: str = ""
    klass: str = ""
    person: str = ""
    note: str = ""
    needs: str = ""
    booking: str = ""
    seen: str = ""
    spare: str = ""
    taken_at: datetime | None = None
    why: str = ""
    pace: Pace | None = None
    was: tuple[str, ...] = ()
    rules: Rules | None = None


class Book(Value, frozen=True):
    """An appointment for a group; `person` is an opaque key or "". Idempotent by `request_id`."""

    hall: str
    at: datetime
    request_id: str
    start: datetime
    group: str = ""
    klass: str = ""
    person: str = ""
    needs: str = ""
    note: str = ""


class Unbook(Value, frozen=True):
    """An appointment that will not be kept."""

    hall: str
    at: datetime
    booking_id: str


class Spare(Value, frozen=True):
    """Numbers set aside for `holder`, to be given while the hub is away. Idempotent by `request_id`."""

    hall: str
    at: datetime
    request_id: str
    group: str
    count: int
    holder: str


@dataclass(frozen=True, slots=True)
class Say:
    """A word for the whole hall: help asked, outage, cover, emergency. Idempotent by `request_id`."""

    hall: str
    at: datetime
    request_id: str
    kind: str
    text: str = ""
    window: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


class EndDay(Value, frozen=True):
    """The windows stop: who still waits is let go with a reason, who is served is put aside."""

    hall: str
    at: datetime
    why: str


class Call(Value, frozen=True):
    """The next person for a window. `ticket_id` calls somebody out of order (supervisor, with `why`).

    `lanes` are those the window had when it called last (`early`).
    """

    hall: str
    at: datetime
    window: str
    call_id: str
    ticket_id: str = ""
    why: str = ""
    lanes: tuple[str, ...] = ()


class Act(Value, frozen=True):
    """One verb on one ticket (`queueing.verbs.NAMES`); `to` is where, what or whom, by the verb."""

    hall: str
    at: datetime
    ticket_id: str
    verb: str
    request_id: str
    why: str = ""
    to: str = ""


class Look(Value, frozen=True):
    """How long is the line for this window? Asking is the window's sign of life."""

    hall: str
    at: datetime
    window: str


class Arrange(Value, frozen=True):
    """Which groups a window serves and helps, and why; no group at all means every one."""

    hall: str
    at: datetime
    window: str
    own: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    why: str = ""


class Pause(Value, frozen=True):
    """Pause a window with a reason; "" opens it again, `note` says why."""

    hall: str
    at: datetime
    window: str
    why: str = ""
    note: str = ""


class Close(Value, frozen=True):
    """No more numbers, and what the kiosk says; "" takes numbers again."""

    hall: str
    at: datetime
    why: str = ""


class Day(Value, frozen=True):
    """The tickets of one day, or of every day; only of a number or a person where one is named."""

    hall: str
    day: date | None
    number: str = ""
    person: str = ""


class Accept(Value, frozen=True):
    """Envelopes of a device. Each is judged alone; none waits behind another.

    `foreign` are stores that belong to somebody else: their records are set aside, not taken in.
    """

    hall: str
    at: datetime
    envelopes: Sequence[Mapping[str, Any]]
    foreign: frozenset[str] = frozenset()
    identity: HubIdentity | None = None  # opens the reference data facts are compared with


class Feed(Value, frozen=True):
    """What happened to cases after a place in the feed, in commit order."""

    hall: str
    after: int = 0
    limit: int = 500


@dataclass(frozen=True, slots=True)
class Rate:
    """One answer of a citizen for one case: 1 to 5 (5 = 非常满意), or 0 for 未评."""

    hall: str
    at: datetime
    request_id: str
    case_id: str
    level: int
    indicators: tuple[str, ...] = ()
    terms: Terms = field(default_factory=Terms)
    calendar: Holidays = field(default_factory=shipped)


class Opened(Value, frozen=True):
    """Somebody opens what is masked in a case. Idempotent by `look_id`."""

    hall: str
    at: datetime
    case_id: str
    look_id: str
    what: str


class Cover(Value, frozen=True):
    """Boxes over parts of a page (`domain.laid`). Idempotent by `request_id`."""

    hall: str
    at: datetime
    case_id: str
    request_id: str
    page: str
    boxes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a case's life. Idempotent by `wish.id`."""

    hall: str
    at: datetime
    case_id: str
    wish: Wish
    calendar: Holidays = field(default_factory=shipped)


@dataclass(frozen=True, slots=True)
class Work:
    """What lies on a desk ("" = on every one), by nearest deadline; lights are read on `day`."""

    hall: str
    day: date
    desk: str = ""
    limit: int = 200
    calendar: Holidays = field(default_factory=shipped)


@dataclass(frozen=True, slots=True)
class Whole:
    """One case with its life, by id or printed number; lights are read on `day`."""

    hall: str
    day: date
    case_id: str
    calendar: Holidays = field(default_factory=shipped)


class Send(Value, frozen=True):
    """A signed package of filings for the desks of a hall."""

    hall: str
    at: datetime
    request_id: str
    package: Mapping[str, Any]


class Packages(Value, frozen=True):
    """Packages after a number, in commit order."""

    hall: str
    after: int = 0
    limit: int = 50


class Claim(Value, frozen=True):
    """A window takes a filing, and nobody else does while it is at it; or it gives one back."""

    hall: str
    at: datetime
    filing_id: str
    window: str


class Invite(Value, frozen=True):
    """A code by which one device may join, as `role`, at `window`, for one `clerk` behind the counter."""

    hall: str
    at: datetime
    role: str
    window: str = ""
    name: str = ""
    clerk: str = ""


class Enrol(Value, frozen=True):
    """A device that joins with a code. `public_key` (Ed25519) and `signature` are base64url."""

    hall: str
    at: datetime
    code: str
    public_key: str
    signature: str
    name: str = ""


class Revoke(Value, frozen=True):
    """A device that leaves, with the reason."""

    hall: str
    at: datetime
    device: str
    why: str
