"""Every question a hub answers over HTTP: path, who may ask, what is sent and what comes back.

The functions here turn a body into one call of `HallHub`; `routes` carries them, `openapi` describes
them. To add one, add a row to `ENDPOINTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.catalog.reasons import reasons
from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.hub import life_shapes as ls
from counter_app.hub import shapes as s
from counter_app.hub.hall import HallHub
from counter_app.hub.keys import KeyBody, KeyReply
from counter_app.hub.tokens import BEHIND, Bearer
from counter_app.problems import Problem

_MOST_WORK = 1000
_VERBS = ("recall", "serve", "park", "transfer", "miss", "revive", "done", "cancel", "promote")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, already decoded and checked."""

    hall: HallHub
    bearer: Bearer
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None

    def window(self) -> str:
        """The window in the path, as its token names it (`1` is `w1`). Raises Problem `token-role`."""
        asked, own = self.path["window"], self.bearer.window
        if own and asked not in (own, own.removeprefix("w")):
            raise Problem("token-role", "window", f"{own} 号窗口")
        return own or asked

    @property
    def whole(self) -> bool:
        """Whether the asker may see whose ticket it is."""
        return self.bearer.may("call")

    def actor(self, clerk: s.ClerkBody | None = None, window: str = "") -> Actor:
        """Who acts: what the token says, and for an enrolled device what it says of its clerk."""
        given = clerk or s.ClerkBody()
        roles = BEHIND.get(self.bearer.role, ("clerk",))
        if self.bearer.may("vouch") and given.roles:
            roles = tuple(given.roles)
        if self.bearer.may("senior"):
            roles = (*roles, "supervisor")
        # `system` is the program itself, never somebody on the wire.
        safe = tuple(role for role in roles if role != "system")
        # A token of one person speaks for that person; behind the counter no other is believed.
        number = self.bearer.clerk or ("" if self.bearer.role in BEHIND else given.no)
        return Actor(number, given.name, safe, "", self.bearer.window or window or given.window)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row: `may` is a word of `tokens.MAY`; `query` names the optional query fields."""

    method: str
    path: str
    summary: str
    may: str
    run: Callable[[Ask], Any]
    body: Any = None
    reply: Any = None
    query: tuple[str, ...] = ()
    may_be_empty: bool = False


def _take(ask: Ask) -> Any:
    b = ask.body
    return s.taken_shape(ask.hall.taken(b.request_id, b.group, b.priority, b.person, b.note), whole=ask.whole)


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
    b, verb = ask.body, ask.path["verb"]
    if verb not in _VERBS:
        raise Problem("verb-unknown", "verb", verb)
    to = (
        b.priority
        if verb == "promote"
        else (f"window:{b.window}" if verb == "transfer" and b.window else b.group)
    )
    made = ask.hall.act(ask.path["ticket"], verb, b.request_id, ask.actor(b.clerk), b.why, to)
    return s.TicketReply(ticket=s.ticket_shape(made, whole=ask.whole))


def _tickets(ask: Ask) -> Any:
    asked = ask.query.get("day", "today")
    found = ask.hall.tickets(ask.hall.today() if asked == "today" else _day(asked))
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
    ask.hall.arrange(ask.window(), ask.actor(), tuple(ask.body.own), tuple(ask.body.helps))
    return s.DoneReply()


def _pause(ask: Ask) -> Any:
    ask.hall.pause(ask.window(), ask.actor(), ask.body.why)
    return s.DoneReply()


def _rate(ask: Ask) -> Any:
    b = ask.body
    kept = ask.hall.rate(b.request_id, b.case_id, b.level, tuple(b.indicators))
    return s.DoneReply(repeated=not kept)


def _push(ask: Ask) -> Any:
    return s.BatchReply(verdicts=[dict(v) for v in ask.hall.push(ask.body.envelopes)])


def _feed(ask: Ask) -> Any:
    page = ask.hall.feed(_number(ask.query.get("after", "0"), "after"))
    return s.FeedReply(epoch=page.epoch, last=page.last, items=[dict(row) for row in page.rows])


def _send(ask: Ask) -> Any:
    return s.DoneReply(repeated=not ask.hall.send(ask.body.request_id, ask.body.package))


def _filings(ask: Ask) -> Any:
    found = ask.hall.packages(_number(ask.query.get("after", "0"), "after"))
    return s.ItemsReply(items=[dict(one) for one in found])


def _claim(ask: Ask) -> Any:
    ask.hall.claim(ask.body.filing, ask.actor(ask.body.clerk))
    return s.DoneReply()


def _release(ask: Ask) -> Any:
    ask.hall.release(ask.body.filing, ask.actor(ask.body.clerk))
    return s.DoneReply()


def _cases(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(row) for row in ask.hall.cases()])


def _work(ask: Ask) -> Any:
    most = min(_number(ask.query.get("limit", "200"), "limit"), _MOST_WORK)
    found = ask.hall.work(ask.query.get("desk", ""), most)
    return ls.WorkReply(items=[ls.work_shape(row) for row in found])


def _case(ask: Ask) -> Any:
    found = ask.hall.case(ask.path["case"])
    if found is None:
        raise Problem("not-found", "case", ask.path["case"])
    return ls.case_shape(found)


def _move(ask: Ask) -> Any:
    b = ask.body
    wish = Wish(b.request_id, b.act, b.to, b.desk, tuple(b.desks), b.reason, b.amount, b.days, b.detail)
    return ls.case_shape(ask.hall.move(ask.path["case"], wish, ask.actor(b.clerk)))


def _opened(ask: Ask) -> Any:
    b = ask.body
    ask.hall.opened(ask.path["case"], b.what, b.request_id, ask.actor(b.clerk))
    return s.DoneReply()


def _reasons(ask: Ask) -> Any:
    found = reasons(ask.query.get("act", ""), ask.query.get("region", ""))
    return ls.ReasonsReply(items=[ls.ReasonShape(code=one.code, text=one.text) for one in found])


def _card_key(ask: Ask) -> Any:
    return KeyReply(answer=ask.hall.card_key(ask.body.question))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem("body-broken", "day", "日期应写作 2026-11-23 或 today") from error


def _number(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Problem("body-broken", where, f"{where} 应为不小于零的整数")
    return int(text)


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("POST", "/v1/tickets", "Take a number", "take", _take, s.TakeBody, s.TakenShape),
    Endpoint("GET", "/v1/tickets", "Tickets of a day", "see", _tickets, None, s.TicketsReply, ("day",)),
    Endpoint("GET", "/v1/tickets/{ticket}", "One ticket", "see", _ticket, None, s.TicketReply),
    Endpoint("GET", "/v1/tickets/{ticket}/story", "What happened to it", "act", _story, None, s.ItemsReply),
    Endpoint(
        "POST", "/v1/tickets/{ticket}/{verb}", "One verb on one ticket", "act", _act, s.ActBody, s.TicketReply
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
    ),
    Endpoint(
        "GET", "/v1/windows/{window}/line", "The line; a sign of life", "call", _line, None, s.LineShape
    ),
    Endpoint("POST", "/v1/windows/{window}/pause", "Pause or open", "call", _pause, s.PauseBody, s.DoneReply),
    Endpoint(
        "PUT", "/v1/windows/{window}", "Groups of a window", "arrange", _arrange, s.ArrangeBody, s.DoneReply
    ),
    Endpoint("POST", "/v1/ratings", "A citizen's answer", "rate", _rate, s.RateBody, s.DoneReply),
    Endpoint("POST", "/v1/batches", "Facts of a device", "push", _push, s.BatchBody, s.BatchReply),
    Endpoint(
        "GET", "/v1/feed", "What happened to cases", "push", _feed, None, s.FeedReply, ("scope", "after")
    ),
    Endpoint("GET", "/v1/work", "What lies on a desk", "work", _work, None, ls.WorkReply, ("desk", "limit")),
    Endpoint("GET", "/v1/cases/{case}", "One case and its life", "work", _case, None, ls.CaseShape),
    Endpoint(
        "POST",
        "/v1/cases/{case}/moves",
        "One step of a case's life, once per request id",
        "move",
        _move,
        ls.MoveBody,
        ls.CaseShape,
    ),
    Endpoint(
        "POST",
        "/v1/cases/{case}/looks",
        "Somebody opens what is masked; written down first",
        "work",
        _opened,
        ls.OpenedBody,
        s.DoneReply,
    ),
    Endpoint(
        "GET",
        "/v1/reasons",
        "Reasons to choose from for an act",
        "work",
        _reasons,
        None,
        ls.ReasonsReply,
        ("act", "region"),
    ),
    Endpoint("POST", "/v1/filings", "A package of filings", "file", _send, s.SendBody, s.DoneReply),
    Endpoint("GET", "/v1/filings", "Packages of filings", "push", _filings, None, s.ItemsReply, ("after",)),
    Endpoint("POST", "/v1/filings/claim", "Take a filing", "act", _claim, s.ClaimBody, s.DoneReply),
    Endpoint("POST", "/v1/filings/release", "Give one back", "act", _release, s.ClaimBody, s.DoneReply),
    Endpoint("POST", "/v1/card-keys", "Ask the key module", "call", _card_key, KeyBody, KeyReply),
    Endpoint("GET", "/v1/cases", "Cases as the hub sees them", "push", _cases, None, s.ItemsReply),
)
