"""Questions about tickets, windows and the hall around them."""

from __future__ import annotations

from typing import Any

from counter_app.domain.tickets import TicketState
from counter_app.hub import hall_shapes as hs
from counter_app.hub import shapes as s
from counter_app.hub.ask import Ask, Endpoint, asked_day, aware, day_of, number_of
from counter_app.hub.notices import KINDS
from counter_app.problems import Problem
from counter_app.queueing.verbs import MERGE, NAMES

# What a kiosk may do with a number whose slip did not come out, as long as it waits.
_SLIP_VERBS = ("cancel", "reissue", "describe")
_MOST_CALLS = 50


def _take(ask: Ask) -> Any:
    b = ask.body
    given = ask.hall.taken(
        b.request_id,
        b.group,
        b.priority,
        b.person,
        b.note,
        needs=tuple(b.needs),
        booking=b.booking,
        seen=b.seen,
        spare=b.spare,
        taken_at=aware(b.taken_at, "taken_at") if b.taken_at else None,
        why=b.why,
        actor=ask.actor(b.clerk),
        was=tuple(b.person_was),
    )
    return s.taken_shape(given, whole=ask.whole)


def _call(ask: Ask) -> Any:
    window = ask.window()
    actor = ask.actor(ask.body.clerk, window)
    if ask.body.ticket:
        b = ask.body
        called = ask.hall.call_this(window, b.call_id, b.ticket, actor, b.why)
        return s.TicketReply(ticket=s.ticket_shape(called, whole=ask.whole))
    found = ask.hall.call(window, ask.body.call_id, actor)
    return s.TicketReply(ticket=s.ticket_shape(found, whole=ask.whole)) if found is not None else None


def _act(ask: Ask) -> Any:
    b, verb, ticket_id = ask.body, ask.path["verb"], ask.path["ticket"]
    if verb not in NAMES:
        raise Problem("verb-unknown", "verb", verb)
    if not ask.bearer.may("act"):
        _refuse_slip(ask, verb, ticket_id)
    why = b.note if verb == "describe" else b.why
    made = ask.hall.act(ticket_id, verb, b.request_id, ask.actor(b.clerk), why, _to(b, verb))
    return s.TicketReply(ticket=s.ticket_shape(made, whole=ask.whole))


def _to(b: s.ActBody, verb: str) -> str:
    """Where, what or whom, by the verb."""
    if verb == "transfer" and b.window:
        return f"window:{b.window}"
    told = {"promote": b.priority, "describe": ",".join(b.needs), "assist": b.helper, "carry": b.day}
    return told.get(verb, b.into if verb == MERGE else b.group)


def _refuse_slip(ask: Ask, verb: str, ticket_id: str) -> None:
    found = ask.hall.ticket(ticket_id)
    if found is None:
        raise Problem("not-found", "ticket", ticket_id)
    if verb not in _SLIP_VERBS or found.state is not TicketState.WAITING:
        raise Problem("token-role", "verb", ask.bearer.role)


def _tickets(ask: Ask) -> Any:
    person = ask.query.get("person", "")
    if person and not ask.whole:
        raise Problem("token-role", "person", ask.bearer.role)
    found = ask.hall.find(asked_day(ask), ask.query.get("number", ""), person)
    return s.TicketsReply(items=[s.ticket_shape(t, whole=ask.whole) for t in found])


def _ticket(ask: Ask) -> Any:
    found = ask.hall.ticket(ask.path["ticket"])
    if found is None:
        raise Problem("not-found", "ticket", ask.path["ticket"])
    return s.TicketReply(ticket=s.ticket_shape(found, whole=ask.whole))


def _story(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(fact) for fact in ask.hall.story(ask.path["ticket"])])


def _line(ask: Ask) -> Any:
    return s.line_shape(ask.hall.line(ask.window()))


def _arrange(ask: Ask) -> Any:
    b = ask.body
    ask.hall.arrange(ask.window(), ask.actor(b.clerk), tuple(b.own), tuple(b.helps), b.why)
    return s.DoneReply()


def _pause(ask: Ask) -> Any:
    ask.hall.pause(ask.window(), ask.actor(ask.body.clerk), ask.body.why, ask.body.note)
    return s.DoneReply()


def _wait(ask: Ask) -> Any:
    return hs.wait_shape(ask.hall.wait(ask.path["ticket"]))


def _windows(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(one) for one in ask.hall.windows()])


def _hall(ask: Ask) -> Any:
    return hs.PlainReply(item=dict(ask.hall.status()))


def _board(ask: Ask) -> Any:
    last = min(number_of(ask.query.get("last", "8"), "last"), _MOST_CALLS)
    return hs.PlainReply(item=dict(ask.hall.board(last)))


def _close(ask: Ask) -> Any:
    ask.hall.close_taking(ask.actor(ask.body.clerk), ask.body.why)
    return s.DoneReply()


