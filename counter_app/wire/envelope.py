"""What travels between counter and hub: shapes, strict decoding, one upcaster per raised schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from counter_app.problems import Problem
from counter_app.seals import chain
from counter_app.seals.canonical import canonical

KINDS = frozenset(
    {"visit.opened", "visit.closed", "ticket.served"}
    | {"case.received", "case.accepted", "case.withdrawn", "case.supplemented", "case.reversed"}
    | {"material.received", "material.deferred", "material.committed", "material.made_good"}
    | {"material.returned", "receipt.issued", "receipt.reprinted", "receipt.voided", "seal.used"}
    | {"review.decided", "payment.ordered", "payment.done", "payment.bounced", "rating.given"}
    | {"originals.handed", "originals.taken", "case.archived", "case.transferred", "decision.served"}
    | {"clock.paused", "clock.resumed", "verdict.objected", "page.masked"}
    | {"case.verified", "case.doubted", "deadline.recounted", "commitment.checked", "commitment.repaired"}
    | {"case.moved", "case.delivered", "case.notified", "sms.queued"}
    | {"batch.accepted", "filing.received", "filing.refused", "filing.reissued", "case.forwarded"}
    | {"rating.invited", "day.checked", "day.opened", "day.handed_over", "day.explained", "day.closed"}
    | {"day.unchecked", "day.late_explained", "day.completed"}
    | {"spares.taken", "spares.used", "spares.returned"}
    | {"outage.announced", "outage.ended", "outage.sorted", "outage.entered"}
    | {"emergency.pressed", "emergency.ended", "cover.on", "cover.off"}
    | {"signature.given", "signature.witnessed", "eseal.used"}
    | {"clock.suspect", "store.restored", "access.read", "suspicion.handed_over", "suspicion.decided"}
)


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact in its place in the chain of one device. `alg` names the hash and is under it.

    `actor` is `{clerk_no, window}`; `wall_ms` is Unix time, `mono_ms` counts since the machine
    started. `case_id` and `pack` are left out of the JSON when there is none.
    """

    event_id: str
    device: str
    epoch: int
    seq: int
    kind: str
    schema: int
    actor: dict[str, str]
    business_date: str
    wall_ms: int
    mono_ms: int
    alg: str
    body: dict[str, Any]
    prev_hash: str
    hash: str
    case_id: str | msgspec.UnsetType = msgspec.UNSET
    pack: str | msgspec.UnsetType = msgspec.UNSET

    def as_plain(self) -> dict[str, Any]:
        """Plain JSON data, keys of absent fields left out."""
        return {
            name: value
            for name in self.__struct_fields__
            if (value := getattr(self, name)) is not msgspec.UNSET
        }

    def holds(self, prev_hash: str) -> bool:
        """Whether this fact names its predecessor and carries its own right hash."""
        return chain.holds(self.as_plain(), prev_hash)


class Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The one detached signature format; `sig` is base64url over canonical JSON."""

    alg: str
    key_id: str
    sig: str


class Batch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facts of one device in order of `seq`, signed; `first` and `last` are inclusive."""

    request_id: str
    device: str
    epoch: int
    first: int
    last: int
    hub_epoch: int
    records: list[Envelope]
    signature: Signature

    def message(self) -> bytes:
        """The canonical bytes the signature is over."""
        return batch_message(self.as_header(), [record.hash for record in self.records])

    def as_header(self) -> dict[str, Any]:
        """The signed fields besides the records."""
        names = ("request_id", "device", "epoch", "first", "last", "hub_epoch")
        return {name: getattr(self, name) for name in names}


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the hub did with one record: accepted duplicate conflict rejected retry_later."""

    event_id: str
    verdict: str
    code: str = ""


class FeedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the hub's feed; `(feed_epoch, feed_no)` is the cursor, in commit order."""

    feed_epoch: int
    feed_no: int
    scope: str
    entity: str
    entity_id: str
    version: int
    body: dict[str, Any]


class HubEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the hub's live stream (tickets, calls); `id` is the SSE id."""

    id: int
    hall: str
    kind: str
    body: dict[str, Any]


Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

# (kind, schema) -> body of schema + 1. A kind whose body changes adds a line here, for ever.
UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    # Schema 2 says which flow the case follows, which desks review it and what it still owes.
    # `came` says by which way it came; before, every case was opened at the window.
    ("case.accepted", 1): lambda body: {**body, "life": {}, "came": {"channel": "desk"}},
    ("case.received", 1): lambda body: {**body, "type_id": body.get("type", ""), "life": {}},
}


def batch_message(header: Mapping[str, Any], hashes: list[str]) -> bytes:
    """Canonical bytes for a batch's signature: header and the hash of every record in order."""
    return canonical({"for": "ow1.batch", "header": dict(header), "hashes": hashes})


def push_message(header: Mapping[str, Any], hashes: list[str]) -> bytes:
    """Canonical bytes a device signs for a push: hall, device, request, the newest hub epoch it knows.

    A push holds whatever waits, also of two epochs and with gaps where records were set aside.
    """
    return canonical({"for": "ow1.push", "header": dict(header), "hashes": hashes})


def decode_envelope(data: bytes | str) -> Envelope:
    """Strictly decode one envelope. Raises Problem `envelope-broken` naming the field."""
    try:
        return msgspec.json.decode(data, type=Envelope)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise Problem("envelope-broken", "", str(error)) from error


def envelope_from_plain(plain: Mapping[str, Any]) -> Envelope:
    """The same from JSON data already parsed. Raises Problem `envelope-broken`."""
    try:
        return msgspec.convert(dict(plain), type=Envelope)
    except msgspec.ValidationError as error:
        raise Problem("envelope-broken", "", str(error)) from error


def newest_body(
    envelope: Envelope, upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS
) -> dict[str, Any]:
    """The body as today's programs read it, whatever program wrote it; the fact itself never changes."""
    body, schema = dict(envelope.body), envelope.schema
    while (upcast := upcasters.get((envelope.kind, schema))) is not None:
        body, schema = upcast(body), schema + 1
    return body
