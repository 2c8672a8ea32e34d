"""People who sign in: three officers and the clerks of the demo, with one password and cheap hashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from counter_app.domain.actor import Actor
from counter_app.domain.logins import AUDIT, SECURITY, SYSTEM, Login
from counter_app.seals.passwords import Passwords, _totp
from counter_app.services.door import Door, door_of
from tests.fakes.office import TestOffice

CHEAP = Passwords(memory_kib=8, passes=1)
WORDS = "石臼港 2026"
CLERK, SECOND = "0317", "0318"
OFFICERS = {
    SYSTEM: Actor("9001", "高远", (SYSTEM,)),
    SECURITY: Actor("9002", "沈安", (SECURITY,)),
    AUDIT: Actor("9003", "严明", (AUDIT,)),
}


def door_with_people(desk: TestOffice) -> Door:
    """The door of a desk whose officers and clerks all have the password `WORDS`."""
    door = replace(door_of(desk.office), passwords=CHEAP)
    kept = CHEAP.hashed(WORDS)
    with desk.store.unit(OFFICERS[SYSTEM], desk.clock.now()) as unit:
        for officer in OFFICERS.values():
            unit.put_clerk(officer)
        for clerk in (*desk.cast.clerks, *OFFICERS.values()):
            unit.save_login(Login(clerk.clerk_no, kept, seen_ms=door.now_ms))
    return door


def code_at(secret: str, moment: datetime) -> str:
    """What an authenticator shows."""
    return _totp(secret).generate(int(moment.timestamp())).decode("ascii")
