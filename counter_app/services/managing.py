"""The manager's place of work: a hub, a person, the names of things; no store of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from counter_app.domain.actor import Actor
from counter_app.domain.follow_ups import ACTS, FOLLOW_UP_NAMES, FollowUpState
from counter_app.domain.ids import new_id
from counter_app.domain.ratings import LEVELS
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services import review
from counter_app.services.hall.exceptions import ExceptionRow, exception_row
from counter_app.services.hall.floor import FloorView, floor_view
from counter_app.services.hall.held_rows import HeldRow, held_row
from counter_app.services.hall.messages import MessageRow, message_row
from counter_app.services.hall.orders import Offer, Order
from counter_app.services.hall.tables import HallTable, span_of, tables
from counter_app.services.hall_port import Hall
from counter_app.services.ports import Clock
from counter_app.services.review_view import WorkRow

MOST_WORK = 1000
NEAR_DAYS = 1  # a case whose last day is this near is shown with the overdue ones


class ManageHub(Hall, Protocol):
    """What of a hub a manager needs beyond `Hall`. Raises Problem (`hub-away` when it cannot be reached)."""

    def statistics(self, first: date, last: date) -> Mapping[str, Any]:
        """The sums of a span."""

    def shifts(self, day: date) -> Sequence[Mapping[str, Any]]:
        """The shifts of a day."""

    def plan_shift(
        self,
        request_id: str,
        day: date,
        window: str,
        clerk: str,
        name: str,
        start: str,
        end: str,
        actor: Actor,
        why: str = "",
    ) -> bool:
        """Plan a shift."""

    def drop_shift(self, request_id: str, day: date, shift: str, actor: Actor, why: str) -> bool:
        """Take a shift back."""

    def bad_answers(self) -> Sequence[Mapping[str, Any]]:
        """Bad ratings that are not answered yet."""

    def answer_bad(self, follow_up: str, act: str, request_id: str, actor: Actor, note: str) -> None:
        """One step towards answering one."""

    def exceptions(self, open_only: bool = True) -> Sequence[Mapping[str, Any]]:
        """Records that do not fit others, to be settled by a person."""

    def held_records(self, event_id: str) -> Sequence[Mapping[str, Any]]:
        """What a lost device sent, masked."""

    def settle_exception(self, event_id: str, code: str, way: str, why: str, actor: Actor) -> bool:
        """Say how one was settled."""

    def messages(self, open_only: bool = True) -> Sequence[Mapping[str, Any]]:
        """Messages to the core platform that are not done or settled."""

    def order_message(self, errand_id: str, act: str, request_id: str, actor: Actor, why: str = "") -> bool:
        """`ask`, `resend` or `settle` one of them."""

    def close(self) -> None:
        """Let go of the connection of this thread."""


class ShiftRow(Value, frozen=True):
    """One shift of a day."""

    id: str
    window: str
    clerk: str
    name: str
    start: str
    end: str
    by: str
    why: str


class BadRow(Value, frozen=True):
    """One bad rating on its way to being answered. The clerk it was about is not named."""

    id: str
    number: str
    level: str
    reasons: str
    state: str
    due: str
    is_late: bool
    next_act: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Managing:
    """The verbs of a hall's manager; each may take as long as the hub does.

    `types` are names by type id; `write` puts tables into a file (.xlsx).
    """

    hub: ManageHub
    actor: Actor
    clock: Clock
    types: Mapping[str, str]
    write: Callable[[Sequence[HallTable], Path], None]
    names: dict[str, str] = field(default_factory=dict)

    def new_request(self) -> str:
        """An id by which an order that is sent again counts once."""
        return new_id(int(self.clock.now().timestamp() * 1000))

    def today(self) -> date:
        """The hall's day."""
        return self.clock.now().date()

    # --- looking ------------------------------------------------------------------------------
    def floor(self) -> FloorView:
        """The live hall."""
        status = self.hub.status()
        self.names.update({str(group["id"]): str(group["name"]) for group in status["groups"]})
        now = self.clock.now()
        return floor_view(status, self.hub.windows(), self.hub.tickets(self.today()), now)

    def shifts(self, day: date) -> tuple[ShiftRow, ...]:
        """Who sits where on a day."""
        names = ("id", "window", "clerk", "name", "start", "end", "by", "why")
        return tuple(ShiftRow(*(str(one[name]) for name in names)) for one in self.hub.shifts(day))

    def overdue(self) -> tuple[WorkRow, ...]:
        """Cases whose last day has passed or is near, the nearest first."""
        rows = (review.work_row(one, self.actor) for one in self.hub.work("", MOST_WORK))
        near = [row for row in rows if any(_is_near(light) for light in (row.promised, row.statutory))]
        return tuple(sorted(near, key=review.urgency))

    def bad_answers(self) -> tuple[BadRow, ...]:
        """Bad ratings to be answered, late ones first."""
        found = [_bad(one) for one in self.hub.bad_answers()]
        return tuple(sorted(found, key=lambda row: (not row.is_late, row.due)))

    def exceptions(self) -> tuple[ExceptionRow, ...]:
        """What did not fit when records came in, the oldest first."""
        return tuple(exception_row(one, self.types) for one in self.hub.exceptions())

    def held(self, exception_id: str) -> tuple[HeldRow, ...]:
        """What a lost device sent (`event|code` of its exception), to be held against the papers."""
        found = self.hub.held_records(exception_id.rpartition("|")[0])
        return tuple(held_row(one, self.types) for one in found)

    def messages(self) -> tuple[MessageRow, ...]:
        """What the core platform should have and has not confirmed, the oldest first."""
        return tuple(message_row(one, self.types) for one in self.hub.messages())

    def statistics(self, span: str) -> tuple[HallTable, ...]:
        """Every table of a span (`hall.tables.SPANS`)."""
        first, last = span_of(span, self.today())
        return tables(self.hub.statistics(first, last), self.types, self.names)

    # --- ordering -----------------------------------------------------------------------------
    def carry_out(self, order: Order, offer: Offer) -> None:
        """Carry an order out, once per request. Raises Problem (`reason-needed` and the hub's own)."""
        if offer.blocked:
            raise Problem("state-wrong", "act", offer.blocked)
        if offer.needs_why and not order.why.strip():
            raise Problem("reason-needed", "why", offer.name)
        if offer.choices and not offer.many and not order.values:
            raise Problem("choice-needed", "values", offer.name)
        _ACTS[order.act](self, order, offer)

    def export(self, found: Sequence[HallTable], file: Path) -> None:
        """Write tables as .xlsx. Raises Problem `sheet-write`."""
        self.write(found, file)