def _end(ask: Ask) -> Any:
    return hs.PlainReply(item=dict(ask.hall.end_day(ask.actor(ask.body.clerk), ask.body.why)))


def _totals(ask: Ask) -> Any:
    return hs.PlainReply(item=dict(ask.hall.totals(day_of(ask.path["day"]))))


def _say(ask: Ask) -> Any:
    b = ask.body
    actor, needed = ask.actor(b.clerk), KINDS.get(b.kind)
    if needed is None:
        raise Problem("notice-unknown", "kind", b.kind)
    if not (ask.bearer.may(needed) or (needed == "senior" and actor.may("supervisor"))):
        raise Problem("token-role", "kind", ask.bearer.role)
    kept = ask.hall.say(b.request_id, b.kind, actor, b.text, b.window, b.data)
    return s.DoneReply(repeated=not kept)


def _said(ask: Ask) -> Any:
    found = ask.hall.said(asked_day(ask), ask.query.get("kind", ""))
    return s.ItemsReply(items=[dict(one) for one in found])


def _book(ask: Ask) -> Any:
    b = ask.body
    start = aware(b.start, "start")
    made = ask.hall.book(b.request_id, start, b.group, b.priority, b.person, b.note, tuple(b.needs))
    return hs.PlainReply(item=dict(made))


def _unbook(ask: Ask) -> Any:
    return hs.PlainReply(item=dict(ask.hall.unbook(ask.path["booking"])))


def _bookings(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(one) for one in ask.hall.bookings(asked_day(ask))])


def _spares(ask: Ask) -> Any:
    b = ask.body
    return hs.NumbersReply(numbers=list(ask.hall.set_aside(b.request_id, b.group, b.count, b.holder)))


LINE: tuple[Endpoint, ...] = (
    Endpoint("POST", "/v1/tickets", "Take a number", "take", _take, s.TakeBody, s.TakenShape, brief=True),
    Endpoint(
        "GET",
        "/v1/tickets",
        "Tickets of a day",
        "see",
        _tickets,
        None,
        s.TicketsReply,
        ("day", "number", "person"),
    ),
    Endpoint("GET", "/v1/tickets/{ticket}/wait", "Where it stands", "see", _wait, None, hs.WaitShape),
    Endpoint("GET", "/v1/tickets/{ticket}", "One ticket", "see", _ticket, None, s.TicketReply),
    Endpoint("GET", "/v1/tickets/{ticket}/story", "What happened to it", "act", _story, None, s.ItemsReply),
    Endpoint(
        "POST",
        "/v1/tickets/{ticket}/{verb}",
        "One verb on one ticket",
        "slip",
        _act,
        s.ActBody,
        s.TicketReply,
        brief=True,
    ),
    Endpoint(
        "POST",
        "/v1/windows/{window}/call",
        "Call the next person; 204 when nobody waits",
        "call",
        _call,
        s.CallBody,
        s.TicketReply,
        may_be_empty=True,
        brief=True,
    ),
    Endpoint(
        "GET", "/v1/windows/{window}/line", "The line; a sign of life", "call", _line, None, s.LineShape
    ),
    Endpoint("POST", "/v1/windows/{window}/pause", "Pause or open", "act", _pause, s.PauseBody, s.DoneReply),
    Endpoint(
        "PUT", "/v1/windows/{window}", "Groups of a window", "arrange", _arrange, s.ArrangeBody, s.DoneReply
    ),
    Endpoint("GET", "/v1/windows", "How each window stands", "see", _windows, None, s.ItemsReply),
    Endpoint("GET", "/v1/hall", "What a kiosk offers or says", "see", _hall, None, hs.PlainReply),
    Endpoint("GET", "/v1/board", "The last calls", "see", _board, None, hs.PlainReply, ("last",)),
    Endpoint("POST", "/v1/hall/close", "No more numbers", "arrange", _close, hs.CloseBody, s.DoneReply),
    Endpoint("POST", "/v1/hall/end", "The windows stop", "arrange", _end, hs.CloseBody, hs.PlainReply),
    Endpoint("GET", "/v1/days/{day}", "A day's numbers counted", "act", _totals, None, hs.PlainReply),
    Endpoint("POST", "/v1/notices", "A word for the hall", "take", _say, hs.SayBody, s.DoneReply),
    Endpoint("GET", "/v1/notices", "Words of a day", "see", _said, None, s.ItemsReply, ("day", "kind")),
    Endpoint("POST", "/v1/bookings", "An appointment", "take", _book, hs.BookBody, hs.PlainReply),
    Endpoint("GET", "/v1/bookings", "Appointments", "act", _bookings, None, s.ItemsReply, ("day",)),
    Endpoint(
        "POST", "/v1/bookings/{booking}/cancel", "Give it up", "act", _unbook, hs.UnbookBody, hs.PlainReply
    ),
    Endpoint("POST", "/v1/spares", "Numbers set aside", "take", _spares, hs.SpareBody, hs.NumbersReply),
)
