"""What goes over the wire: the bodies strangers send and the answers they get."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from counter_app.domain.tickets import Given, LineState, Ticket

# No NUL: PostgreSQL stores none, and no name or reason has one.
Id = Annotated[str, Meta(min_length=1, max_length=128, pattern="^[^\\x00]*$")]
Short = Annotated[str, Meta(max_length=128, pattern="^[^\\x00]*$")]
Words = Annotated[str, Meta(max_length=500, pattern="^[^\\x00]*$")]
MOST_ENVELOPES = 500


class ClerkBody(Struct, frozen=True, kw_only=True):
    """Who pressed, and at which window. Only an enrolled device is believed about roles."""

    no: Short = ""
    name: Short = ""
    window: Short = ""
    roles: Annotated[list[Short], Meta(max_length=8)] = []


class VoucherBody(Struct, frozen=True, kw_only=True):
    """Whose 医保电子凭证 is this? Answered at once; neither kept nor logged."""

    code: Short
    business: Short = ""


class VoucherReply(Struct, frozen=True, kw_only=True):
    """Who a code belongs to, as the platform answered."""

    user_name: str
    id_no: str
    id_type: str = "01"
    ec_token: str = ""
    insu_org: str = ""
    gender: str = ""
    birthday: str = ""


class TakeBody(Struct, frozen=True, kw_only=True):
    """A number, please. `priority` is a class (`elderly` or 老年人); `person` an opaque key.

    `person_was` are keys of the same person by older keys of the hall (/v1/people-keys).
    `needs` are ids of /v1/hall, `booking` an appointment, `seen` the last number of today the asker knows,
    `spare` a number given at `taken_at` while the hub was away. A supervisor's `why` gives one after closing.
    """

    request_id: Id
    group: Short = ""
    priority: Short = ""
    person: Short = ""
    person_was: Annotated[list[Short], Meta(max_length=16)] = []
    note: Words = ""
    needs: Annotated[list[Short], Meta(max_length=16)] = []
    booking: Short = ""
    seen: Short = ""
    spare: Short = ""
    taken_at: datetime | None = None
    why: Words = ""
    clerk: ClerkBody | None = None


class CallBody(Struct, frozen=True, kw_only=True):
    """The next person. `ticket` and `why` call somebody out of order."""

    call_id: Id
    ticket: Short = ""
    why: Words = ""
    clerk: ClerkBody | None = None


class ActBody(Struct, frozen=True, kw_only=True):
    """One verb on one ticket, with what the verb needs.

    transfer: `group` or `window` · promote: `priority` · describe: `needs` and `note` · assist: `helper` ·
    carry: `day` (ISO date) · merge: `into` (the ticket that stays). Reasons are in `why`.
    """

    request_id: Id
    why: Words = ""
    group: Short = ""
    window: Short = ""
    priority: Short = ""
    needs: Annotated[list[Short], Meta(max_length=16)] = []
    note: Words = ""
    helper: Short = ""
    day: Short = ""
    into: Short = ""
    clerk: ClerkBody | None = None


class ArrangeBody(Struct, frozen=True, kw_only=True):
    """Which groups a window serves and helps."""

    request_id: Id
    own: Annotated[list[Short], Meta(max_length=32)] = []
    helps: Annotated[list[Short], Meta(max_length=32)] = []
    why: Words = ""
    clerk: ClerkBody | None = None


class PauseBody(Struct, frozen=True, kw_only=True):
    """Pause a window with a reason; "" opens it, and `note` says why."""

    request_id: Id
    why: Words = ""
    note: Words = ""
    clerk: ClerkBody | None = None


class SendBody(Struct, frozen=True, kw_only=True):
    """A signed package of filings, as docs/ways-in.md describes it."""

    request_id: Id
    package: dict[str, Any]


class ClaimBody(Struct, frozen=True, kw_only=True):
    """A filing for the window that asks."""

    request_id: Id
    filing: Id
    clerk: ClerkBody | None = None


class RateBody(Struct, frozen=True, kw_only=True):
    """A citizen's answer: 1 to 5 (5 = 非常满意), 0 = 未评."""

    request_id: Id
    case_id: Id
    level: Annotated[int, Meta(ge=0, le=5)]
    indicators: Annotated[list[Short], Meta(max_length=32)] = []


class BatchBody(Struct, frozen=True, kw_only=True):
    """Envelopes of one device; each is judged alone, whatever it is.

    An enrolled device signs (`wire.envelope.push_message`), and shows the newest hub epoch it knows; to a
    hub that has less than it had confirmed, also the `head` that hub had signed.
    """

    envelopes: Annotated[list[Any], Meta(max_length=MOST_ENVELOPES)]
    request_id: Short = ""
    device: Short = ""
    hub_epoch: int = 0
    signature: dict[str, Short] = {}
    standing: dict[str, Any] = {}
    head: dict[str, Any] = {}


