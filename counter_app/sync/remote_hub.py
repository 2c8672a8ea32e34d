"""A hub over the network behind the port `Hub`: the same words, the same refusals.

How a question is asked stands in `asking`, the line in `remote_line`; here are facts, cases and what comes
down.
"""

from __future__ import annotations

import logging
import urllib.parse
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.codec import to_plain
from counter_app.domain.filings import FilingPage
from counter_app.domain.life import Wish
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.trust import TrustStore
from counter_app.sync.answers import clerk_body, quoted
from counter_app.sync.remote_line import RemoteLine
from counter_app.sync.standing import Standing
from counter_app.wire.filings import page

_BATCH = 100
_LOG = logging.getLogger(__name__)


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


class RemoteHub(RemoteLine):
    """One hall's hub at an address. Raises Problem `hub-away` or what the hub refused."""

    facts_path = "/v1/batches"
    standing: Standing | None = None  # of a device that joined: it signs, and remembers its hub

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Hand over envelopes; one verdict each, in order; signed where this device has joined the hall.

        Raises Problem `hub-busy` (its detail: seconds to wait), `hub-stale`, `hub-restored`,
        `device-revoked`, and what the hub refuses: nothing of this call may then be taken for delivered.
        """
        verdicts: list[Mapping[str, Any]] = []
        for start in range(0, len(batch), _BATCH):
            piece = [dict(one) for one in batch[start : start + _BATCH]]
            head = self.standing.head(piece) if self.standing is not None else {}
            reply = self.ask("POST", self.facts_path, {"envelopes": piece, **head})
            if reply.get("retry_after"):
                raise Problem("hub-busy", "hub", str(reply["retry_after"]))
            if reply.get("left"):
                raise Problem("device-revoked", "device")  # kept apart there, and not uploaded
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

    def spend_code(self, clerk_no: str, step: int) -> bool:
        """Whether a clerk's one-time code has not counted at another counter of the hall.

        True where the hub cannot say: away, fenced, or from before it kept them.
        """
        body = {"request_id": uuid.uuid4().hex, "clerk_no": clerk_no, "step": step}
        try:
            return bool(self.ask("POST", "/v1/codes", body)["counts"])
        except Problem as problem:
            _LOG.info("a one-time code is known at this counter only: %s", problem.code)
            return True

    def take_package(self, request_id: str, data: bytes) -> Mapping[str, Any]:
        """Hand over a sealed package that came by stick; what became of its records, by verdict."""
        body = {"request_id": request_id, "package": base64url.encode(data)}
        reply: Mapping[str, Any] = self.ask("POST", "/v1/packages", body)
        return reply

    def exceptions(self, open_only: bool = True) -> Sequence[Mapping[str, Any]]:
        """What did not fit and waits for a person."""
        return list(self.ask("GET", f"/v1/exceptions?all={int(not open_only)}")["items"])

    def held_records(self, event_id: str) -> Sequence[Mapping[str, Any]]:
        """What a lost device sent, masked, for who decides about it."""
        return list(self.ask("GET", f"/v1/exceptions/{quoted(event_id)}/held")["items"])

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

    def cover(
        self, case_id: str, page: str, boxes: Sequence[Sequence[int]], request_id: str, actor: Actor
    ) -> None:
        """Write down that parts of a page are covered; once per id."""
        told = {"request_id": request_id, "page": page, "boxes": [list(box) for box in boxes]}
        self.ask("POST", f"/v1/cases/{quoted(case_id)}/covers", told | {"clerk": clerk_body(actor)})

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

    def card_key(self, question: str) -> str:
        """What the hall's key module says to a card. Raises Problem `card-needs-key`, `hsm-…`."""
        body = {"request_id": uuid.uuid4().hex, "question": question}
        return str(self.ask("POST", "/v1/card-keys", body)["answer"])

    def person(self, key: str) -> Mapping[str, Any]:
        """What the hall knows of a person's key: `{id, cases, tickets}`."""
        query = urllib.parse.urlencode({"key": key})
        found: Mapping[str, Any] = self.ask("GET", f"/v1/people?{query}")["items"][0]
        return found
