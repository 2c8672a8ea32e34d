"""Messages that cases have for the core platform: wanted once, looked at when they are due, told in the feed.

Where one stands is read from the ledger as soon as anything was sent under its `request_id`: there is one
truth. What ends is told to the feed in the same transaction that takes it off the list of what is due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from counter_app.domain.codec import to_plain
from counter_app.domain.life import Turn
from counter_app.domain.messages import OVER, STATES
from counter_app.domain.value import Value
from counter_app.hub.feed import FeedRow, append_feed
from counter_app.hub.gateway.ledger import PLANNED
from counter_app.hub.gateway.port import KINDS, Answered
from counter_app.hub.gateway.tables import gateway_calls, gateway_errands
from counter_app.hub.rows import to_ms, to_time, upsert

WAITING, SENT, DROPPED = "waiting", "sent", "dropped"
OPEN = (WAITING, SENT, Answered.UNKNOWN.value)  # the courier has something to do
NEVER = 1 << 62
NOTE = "registered"  # the act of the line in a case's story
_MOST = 500
_G, _C = gateway_errands.c, gateway_calls.c
_JOINED = gateway_errands.outerjoin(gateway_calls, (_C.hall == _G.hall) & (_C.request_id == _G.request_id))
_ALL = select(
    gateway_errands,
    _C.serial,
    _C.state.label("call_state"),
    _C.result,
    _C.because.label("call_because"),
).select_from(_JOINED)

_OWN = (
    "case_id", "number", "type_id", "infno", "field", "undoes", "request_id", "state", "told", "because",
    "clerk", "attempt", "tries", "next_ms", "at_ms",
)  # fmt: skip


class Errand(Value, frozen=True):
    """One message of one case. `field` is the form field it is about where there are several of a kind."""

    id: str
    case_id: str
    number: str
    type_id: str
    infno: str
    field: str
    undoes: str
    request_id: str
    state: str
    told: str
    because: str
    clerk: str
    attempt: int
    tries: int
    next_ms: int
    at_ms: int
    serial: str = ""
    result: str = ""


class Wanted(Value, frozen=True):
    """A message a case should have sent. `undoes` names the errand it takes back."""

    case_id: str
    number: str
    type_id: str
    infno: str
    field: str = ""
    undoes: str = ""
    round: int = 0


def want(connection: Connection, hall: str, wish: Wanted, now_ms: int) -> bool:
    """Write down that a message is wanted; False when it was before."""
    errand_id = f"{wish.case_id}:{wish.infno}:{wish.field}:{wish.round}"
    row = {name: getattr(wish, name) for name in ("case_id", "number", "type_id", "infno", "field", "undoes")}
    row |= {"request_id": f"{errand_id}:1", "state": WAITING, "told": "", "because": "", "clerk": ""}
    counts = {"attempt": 1, "tries": 0, "next_ms": now_ms, "at_ms": now_ms}
    made = upsert(connection, gateway_errands).values(hall=hall, errand_id=errand_id, **row, **counts)
    return bool(connection.execute(made.on_conflict_do_nothing()).rowcount)


def of_case(connection: Connection, hall: str, case_id: str) -> Sequence[Errand]:
    """Every message of a case, the oldest first."""
    chosen = _ALL.where(_G.hall == hall, _G.case_id == case_id).order_by(_G.at_ms, _G.errand_id)
    return [_errand(row) for row in connection.execute(chosen).mappings()]


def find(connection: Connection, hall: str, errand_id: str) -> Errand | None:
    """One of them."""
    row = connection.execute(_ALL.where(_G.hall == hall, _G.errand_id == errand_id)).mappings().first()
    return None if row is None else _errand(row)


def listed(connection: Connection, hall: str, open_only: bool = True) -> Sequence[Errand]:
    """The reconciliation list (对账): what is not done or settled, the oldest first."""
    ended = func.coalesce(_C.state, _G.state).in_(OVER)
    chosen = _ALL.where(_G.hall == hall, ~ended) if open_only else _ALL.where(_G.hall == hall)
    rows = connection.execute(chosen.order_by(_G.at_ms, _G.errand_id).limit(_MOST)).mappings()
    return [_errand(row) for row in rows]


def due(connection: Connection, hall: str, now_ms: int, most: int) -> Sequence[Errand]:
    """What may be looked at now, the longest due first."""
    chosen = _ALL.where(_G.hall == hall, _G.next_ms <= now_ms).order_by(_G.next_ms, _G.errand_id)
    return [_errand(row) for row in connection.execute(chosen.limit(most)).mappings()]


def take(connection: Connection, hall: str, errand: Errand, until_ms: int) -> bool:
    """Keep others off until a moment; False when somebody else took it (two hubs over one database)."""
    mine = (_G.hall == hall, _G.errand_id == errand.id, _G.next_ms == errand.next_ms)
    return bool(connection.execute(update(gateway_errands).where(*mine).values(next_ms=until_ms)).rowcount)


def put(connection: Connection, hall: str, errand_id: str, **values: Any) -> None:
    """Write columns of one."""
    mine = (_G.hall == hall, _G.errand_id == errand_id)
    connection.execute(update(gateway_errands).where(*mine).values(**values))


def close(connection: Connection, hall: str, errand_id: str, at: datetime, wait_ms: int = 0) -> None:
    """After a try: due again in `wait_ms` while it is open, else never; a new state is told in the feed."""
    errand = find(connection, hall, errand_id)
    if errand is None:
        return
    is_open = errand.state in OPEN
    next_ms = to_ms(at) + wait_ms if is_open else NEVER
    is_news = errand.state not in (WAITING, SENT, errand.told)
    told = errand.state if is_news else errand.told
    put(connection, hall, errand_id, next_ms=next_ms, told=told, tries=errand.tries + 1 if is_open else 0)
    if is_news:
        append_feed(connection, hall, [_news(errand, at)], to_ms(at))


def words(errand: Errand) -> str:
    """What became of it, for people: state, and the platform's number or reason."""
    state, told = STATES[errand.state].name, said(errand)
    return f"{state}，{told}" if told else state


def said(errand: Errand) -> str:
    """The platform's number for what is done, else the reason it gave or the program found."""
    return f"登记号 {errand.result}" if errand.state == "done" and errand.result else errand.because


def plain(errand: Errand) -> Mapping[str, Any]:
    """One for the wire. Nobody is named."""
    state = STATES[errand.state]
    told = {name: getattr(errand, name) for name in ("id", "case_id", "number", "infno", "state", "serial")}
    return told | {
        "type": errand.type_id,
        "title": KINDS[errand.infno].title,
        "state_name": state.name,
        "task": state.task,
        "acts": list(state.acts),
        "words": words(errand),
        "said": said(errand),
        "tries": errand.tries,
        "at": to_time(errand.at_ms).isoformat(),
    }


def _news(errand: Errand, at: datetime) -> FeedRow:
    detail = f"{KINDS[errand.infno].title}：{words(errand)}"
    said = Turn(f"{errand.request_id}:{errand.state}", NOTE, "", "", at, errand.clerk, detail=detail)
    told = {"number": errand.number, "type_id": errand.type_id, "note": to_plain(said)}
    return FeedRow("case.message", errand.case_id, said.id, "", told)


def _errand(row: Mapping[Any, Any]) -> Errand:
    own = {name: row[name] for name in _OWN}
    if row["call_state"] is not None:
        state = SENT if row["call_state"] == PLANNED else row["call_state"]
        own |= {"state": state, "serial": row["serial"], "result": row["result"]}
        own["because"] = row["call_because"] or own["because"]
    return Errand(id=row["errand_id"], **own)