class TicketShape(Struct, frozen=True, kw_only=True):
    """A ticket. Person, note, needs, helper and reasons are empty for whoever need not know them."""

    id: str
    number: str
    state: str
    window: str
    group: str
    klass: str = field(name="class")
    taken_at: str
    called_at: str | None
    recalls: int
    due_key: int
    person: str = ""
    note: str = ""
    needs: list[str] = []
    helper: str = ""
    why: str = ""
    by: str = ""
    reissues: int = 0
    booking: str = ""


class TakenShape(Struct, frozen=True, kw_only=True):
    """A number with what its holder wants to know."""

    id: str
    number: str
    ahead: int
    wait_low_min: int
    wait_high_min: int
    ticket: TicketShape
    repeated: bool = False


class TicketReply(Struct, frozen=True, kw_only=True):
    """One ticket."""

    ticket: TicketShape


class TicketsReply(Struct, frozen=True, kw_only=True):
    """Tickets of a day in the order they were taken."""

    items: list[TicketShape]


class LineShape(Struct, frozen=True, kw_only=True):
    """How long a window's line is; `longest_ms` is the longest wait now."""

    waiting: int
    priority: int
    longest_ms: int


class ItemsReply(Struct, frozen=True, kw_only=True):
    """A list of plain objects."""

    items: list[dict[str, Any]]


class FeedReply(Struct, frozen=True, kw_only=True):
    """A piece of the case feed. Another epoch than last time: start over from 0."""

    epoch: int
    last: int
    items: list[dict[str, Any]]


class BatchReply(Struct, frozen=True, kw_only=True):
    """One verdict per envelope, in order. `retry_after` > 0: too many at once, nothing was looked at.
    `fenced` > 0: a hub of that epoch has taken over, or this one is a copy from before that nobody has
    raised; nothing was taken in. `left`: the hall gave this device up; what it sent is kept apart and not
    taken. `head`: how far the device's chain is here, signed.
    """

    verdicts: list[dict[str, Any]]
    standing: dict[str, Any] = {}
    head: dict[str, Any] = {}
    retry_after: int = 0
    fenced: int = 0
    left: bool = False


class DoneReply(Struct, frozen=True, kw_only=True):
    """It is done; `repeated` = it had been done before."""

    done: bool = True
    repeated: bool = False


class HealthReply(Struct, frozen=True, kw_only=True):
    """The hub is there and its database answers."""

    ok: bool
    version: str
    database: str


class ProblemShape(Struct, frozen=True, kw_only=True):
    """One refusal, in the words a clerk reads."""

    code: str
    title: str
    cause: str
    advice: str
    retry: bool
    where: str


class ProblemsReply(Struct, frozen=True, kw_only=True):
    """Why something was refused."""

    problems: list[ProblemShape]


def ticket_shape(ticket: Ticket, *, whole: bool) -> TicketShape:
    """A ticket for the wire; `whole` with the person's key and note."""
    return TicketShape(
        id=ticket.ticket_id,
        number=ticket.number,
        state=str(ticket.state),
        window=ticket.window,
        group=ticket.group,
        klass=str(ticket.klass),
        taken_at=ticket.taken_at.isoformat(),
        called_at=ticket.called_at.isoformat() if ticket.called_at is not None else None,
        recalls=ticket.recalls,
        due_key=ticket.due_key,
        **(_private(ticket) if whole else {}),
    )


def _private(ticket: Ticket) -> dict[str, Any]:
    return {
        "person": ticket.person_id,
        "note": ticket.note,
        "needs": list(ticket.needs),
        "helper": ticket.helper,
        "why": ticket.why,
        "by": ticket.by,
        "reissues": ticket.reissues,
        "booking": ticket.booking,
    }


def taken_shape(given: Given, *, whole: bool) -> TakenShape:
    """A fresh number for the wire."""
    return TakenShape(
        id=given.ticket.ticket_id,
        number=given.ticket.number,
        ahead=given.ahead,
        wait_low_min=given.low_min,
        wait_high_min=given.high_min,
        ticket=ticket_shape(given.ticket, whole=whole),
        repeated=given.repeated,
    )


def line_shape(line: LineState) -> LineShape:
    """The line for the wire."""
    return LineShape(waiting=line.waiting, priority=line.priority, longest_ms=line.longest_ms)
