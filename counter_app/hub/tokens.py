"""Who may ask: one secret per program, kept as a digest, good for one hall and one role."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import Connection, insert, select, update

from counter_app.domain.value import Value
from counter_app.hub.hall_tables import devices
from counter_app.hub.tables import tokens
from counter_app.problems import Problem

# What each role may do; a route names one of these words.
MAY: dict[str, frozenset[str]] = {
    "window": frozenset({"see", "take", "slip", "call", "act"}),
    "kiosk": frozenset({"see", "take", "slip", "rate"}),
    "board": frozenset({"see"}),
    "guide": frozenset({"see", "take", "slip", "act", "senior"}),
    "manage": frozenset({"see", "take", "slip", "act", "senior", "arrange", "follow", "work"}),
    "portal": frozenset({"file"}),  # a hospital or an app: brings filings and sees nothing
    "hall": frozenset({"bring"}),  # another hall's hub: cases it accepted for us, and what became of those
    # An enrolled device answers for the clerks who signed in at it, whatever their roles.
    "device": frozenset({"see", "take", "slip", "call", "act", "push", "rate", "vouch", "arrange"})
    | frozenset({"work", "move", "file", "follow", "page"}),
    # Behind the counter a token is one person's, so that nobody is two reviewers of one case.
    "reviewer": frozenset({"see", "work", "move", "page"}),
    "finance": frozenset({"see", "work", "move", "page"}),
    "supervisor": frozenset({"see", "work", "move", "senior", "follow", "page"}),
}
# What a person behind the counter is, by the role of the token; anybody else says it of themselves.
BEHIND: dict[str, tuple[str, ...]] = {
    "reviewer": ("reviewer",),
    "finance": ("finance",),
    "supervisor": ("supervisor",),
}


class Bearer(Value, frozen=True):
    """Whom a token belongs to. `window` "" means any; `clerk` is the one person it is for, "" nobody's;
    `device` is the enrolled device it was given to, "" for one issued by hand.
    """

    hall: str
    role: str
    window: str = ""
    clerk: str = ""
    device: str = ""
    has_left: bool = False  # the hall gave this device up: it may hand in what it holds, and nothing else

    def may(self, what: str) -> bool:
        """Whether the role allows it."""
        return what in MAY.get(self.role, frozenset())


def digest_of(token: str) -> str:
    """What is stored of a token; it has 256 bits of chance, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()


def issue(connection: Connection, bearer: Bearer, at_ms: int) -> str:
    """Make a token; it is shown once and never stored."""
    token = secrets.token_urlsafe(32)
    values = {"digest": digest_of(token), "role": bearer.role, "window": bearer.window, "revoked": ""}
    row = {**values, "hall": bearer.hall, "clerk": bearer.clerk, "at_ms": at_ms}
    connection.execute(insert(tokens).values(row))
    return token


def revoke(connection: Connection, digest: str, why: str) -> None:
    """Make a token worthless, with a reason."""
    connection.execute(update(tokens).where(tokens.c.digest == digest).values(revoked=why))


def left_bearer(connection: Connection, token: str) -> Bearer | None:
    """A device that told facts and was given up; None for a token nobody had.

    Raises Problem `device-revoked` for one of any other role.
    """
    mine = (devices.c.token_digest == digest_of(token), devices.c.revoked != "")
    row = connection.execute(select(devices).where(*mine)).first()
    if row is not None and "push" not in MAY.get(row.role, ()):
        raise Problem("device-revoked", "device")
    return Bearer(row.hall, "", device=row.device, has_left=True) if row is not None else None


def bearer_of(connection: Connection, token: str) -> Bearer | None:
    """Whose token this is; None for an unknown or revoked one."""
    given = (devices.c.hall == tokens.c.hall) & (devices.c.token_digest == tokens.c.digest)
    chosen = select(tokens, devices.c.device).select_from(tokens.outerjoin(devices, given))
    mine = chosen.where(tokens.c.digest == digest_of(token), tokens.c.revoked == "")
    row = connection.execute(mine).first()
    return Bearer(row.hall, row.role, row.window, row.clerk, row.device or "") if row is not None else None
