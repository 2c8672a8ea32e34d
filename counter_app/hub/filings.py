"""外来件 in the hall: packages wait here for the desks, and one filing goes to one window.

The hub looks whether a package is whole; whose signature counts is for each desk to say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from counter_app.domain.actor import Actor
from counter_app.hub import memory
from counter_app.hub.commands import Claim, Packages, Send
from counter_app.hub.rows import to_ms, upsert
from counter_app.hub.tables import claims, halls, packages
from counter_app.problems import Problem
from counter_app.wire.package import looked_at

# A window that took a filing and did nothing about it for so long has lost it.
LAPSE_MS = 2 * 3600_000


def send(connection: Connection, actor: Actor, command: Send) -> bool:
    """Keep a package for the desks; False for one that is here already.

    Raises Problem `package-broken`, `filing-conflict` (its id with other contents), `request-reused`.
    """
    package, text = looked_at(dict(command.package))
    digest = memory.digest("package", text)
    known = memory.subject(connection, command.hall, command.request_id, digest)
    if known:
        return False
    package_id = package.manifest.package_id
    # Its number follows the order of commits: the hall's row is held until then.
    connection.execute(select(halls.c.hall).where(halls.c.hall == command.hall).with_for_update()).one()
    mine = packages.c.hall == command.hall
    before = connection.execute(
        select(packages.c.digest).where(mine, packages.c.package_id == package_id)
    ).scalar_one_or_none()
    if before is not None and before != digest:
        raise Problem("filing-conflict", "package_id", package_id[:64])
    now = to_ms(command.at)
    if before is None:
        last = connection.execute(select(func.coalesce(func.max(packages.c.package_no), 0)).where(mine))
        values = {"package_no": last.scalar_one() + 1, "package_id": package_id, "digest": digest}
        connection.execute(insert(packages).values(hall=command.hall, text=text, at_ms=now, **values))
    memory.remember(connection, command.hall, command.request_id, digest, package_id, now)
    return before is None


def packages_of(connection: Connection, actor: Actor, command: Packages) -> list[Mapping[str, Any]]:
    """Packages after a number, in the order they came: `{no, package}`."""
    chosen = select(packages.c.package_no, packages.c.text).where(
        packages.c.hall == command.hall, packages.c.package_no > command.after
    )
    found = connection.execute(chosen.order_by(packages.c.package_no).limit(command.limit))
    return [{"no": row.package_no, "package": json.loads(row.text)} for row in found]


def claim(connection: Connection, actor: Actor, command: Claim) -> None:
    """Give a filing to a window. Raises Problem `filing-elsewhere`, `filing-done`."""
    hall, now = command.hall, to_ms(command.at)
    mine = (claims.c.hall == hall, claims.c.filing_id == command.filing_id)
    values = {"filing_id": command.filing_id, "window": command.window, "case_id": "", "number": ""}
    made = upsert(connection, claims).values(hall=hall, at_ms=now, **values)
    connection.execute(made.on_conflict_do_nothing())
    row = connection.execute(select(claims).where(*mine).with_for_update()).mappings().one()
    if row["case_id"]:
        raise Problem("filing-done", "filing", row["number"])
    if row["window"] != command.window and now - row["at_ms"] < LAPSE_MS:
        raise Problem("filing-elsewhere", "filing", row["window"])
    connection.execute(update(claims).where(*mine).values(window=command.window, at_ms=now))


def release(connection: Connection, actor: Actor, command: Claim) -> None:
    """Give back a filing this window took and dropped; another's, or one that is done, stays as it is."""
    connection.execute(
        delete(claims).where(
            claims.c.hall == command.hall,
            claims.c.filing_id == command.filing_id,
            claims.c.window == command.window,
            claims.c.case_id == "",
        )
    )


def settled(connection: Connection, hall: str, envelope: Mapping[str, Any]) -> bool:
    """Note that a filing became a case; False when it had become another one before."""
    came = envelope["body"].get("came")
    filing_id = came.get("filing_id") if isinstance(came, Mapping) else None
    if not isinstance(filing_id, str) or not filing_id:
        return True
    case_id, number = str(envelope["case_id"]), str(envelope["body"].get("number", ""))
    window = str(envelope["actor"].get("window", ""))
    values = {"filing_id": filing_id, "window": window, "case_id": case_id, "number": number}
    made = upsert(connection, claims).values(hall=hall, at_ms=envelope["wall_ms"], **values)
    done = made.on_conflict_do_update(
        index_elements=["hall", "filing_id"],
        set_={"case_id": case_id, "number": number},
        where=claims.c.case_id.in_(["", case_id]),
    )
    return bool(connection.execute(done).rowcount)
