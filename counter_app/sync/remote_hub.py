"""A hub over the network behind the port `Hub`: the same words, the same refusals.

Every question carries an id, so it may be asked again when no answer came: the hub answers a
repeated question with its first answer. What does not look like the hub (a captive portal's page,
half an answer) is treated as no answer.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.codec import from_plain, to_plain
from counter_app.domain.filings import FilingPage
from counter_app.domain.follow_ups import FollowUp
from counter_app.domain.life import Wish
from counter_app.domain.outages import Sorted, Way
from counter_app.domain.tickets import LineState, Ticket
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.trust import TrustStore
from counter_app.sync.answers import Answer, clerk_body, decoded_answer, quoted, refusal, target, ticket_of
from counter_app.sync.pinned import pinned
from counter_app.sync.standing import Standing
from counter_app.wire.filings import page

_TIMEOUT_S = 5.0
_TRIES = 2
_LARGEST = 40 << 20
_PIECE = 1 << 20
_BATCH = 100
_ANSWERS = 6  # how many times the patience for one byte a whole answer may take


class Page(Value, frozen=True):
    """A piece of the case feed. Another `epoch` than last time: start over from 0."""

    epoch: int
    last: int
    rows: tuple[Mapping[str, Any], ...]


class ReferencePage(Value, frozen=True):
    """A piece of reference data. Another `epoch` than last time: start over from 0."""

    epoch: int
    last: int
    total: int
    rows: tuple[Mapping[str, Any], ...]


class RemoteHub:
    """One hall's hub at an address. Any thread may ask; each has its own connection.

    Raises Problem `hub-away` when it cannot be reached, else what the hub refused.
    """

    def __init__(self, url: str, token: str, timeout_s: float = _TIMEOUT_S, ca: str = "") -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Problem("setting-value", "hub", url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._token = token
        self._tls = pinned(ca) if ca else None
        self._timeout = timeout_s
        self._own = threading.local()
        self._online = False
        self.standing: Standing | None = None  # of a device that joined: it signs, and remembers its hub

    # --- the port ---------------------------------------------------------------------------
    def take(
        self, request_id: str, group: str = "", klass: str = "", person: str = "", note: str = ""
    ) -> Ticket:
        """A number; the same request or the same waiting person gets the same one."""
        body = {"request_id": request_id, "group": group, "priority": klass, "person": person, "note": note}
        return ticket_of(self.ask("POST", "/v1/tickets", body)["ticket"])

    def call(self, window: str, call_id: str, actor: Actor) -> Ticket | None:
        """Next person for a window; the same `call_id` returns the same ticket."""
        body = {"call_id": call_id, "clerk": clerk_body(actor)}
        reply = self.ask("POST", f"/v1/windows/{quoted(window)}/call", body)
        return ticket_of(reply["ticket"]) if reply else None

    def act(
        self, ticket_id: str, verb: str, request_id: str, actor: Actor, why: str = "", to: str = ""
    ) -> Ticket:
        """One verb of `queueing.verbs.NAMES` on a ticket, once per request id."""
        if not verb.isalpha():
            raise Problem("verb-unknown", "verb", verb)
        said = "note" if verb == "describe" else "why"
        body: dict[str, Any] = {"request_id": request_id, said: why, "clerk": clerk_body(actor)}
        body |= target(verb, to)
        reply = self.ask("POST", f"/v1/tickets/{quoted(ticket_id)}/{verb}", body)
        return ticket_of(reply["ticket"])

    def line(self, window: str) -> LineState:
        """How long the window's line is; asking is its sign of life."""
        reply = self.ask("GET", f"/v1/windows/{quoted(window)}/line")
        return LineState(reply["waiting"], reply["priority"], reply["longest_ms"])

    def tickets(self, day: date) -> Sequence[Ticket]:
        """The tickets of a day in the order they were taken."""
        reply = self.ask("GET", f"/v1/tickets?day={day.isoformat()}")
        return tuple(ticket_of(item) for item in reply["items"])

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket, or None."""
        try:
            return ticket_of(self.ask("GET", f"/v1/tickets/{quoted(ticket_id)}")["ticket"])
        except Problem as problem:
            if problem.code == "not-found":
                return None
            raise

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Hand over envelopes; one verdict each, in order; signed where this device has joined the hall.

        Raises Problem `hub-busy` (its detail: seconds to wait), `hub-stale`, `hub-restored`, and what the
        hub refuses: nothing of this call may then be taken for delivered.
        """
        verdicts: list[Mapping[str, Any]] = []
        for start in range(0, len(batch), _BATCH):
            piece = [dict(one) for one in batch[start : start + _BATCH]]
            head = self.standing.head(piece) if self.standing is not None else {}
            reply = self.ask("POST", "/v1/batches", {"envelopes": piece, **head})
            if reply.get("retry_after"):
                raise Problem("hub-busy", "hub", str(reply["retry_after"]))
            if self.standing is not None:
                self.standing.heard(reply, piece)
            elif reply.get("fenced"):
                raise Problem("hub-fenced", "hub", str(reply["fenced"]))
            verdicts += reply["verdicts"]
        return verdicts

    def heads(self, store: str) -> Mapping[int, int]:
        """How far the facts of a store are with the hub without a gap, by epoch."""
        items = self.ask("GET", f"/v1/heads?device={quoted(store)}")["items"]
        return {int(item["epoch"]): int(item["upto"]) for item in items}

    def signed_head(self, store: str) -> Mapping[str, Any]:
        """How far the hub has a store's chain, signed; empty where nothing can be signed."""
        paper: Mapping[str, Any] = self.ask("GET", f"/v1/heads/signed?device={quoted(store)}")["paper"]
        return paper

    def reference(self, scope: str, after: int, limit: int = 1000) -> ReferencePage:
        """A piece of the reference data of a scope. Raises Problem `scope-unknown`."""
        reply = self.ask("GET", f"/v1/reference/{quoted(scope)}?after={after}&limit={limit}")
        return ReferencePage(reply["epoch"], reply["last"], reply["total"], tuple(reply["items"]))

    def scopes(self) -> Mapping[str, int]:
        """The last number of every scope the hub has."""
        return {row["scope"]: row["last"] for row in self.ask("GET", "/v1/reference")["items"]}

    def lease(self) -> Mapping[str, Any]:
        """A fresh lease of this device, as the hub signed it."""
        paper: Mapping[str, Any] = self.ask("GET", "/v1/lease")["lease"]
        return paper

    def take_package(self, request_id: str, data: bytes) -> Mapping[str, Any]:
        """Hand over a sealed package that came by stick; what became of its records, by verdict."""
        body = {"request_id": request_id, "package": base64url.encode(data)}
        reply: Mapping[str, Any] = self.ask("POST", "/v1/packages", body)
        return reply

    def exceptions(self, open_only: bool = True) -> Sequence[Mapping[str, Any]]:
        """What did not fit and waits for a person."""
        return list(self.ask("GET", f"/v1/exceptions?all={int(not open_only)}")["items"])

    def settle_exception(self, event_id: str, code: str, way: str, why: str, actor: Actor) -> bool:
        """Say how one was settled; False when it was settled so before."""
        body = {"request_id": f"{event_id}:{code}"[:128], "way": way, "why": why, "clerk": clerk_body(actor)}
        path = f"/v1/exceptions/{quoted(event_id)}/{quoted(code)}/settle"
        return not self.ask("POST", path, body)["repeated"]

    def feed(self, after: int = 0) -> Page:
        """What happened to cases after a place, in commit order."""
        reply = self.ask("GET", f"/v1/feed?after={after}")
        return Page(reply["epoch"], reply["last"], tuple(reply["items"]))

    def work(self, desk: str = "", limit: int = 200) -> Sequence[Mapping[str, Any]]:
        """What lies on a desk ("" = on every one), nearest deadline first, with both lights."""
        query = urllib.parse.urlencode({"desk": desk, "limit": limit})
        return list(self.ask("GET", f"/v1/work?{query}")["items"])

    def case(self, case_id: str) -> Mapping[str, Any] | None:
        """One case with its life, by id or printed number."""
        try:
            reply: Mapping[str, Any] = self.ask("GET", f"/v1/cases/{quoted(case_id)}")
        except Problem as problem:
            if problem.code == "not-found":
                return None
            raise
        return reply

    def move(self, case_id: str, wish: Wish, actor: Actor) -> Mapping[str, Any]:
        """One step of a case's life, once per `wish.id`; the case after it."""
        body = {**to_plain(wish), "request_id": wish.id, "clerk": clerk_body(actor)}
        del body["id"]
        reply: Mapping[str, Any] = self.ask("POST", f"/v1/cases/{quoted(case_id)}/moves", body)
        return reply

    def opened(self, case_id: str, what: str, look_id: str, actor: Actor) -> None:
        """Write down that somebody opens what is masked; once per id."""
        body = {"request_id": look_id, "what": what, "clerk": clerk_body(actor)}
        self.ask("POST", f"/v1/cases/{quoted(case_id)}/looks", body)

    def filings(self, after: int, trust: TrustStore, now: datetime) -> FilingPage:
        """The filings of packages after a number, as far as a sender we believe signed them."""
        return page(self.ask("GET", f"/v1/filings?after={after}")["items"], trust, now)

    def claim(self, filing_id: str, actor: Actor) -> None:
        """Take a filing to the actor's window. Raises Problem `filing-elsewhere`, `filing-done`."""
        body: dict[str, Any] = {"request_id": f"{actor.window}:{filing_id}"[:128], "filing": filing_id}
        body |= {"clerk": clerk_body(actor)}
        self.ask("POST", "/v1/filings/claim", body)

    def release(self, filing_id: str, actor: Actor) -> None:
        """Give back a filing the actor's window took; one that is not its own stays as it is."""
        body: dict[str, Any] = {"request_id": f"{actor.window}:{filing_id}"[:128], "filing": filing_id}
        self.ask("POST", "/v1/filings/release", body | {"clerk": clerk_body(actor)})

    def say(
        self,
        request_id: str,
        kind: str,
        actor: Actor,
        text: str = "",
        window: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> bool:
        """A word for the whole hall; False when it was said before."""
        body = {"request_id": request_id, "kind": kind, "text": text, "window": window}
        more = {"data": dict(data or {}), "clerk": clerk_body(actor)}
        return not self.ask("POST", "/v1/notices", body | more)["repeated"]

    def said(self, day: date, kind: str = "") -> Sequence[Mapping[str, Any]]:
        """What was said to the hall on a day, oldest first."""
        return list(
            self.ask("GET", f"/v1/notices?day={day.isoformat()}&kind={quoted(kind) if kind else ''}")["items"]
        )

    def sort(
        self, outage: str, ticket_id: str, way: Way, request_id: str, actor: Actor, note: str = ""
    ) -> Sorted:
        """What one waiting person is offered in an outage; once per request id."""
        body = {"request_id": request_id, "outage": outage, "way": way.value, "note": note}
        path = f"/v1/waiting/{quoted(ticket_id)}/way"
        return from_plain(Sorted, self.ask("POST", path, {**body, "clerk": clerk_body(actor)}))

    def sorted_in(self, outage: str) -> Sequence[Sorted]:
        """Everybody asked in an outage."""
        reply = self.ask("GET", f"/v1/outages/{quoted(outage)}")
        return tuple(from_plain(Sorted, row) for row in reply["items"])

    def kept_in(self, outage: str) -> tuple[int, int]:
        """Numbers kept in an outage, and how many of them have come back."""
        reply = self.ask("GET", f"/v1/outages/{quoted(outage)}")
        return reply["kept"], reply["redeemed"]

    def follow_ups(self, open_only: bool = True) -> Sequence[FollowUp]:
        """Bad answers and what became of them, the oldest first."""
        reply = self.ask("GET", f"/v1/follow-ups?all={int(not open_only)}")
        return tuple(from_plain(FollowUp, row) for row in reply["items"])

    def follow_up(
        self, id_: str, act: str, request_id: str, actor: Actor, note: str = "", task: str = ""
    ) -> FollowUp:
        """`call_back mend close`, or `task` with the number of its FW06 case; once per request id."""
        body = {"request_id": request_id, "note": note, "task": task, "clerk": clerk_body(actor)}
        reply = self.ask("POST", f"/v1/follow-ups/{quoted(id_)}/{quoted(act)}", body)
        return from_plain(FollowUp, reply)

    def card_key(self, question: str) -> str:
        """What the hall's key module says to a card. Raises Problem `card-needs-key`, `hsm-…`."""
        body = {"request_id": uuid.uuid4().hex, "question": question}
        return str(self.ask("POST", "/v1/card-keys", body)["answer"])

    def online(self) -> bool:
        """Whether the last exchange succeeded."""
        return self._online

    # --- pages ------------------------------------------------------------------------------
    def put_page(self, name: str, sealed: bytes) -> None:
        """Hand over a sealed page by pieces, going on where an earlier try broke off.

        Raises Problem `blob-broken`, `blob-off`.
        """
        start, total, path = 0, len(sealed), f"/v1/blobs/{quoted(name)}"
        while start < total:
            piece = sealed[start : start + _PIECE]
            place = {"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{total}"}
            held = self._ask_bytes("PUT", path, piece, place).headers.get("range", "")
            start = int(held.rpartition("-")[2]) + 1 if held else total

    def page(self, name: str) -> bytes:
        """A page as it was sealed. Raises Problem `not-found`."""
        return self._ask_bytes("GET", f"/v1/blobs/{quoted(name)}").body

    def person(self, key: str) -> Mapping[str, Any]:
        """What the hall knows of a person's key: `{id, cases, tickets}`."""
        query = urllib.parse.urlencode({"key": key})
        found: Mapping[str, Any] = self.ask("GET", f"/v1/people?{query}")["items"][0]
        return found

    # --- asking -----------------------------------------------------------------------------
    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """One exchange, repeated once when no answer came: every question may be asked twice."""
        sent = json.dumps(body).encode("ascii") if body is not None else None
        return self._tried(method, path, sent, {"Content-Type": "application/json"}, decoded_answer)

    def _ask_bytes(
        self, method: str, path: str, sent: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> Answer:
        """The same with bytes instead of an object."""
        answer: Answer = self._tried(method, path, sent, more or {}, lambda answer: answer)
        return answer

    def _tried(
        self,
        method: str,
        path: str,
        sent: bytes | None,
        headers: Mapping[str, str],
        read: Callable[[Answer], Any],
    ) -> Any:
        for attempt in range(_TRIES):
            try:
                answer = self._exchange(method, path, sent, headers)
                reply = decoded_answer(answer) if answer.status >= 400 else read(answer)
                break
            except (OSError, http.client.HTTPException, ValueError) as error:
                self._hang_up()
                if attempt == _TRIES - 1:
                    self._online = False
                    raise Problem("hub-away", "hub", type(error).__name__) from error
        self._online = answer.status < 500
        if answer.status >= 400:
            raise refusal(reply)
        return reply

    def _exchange(self, method: str, path: str, sent: bytes | None, headers: Mapping[str, str]) -> Answer:
        link = self._link()
        link.request(method, path, sent, {"Authorization": f"Bearer {self._token}", **headers})
        response = link.getresponse()
        body = _whole(response, time.monotonic() + _ANSWERS * self._timeout)
        return Answer(response.status, body, {k.lower(): v for k, v in response.getheaders()})

    def _link(self) -> http.client.HTTPConnection:
        link: http.client.HTTPConnection | None = getattr(self._own, "link", None)
        if link is None:
            if self._secure:
                link = http.client.HTTPSConnection(
                    self._host, self._port, timeout=self._timeout, context=self._tls
                )
            else:
                link = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)
            self._own.link = link
        return link

    def _hang_up(self) -> None:
        link = getattr(self._own, "link", None)
        if link is not None:
            link.close()
            self._own.link = None

    def close(self) -> None:
        """Close this thread's connection; others close with their threads."""
        self._hang_up()


def _whole(response: http.client.HTTPResponse, until: float) -> bytes:
    """The body, before a moment of the monotonic clock: what trickles in would hold its asker for ever."""
    body = b""
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > _LARGEST:
            raise ValueError("an answer this long is not the hub's")
        if time.monotonic() > until:
            raise TimeoutError("an answer that trickles")
    if response.length:
        raise http.client.IncompleteRead(body, response.length)
    response.read()  # ends the exchange, so that the connection can be used again
    return body
