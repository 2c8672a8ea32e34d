"""A case accepted here for another hall (全域通办): what is told there, and what was answered.

The hub is a device of the other hall: it tells facts of its own, chained and signed, that carry what the
accepting desk wrote. So two halls of one store, or a city between two districts, are nothing special.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from counter_app.domain.value import Value
from counter_app.hub.away_tables import away, away_facts, away_places
from counter_app.hub.case_facts import OF_CASE
from counter_app.hub.projections import doubt
from counter_app.hub.rows import upsert
from counter_app.hub.tables import envelopes, feed
from counter_app.seals.canonical import canonical
from counter_app.seals.chain import FIRST, link
from counter_app.seals.provider import SHA256

FORWARDED = "case.forwarded"
TOLD = frozenset(
    {FORWARDED, "case.received", "case.accepted", "case.withdrawn", "case.supplemented", "case.reversed"}
    | {"case.moved", "case.delivered", "case.transferred", "case.verified", "case.doubted"}
    | {"material.received", "material.deferred", "material.committed", "material.made_good"}
    | {"material.returned", "originals.handed", "originals.taken", "signature.given", "signature.witnessed"}
    | {"review.decided", "verdict.objected", "commitment.checked", "commitment.repaired", "values.resealed"}
)
_PAGE = 500
_OWN = ""  # the place whose row is about our own feed
Plain = Mapping[str, Any]
_A, _F, _P, _E = away.c, away_facts.c, away_places.c, envelopes.c


class End(Value, frozen=True):
    """Where we are with a place: the last fact of our chain there, and how far its feed was read."""

    seq: int = 0
    prev_hash: str = FIRST
    feed_epoch: int = 0
    feed_no: int = 0


def end_of(connection: Connection, hall: str, place: str) -> End:
    """Where we are with a place; the beginning for one never spoken with."""
    row = connection.execute(select(away_places).where(_P.hall == hall, _P.place == place)).mappings().first()
    names = End.__struct_fields__
    return End(**{name: row[name] for name in names}) if row is not None else End()


def keep_end(connection: Connection, hall: str, place: str, end: End) -> None:
    """Write down where we are with a place."""
    values = {name: getattr(end, name) for name in End.__struct_fields__}
    made = upsert(connection, away_places).values(hall=hall, place=place, **values)
    connection.execute(made.on_conflict_do_update(index_elements=["hall", "place"], set_=values))


def away_of(connection: Connection, hall: str, case_ids: Iterable[str]) -> Mapping[str, str]:
    """Which of these cases are away, and where."""
    asked = sorted(set(case_ids))
    chosen = select(_A.case_id, _A.place).where(_A.hall == hall, _A.case_id.in_(asked))
    return {row.case_id: row.place for row in connection.execute(chosen)} if asked else {}


def watch(connection: Connection, hall: str, places: frozenset[str], at_ms: int) -> int:
    """Read on in our own feed: cases for one of these places are noted, and what has to be told there.

    How many rows were read. A case for a place nobody goes to is raised as an exception, once.
    """
    end = end_of(connection, hall, _OWN)
    chosen = select(feed.c.feed_no, feed.c.kind, feed.c.case_id, feed.c.event_id).where(
        feed.c.hall == hall, feed.c.feed_no > end.feed_no
    )
    rows = connection.execute(chosen.order_by(feed.c.feed_no).limit(_PAGE)).all()
    if not rows:
        return 0
    number = end.seq
    known = dict(away_of(connection, hall, (row.case_id for row in rows)))
    for row in rows:
        if row.kind == FORWARDED and row.case_id not in known:
            told = _sent_away(connection, hall, row.event_id, places, at_ms)
            known |= {row.case_id: told} if told else {}
            found = _facts_of(connection, hall, row.case_id) if told else []
        else:
            found = [row.event_id] if row.case_id in known and row.kind in TOLD else []
        number = _wait(connection, hall, known.get(row.case_id, ""), found, number, at_ms)
    keep_end(connection, hall, _OWN, End(number, "", 0, rows[-1].feed_no))
    return len(rows)


def waiting(connection: Connection, hall: str, place: str, most: int) -> Sequence[Plain]:
    """What a place has not been told yet, in order: `{event_id, at_ms, text, body}`; `text` once made."""
    joined = away_facts.join(envelopes, _E.event_id == _F.event_id)
    chosen = select(_F.event_id, _F.at_ms, _F.text, _E.text.label("said")).select_from(joined)
    chosen = chosen.where(_F.hall == hall, _F.place == place, _F.verdict == "")
    rows = connection.execute(chosen.order_by(_F.no).limit(most))
    return [{**row._mapping, "body": json.loads(row.said)["body"]} for row in rows]


def put_together(
    connection: Connection,
    hall: str,
    place: str,
    store: str,
    waits: Sequence[Plain],
    retold: Callable[[str, Plain], dict[str, Any]],
) -> Sequence[Plain]:
    """The facts as they are sent, `store` being the name of our chain there; each is made once, for ever.

    `retold(case_id, body)` is a body as that hall can read it (`retelling`).
    """
    end, made = end_of(connection, hall, place), []
    for one in waits:
        if one["text"]:
            made.append(json.loads(one["text"]))
            continue
        fact = _as_told(json.loads(one["said"]), hall, store, end, retold)
        mine = update(away_facts).where(_F.hall == hall, _F.event_id == one["event_id"])
        connection.execute(mine.values(text=canonical(fact).decode("utf-8")))
        end = End(fact["seq"], fact["hash"], end.feed_epoch, end.feed_no)
        made.append(fact)
    keep_end(connection, hall, place, end)
    return made


def settle(connection: Connection, hall: str, waits: Sequence[Plain], verdicts: Sequence[Plain]) -> int:
    """Write down what the other hall said, in the same order; what it refused becomes an exception."""
    done = 0
    for one, said in zip(waits, verdicts, strict=True):
        if said["verdict"] == "retry_later":
            break  # those behind it have to wait as well
        mine = update(away_facts).where(_F.hall == hall, _F.event_id == one["event_id"])
        connection.execute(mine.values(verdict=said["verdict"]))
        done += 1
        if said["verdict"] not in ("accepted", "duplicate"):
            about = _envelope(connection, one["event_id"])
            doubt(connection, hall, about, "away-refused", str(said.get("code", "")))
    return done


def again(connection: Connection, hall: str, place: str) -> None:
    """Everything a place took waits again; what it has after all is a duplicate there."""
    mine = update(away_facts).where(
        _F.hall == hall, _F.place == place, _F.verdict.in_(("accepted", "duplicate"))
    )
    connection.execute(mine.values(verdict=""))


def pages_in(value: Any, found: Callable[[str], str]) -> Any:
    """A body in which every name of a scanned page is what `found` says."""
    if isinstance(value, Mapping):
        return {key: _pages_at(key, one, found) for key, one in value.items()}
    return [pages_in(one, found) for one in value] if isinstance(value, list) else value


def _pages_at(key: str, value: Any, found: Callable[[str], str]) -> Any:
    if key == "page" and isinstance(value, str) and value:
        return found(value)
    if key == "pages" and isinstance(value, list):
        return [found(one) if isinstance(one, str) else one for one in value]
    return pages_in(value, found)


def _sent_away(connection: Connection, hall: str, event_id: str, places: frozenset[str], at_ms: int) -> str:
    """The place a case goes to from here, noted; "" when it stays."""
    envelope = _envelope(connection, event_id)
    place, came_by = str(envelope["body"].get("to", "")), _halls(envelope["body"])
    if place not in places or hall in came_by:
        if not came_by:
            doubt(connection, hall, envelope, "away-unknown", place)
        return ""
    row = {"hall": hall, "case_id": envelope["case_id"], "place": place, "at_ms": at_ms}
    connection.execute(upsert(connection, away).values(row).on_conflict_do_nothing())
    return place


def _facts_of(connection: Connection, hall: str, case_id: str) -> Sequence[str]:
    chosen = select(_E.event_id).where(OF_CASE, _E.kind.in_(sorted(TOLD)))
    ordered = chosen.order_by(_E.at_ms, _E.device, _E.epoch, _E.seq)
    return list(connection.execute(ordered, {"hall": hall, "of": case_id}).scalars())


def _wait(
    connection: Connection, hall: str, place: str, found: Sequence[str], number: int, at_ms: int
) -> int:
    for nth, event_id in enumerate(found, number + 1):
        row = {"hall": hall, "event_id": event_id, "place": place, "no": nth, "text": "", "verdict": ""}
        connection.execute(upsert(connection, away_facts).values(**row, at_ms=at_ms).on_conflict_do_nothing())
    return number + len(found)


def _envelope(connection: Connection, event_id: str) -> dict[str, Any]:
    text = connection.execute(select(_E.text).where(_E.event_id == event_id)).scalar_one()
    found: dict[str, Any] = json.loads(text)
    return found


def _as_told(
    said: dict[str, Any], hall: str, store: str, end: End, retold: Callable[[str, Plain], dict[str, Any]]
) -> dict[str, Any]:
    """A fact of ours that carries one of a desk; marks made with our own keys mean nothing there."""
    body = retold(said["case_id"], said["body"])
    if "certno_blind" in body:
        body["certno_blind"] = ""
    if isinstance(body.get("came"), Mapping):
        body["came"] = {**body["came"], "filing_id": ""}  # that filing waits nowhere but here
    origin = {name: said[name] for name in ("event_id", "device", "epoch", "seq", "hash")}
    body["told_by"] = {"halls": [*_halls(body), hall], **origin}
    fact = {**said, "event_id": named(said["event_id"], hall), "device": store, "epoch": 1}
    fact |= {"seq": end.seq + 1, "prev_hash": end.prev_hash, "alg": SHA256, "body": body}
    return {**fact, "hash": link(fact)}


def named(event_id: str, hall: str) -> str:
    """What a fact of ours is called that carries another; the turn it makes has this name as well."""
    return f"{event_id}@{hall}"


def own_name(turn_id: str, hall: str) -> str:
    """What a turn is called here that came of a fact we told."""
    return turn_id.removesuffix(f"@{hall}")


def _halls(body: Plain) -> list[str]:
    told = body.get("told_by")
    return [str(one) for one in told.get("halls", ())] if isinstance(told, Mapping) else []
