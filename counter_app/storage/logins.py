"""Logins in the counter store: one row a person, found by 工号."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from counter_app.domain.actor import Actor
from counter_app.domain.codec import from_plain, to_plain
from counter_app.domain.logins import Login, StaffAccount
from counter_app.storage import rows
from counter_app.storage import tables as t


def login_row(login: Login) -> dict[str, Any]:
    """A login as its row."""
    return {"clerk_no": login.clerk_no, "body": rows.text(to_plain(login))}


def login(connection: Connection, clerk_no: str) -> Login | None:
    """The login of a number."""
    text = connection.execute(select(t.logins.c.body).where(t.logins.c.clerk_no == clerk_no)).scalar()
    return from_plain(Login, json.loads(text)) if text is not None else None


def accounts(connection: Connection) -> list[StaffAccount]:
    """Everybody with a login, also who works here no longer, by number."""
    asked = select(t.clerks, t.logins.c.body).join(t.logins, t.logins.c.clerk_no == t.clerks.c.clerk_no)
    return [
        StaffAccount(
            Actor(row.clerk_no, row.name, tuple(json.loads(row.roles))),
            bool(row.active),
            from_plain(Login, json.loads(row.body)),
        )
        for row in connection.execute(asked.order_by(t.clerks.c.clerk_no))
    ]


def has_logins(connection: Connection) -> bool:
    """Whether anybody has one."""
    return connection.execute(select(t.logins.c.clerk_no).limit(1)).first() is not None