def shift_words(words: str) -> tuple[str, str, str, str, str]:
    """`3 0317 陈静 08:30-12:00` in parts: window, 工号, name, from, until. Raises Problem `shift-words`."""
    parts = words.replace("—", "-").replace("–", "-").replace("至", "-").replace("：", ":").split()
    if len(parts) != 4 or parts[3].count("-") != 1:
        raise Problem("shift-words", "words", words.strip())
    start, end = (_clock(one) for one in parts[3].split("-"))
    return parts[0], parts[1], parts[2], start, end


def _clock(text: str) -> str:
    return f"0{text}" if len(text) == 4 and text[1] == ":" else text


def _is_near(light: Any) -> bool:
    return light.light in ("red", "yellow") or (bool(light.light) and light.left <= NEAR_DAYS)


def _bad(plain: Mapping[str, Any]) -> BadRow:
    state = FollowUpState(str(plain["state"]))
    step = next((act for act, (before, _) in ACTS.items() if before is state), "")
    due = plain["call_back_by"] if state is FollowUpState.OPEN else plain["mend_by"]
    return BadRow(
        str(plain["id"]),
        str(plain["number"]) or str(plain["case_id"])[:8],
        LEVELS.get(int(plain["level"]), str(plain["level"])),
        "、".join(map(str, plain["indicators"])) or "未选原因",
        FOLLOW_UP_NAMES[state],
        str(due),
        bool(plain["overdue"]),
        step,
        str(plain["said"] or plain["fix"] or ""),
    )


# --- what each order does ---------------------------------------------------------------------------
def _pause(place: Managing, order: Order, offer: Offer) -> None:
    place.hub.pause(order.subject, place.actor, order.why)


def _open(place: Managing, order: Order, offer: Offer) -> None:
    place.hub.pause(order.subject, place.actor, "", order.why)


def _regroup(place: Managing, order: Order, offer: Offer) -> None:
    """The other half of an arrangement stays as it is."""
    row = next((one for one in place.floor().windows if one.id == order.subject), None)
    if row is None:
        raise Problem("not-found", "window", order.subject)
    own = order.values if order.act == "own" else row.own
    helps = order.values if order.act == "helps" else row.helps
    place.hub.arrange(order.subject, place.actor, own, helps, order.why)


def _move(place: Managing, order: Order, offer: Offer) -> None:
    place.hub.act(order.subject, "transfer", order.request, place.actor, order.why, order.values[0])


def _answer(place: Managing, order: Order, offer: Offer) -> None:
    kind = "help.answered" if order.act == "answer" else "emergency.ended"
    place.hub.say(order.request, kind, place.actor, order.why or offer.name, order.subject)


def _close(place: Managing, order: Order, offer: Offer) -> None:
    place.hub.close_taking(place.actor, order.why if order.act == "close" else "")


def _plan(place: Managing, order: Order, offer: Offer) -> None:
    window, clerk, name, start, end = shift_words(order.why)
    day = date.fromisoformat(order.subject)
    place.hub.plan_shift(order.request, day, window, clerk, name, start, end, place.actor)


def _drop(place: Managing, order: Order, offer: Offer) -> None:
    day, _, shift = order.subject.partition("|")
    place.hub.drop_shift(order.request, date.fromisoformat(day), shift, place.actor, order.why)


def _bad_step(place: Managing, order: Order, offer: Offer) -> None:
    act = order.act.removesuffix("_bad")
    place.hub.answer_bad(order.subject, act, order.request, place.actor, order.why)


def _settle(place: Managing, order: Order, offer: Offer) -> None:
    event_id, _, code = order.subject.partition("|")
    place.hub.settle_exception(event_id, code, order.values[0], order.why, place.actor)


def _message(place: Managing, order: Order, offer: Offer) -> None:
    act = order.act.removesuffix("_message")
    place.hub.order_message(order.subject, act, order.request, place.actor, order.why)


_ACTS: Mapping[str, Callable[[Managing, Order, Offer], None]] = {
    "pause": _pause,
    "open": _open,
    "own": _regroup,
    "helps": _regroup,
    "move": _move,
    "answer": _answer,
    "stand_down": _answer,
    "close": _close,
    "reopen": _close,
    "plan": _plan,
    "drop": _drop,
    "call_back": _bad_step,
    "mend": _bad_step,
    "close_bad": _bad_step,
    "settle": _settle,
    "ask_message": _message,
    "resend_message": _message,
    "settle_message": _message,
}
