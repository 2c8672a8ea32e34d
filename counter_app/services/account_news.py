"""An account as it travels between the counters of a hall, and how one that is newer is taken.

What belongs to one counter stays there: how often somebody answered wrong, which code was used last, when
the hall was last heard. A login that only a security officer may open travels, and so does its opening.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.logins import FOR_EVER, Login, StaffAccount
from counter_app.services.ports import Secrets, Storage

HEARD = "clerk.heard"
Account = Mapping[str, Any]
_MACHINE = Actor("", "", ("system",))


def plain(account: StaffAccount, secrets: Secrets) -> Account | None:
    """An account for the hall; None while its second factor cannot be sealed for the hall yet."""
    login = account.login
    totp = secrets.for_hall(login.totp, f"{login.clerk_no}|totp") if login.totp else ""
    if totp is None:
        return None
    return {
        "clerk_no": login.clerk_no,
        "name": account.clerk.clerk_name,
        "roles": list(account.clerk.roles),
        "active": account.active,
        "version": max(1, login.version),
        "kept": login.kept,
        "totp": totp,
        "must_change": login.must_change,
        "barred": login.locked_until_ms == FOR_EVER,
    }


def take(storage: Storage, told: Sequence[Account], now_ms: int) -> int:
    """Write down what the hall says newer than this counter knows; how many. On the services lane."""
    known = {one.login.clerk_no: one for one in storage.accounts()}
    newer = [one for one in told if _is_newer(one, known.get(str(one["clerk_no"])))]
    if not newer:
        return 0
    with storage.unit(_MACHINE, datetime.fromtimestamp(now_ms / 1000, UTC)) as unit:
        for one in newer:
            before = known.get(str(one["clerk_no"]))
            clerk = Actor(str(one["clerk_no"]), str(one["name"]), tuple(one["roles"]))
            unit.put_clerk(clerk, bool(one["active"]))
            unit.save_login(_login(one, before.login if before is not None else None, now_ms))
            body = {"clerk_no": clerk.clerk_no, "roles": list(clerk.roles), "version": int(one["version"])}
            unit.record(Fact(HEARD, {**body, "active": bool(one["active"])}))
    return len(newer)


def _is_newer(one: Account, known: StaffAccount | None) -> bool:
    """Of two of one version that differ the hall's counts: two counters had made the same number."""
    if known is None:
        return True
    version = max(1, known.login.version)
    other = (one["kept"], one["name"]) != (known.login.kept, known.clerk.clerk_name)
    return int(one["version"]) > version or (int(one["version"]) == version and other)


def _login(one: Account, before: Login | None, now_ms: int) -> Login:
    kept = before or Login(str(one["clerk_no"]), "")
    until = 0 if kept.locked_until_ms == FOR_EVER else kept.locked_until_ms
    opened = kept.locked_until_ms == FOR_EVER and not one["barred"]
    return Login(
        clerk_no=str(one["clerk_no"]),
        kept=str(one["kept"]),
        totp=str(one["totp"]),
        step=kept.step,
        failures=0 if opened else kept.failures,
        locked_until_ms=FOR_EVER if one["barred"] else until,
        seen_ms=now_ms,
        must_change=bool(one["must_change"]),
        version=int(one["version"]),
    )
