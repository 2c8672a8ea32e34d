"""Single values of cases as this hall opens them: those another hall brought, out of the box made for this
hub and under this hall's own key; those a counter sealed before it knew the hall, as it sealed them again.

The fact itself stays as it was sent, for its chain; beside it stands what every device of this hall can open.
The plain value is in memory between the two and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, String, Table, Text, select

from counter_app.hub.case_facts import facts_of
from counter_app.hub.field_keys import keys_of
from counter_app.hub.rows import upsert
from counter_app.hub.tables import metadata
from counter_app.problems import Problem
from counter_app.seals.device import sealed_for_hall
from counter_app.seals.hub_identity import HubIdentity
from counter_app.wire.boxed_values import AGENT, is_boxed, opened, sealed_in, with_values

brought_values = Table(
    "brought_values",
    metadata,
    Column("hall", String, primary_key=True),
    Column("case_id", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
_B = brought_values.c


def keep_boxed(
    connection: Connection, hall: str, envelopes: Iterable[Any], identity: HubIdentity, now_ms: int
) -> int:
    """Seal the boxed values of these facts for the hall; how many. One made for another hub is left alone."""
    kept, keys = 0, dict[int, bytes]()
    for one in envelopes:
        case_id, body = one.get("case_id"), one.get("body")
        found = sealed_in(body) if isinstance(body, Mapping) else {}
        for name, sealed in found.items():
            if not case_id or not is_boxed(sealed):
                continue
            keys = keys or dict(keys_of(connection, hall, identity, now_ms))
            try:
                plain = opened(identity, sealed, f"{case_id}|{name}")
            except Problem:
                continue
            _keep(
                connection, hall, (case_id, name), sealed_for_hall(plain, f"{case_id}|{name}", keys), now_ms
            )
            kept += 1
    return kept


def values_of(connection: Connection, hall: str, case_id: str) -> Mapping[str, str]:
    """What was sealed again of a case, by name, as the hall's devices open it: by its counter, or here."""
    chosen = select(_B.name, _B.sealed).where(_B.hall == hall, _B.case_id == case_id)
    brought = {row.name: row.sealed for row in connection.execute(chosen)}
    return {**_resealed(connection, hall, case_id), **brought}


def _resealed(connection: Connection, hall: str, case_id: str) -> Mapping[str, str]:
    """Values sealed for the hall after the case was taken, the newest."""
    found: dict[str, str] = {}
    for fact in facts_of(connection, hall, case_id, "values.resealed"):
        found |= fact["body"].get("values", {})
    return found


def in_place(connection: Connection, hall: str, case_id: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body of an acceptance with what is sealed in it as this hall opens it by now."""
    ours = values_of(connection, hall, case_id) if sealed_in(told) else {}
    return with_values(told, lambda name, sealed: ours.get(name, sealed)) if ours else told


def agent_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """Who acted for the principal; the number of the ID card only as a sealed value, like an answer."""
    agent = told.get("agent")
    if not isinstance(agent, Mapping):
        return {}
    sealed = sealed_in({"agent": agent}).get(AGENT)
    plain = {key: value for key, value in agent.items() if key != AGENT}
    return {**plain, AGENT: {"sealed": sealed}} if sealed else plain


def _keep(connection: Connection, hall: str, place: tuple[str, str], sealed: str, now_ms: int) -> None:
    row = {"hall": hall, "case_id": place[0], "name": place[1], "sealed": sealed, "at_ms": now_ms}
    made = upsert(connection, brought_values).values(row)
    newer = {"sealed": sealed, "at_ms": now_ms}
    keys = ["hall", "case_id", "name"]
    connection.execute(made.on_conflict_do_update(index_elements=keys, set_=newer))
