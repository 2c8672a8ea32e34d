"""Who may work at a counter: made by the system officer together with the security officer (三员分立)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.logins import OFFICERS, SECURITY, SYSTEM, Login, checked_roles
from counter_app.problems import Problem
from counter_app.seals.passwords import new_password, new_totp
from counter_app.services.door import Door


def found(door: Door, officers: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """The three officers of a counter that has none: role to `(工号, 姓名)`; answers their first passwords.

    Raises Problem `accounts-there`, `field-required` unless all three are named, `roles-apart` when one
    person is named twice.
    """
    if door.storage.has_logins():
        raise Problem("accounts-there")
    for role, name in OFFICERS.items():
        if not all(part.strip() for part in officers.get(role, ("", ""))):
            raise Problem("field-required", role, f"{name}的工号和姓名")
    numbers = [officers[role][0] for role in OFFICERS]
    if len(set(numbers)) < len(OFFICERS):
        raise Problem("roles-apart", "role", "、".join(OFFICERS.values()))
    told = {}
    for role in OFFICERS:
        number, name = officers[role]
        told[number] = _made(door, Actor(number, name, (role,)), "founded", ())
    return told


def add(door: Door, by: Actor, second: Actor, clerk: Actor) -> str:
    """A new clerk or officer; answers the first password, told once. Signed by two officers.

    Raises Problem `officer-needed`, `account-there`, `role-unknown`, `roles-apart`, `field-required`.
    """
    _is(by, SYSTEM)
    _is(second, SECURITY)
    if not clerk.clerk_no.strip() or not clerk.clerk_name.strip():
        raise Problem("field-required", "clerk_no", "工号和姓名")
    if door.storage.login(clerk.clerk_no) is not None:
        raise Problem("account-there", "clerk_no", clerk.clerk_no)
    return _made(door, replace(clerk, roles=checked_roles(clerk.roles)), "added", (by, second))


def set_roles(door: Door, by: Actor, clerk_no: str, roles: Iterable[str]) -> Actor:
    """Other roles for somebody else. Raises Problem as `add` does, `same-person`, `last-officer`."""
    _is(by, SECURITY)
    clerk = _other(door, by, clerk_no, "授权")
    wanted = replace(clerk, roles=checked_roles(roles))
    _not_last(door, clerk, wanted.roles)
    _write(door, by, wanted, None, "granted", (by,))
    return wanted


def disable(door: Door, by: Actor, clerk_no: str) -> None:
    """Somebody works here no longer; what they did stays theirs. Raises `last-officer`, `same-person`."""
    _is(by, SYSTEM)
    clerk = _other(door, by, clerk_no, "停用")
    _not_last(door, clerk, ())
    _write(door, by, clerk, None, "disabled", (by,), active=False)


def unlock(door: Door, by: Actor, clerk_no: str) -> None:
    """Open a login that was locked by wrong answers."""
    _is(by, SECURITY)
    clerk = _other(door, by, clerk_no, "解锁")
    login = _login(door, clerk_no)
    _write(door, by, clerk, replace(login, failures=0, locked_until_ms=0), "unlocked_by", (by,))


def reset(door: Door, by: Actor, clerk_no: str) -> str:
    """A first password again, for who has forgotten theirs; told once."""
    _is(by, SECURITY)
    clerk = _other(door, by, clerk_no, "重置口令")
    words = new_password()
    login = replace(_login(door, clerk_no), kept=door.passwords.hashed(words), must_change=True)
    _write(door, by, clerk, replace(login, failures=0, locked_until_ms=0), "reset", (by,))
    return words


def give_totp(door: Door, by: Actor, clerk_no: str) -> str:
    """A second factor for somebody; the secret, told once, for their authenticator."""
    _is(by, SECURITY)
    clerk = _other(door, by, clerk_no, "发放动态码")
    secret = new_totp()
    sealed = door.secrets.seal(secret, f"{clerk_no}|totp")
    _write(door, by, clerk, replace(_login(door, clerk_no), totp=sealed, step=0), "second_factor", (by,))
    return secret


def _made(door: Door, clerk: Actor, what: str, people: tuple[Actor, ...]) -> str:
    words = new_password()
    kept = door.passwords.hashed(words)
    login = Login(clerk.clerk_no, kept, seen_ms=door.now_ms, must_change=True)
    _write(door, people[0] if people else clerk, clerk, login, what, people)
    return words


def _write(
    door: Door,
    by: Actor,
    clerk: Actor,
    login: Login | None,
    what: str,
    people: tuple[Actor, ...],
    active: bool = True,
) -> None:
    body = {"clerk_no": clerk.clerk_no, "roles": list(clerk.roles), "by": [one.clerk_no for one in people]}
    kept = login or door.storage.login(clerk.clerk_no)
    with door.storage.unit(by, door.now()) as unit:
        unit.put_clerk(clerk, active)
        if kept is not None:
            unit.save_login(kept.changed)
        unit.record(Fact(f"clerk.{what}", body))


def _is(actor: Actor, role: str) -> None:
    if not actor.may(role):
        raise Problem("officer-needed", "by", OFFICERS[role])


def _other(door: Door, by: Actor, clerk_no: str, what: str) -> Actor:
    """Whom it is about, never oneself."""
    if clerk_no == by.clerk_no:
        raise Problem("same-person", "clerk_no", f"{what}的人和帐号本人")
    clerk = next((one for one in door.storage.clerks() if one.clerk_no == clerk_no), None)
    if clerk is None:
        raise Problem("clerk-unknown", "clerk_no", clerk_no)
    return clerk


def _login(door: Door, clerk_no: str) -> Login:
    login = door.storage.login(clerk_no)
    if login is None:
        raise Problem("clerk-unknown", "clerk_no", clerk_no)
    return login


def _not_last(door: Door, clerk: Actor, roles: tuple[str, ...]) -> None:
    """A counter without one of its officers could never get another."""
    for role, name in OFFICERS.items():
        others = [one for one in door.storage.clerks() if one.may(role) and one.clerk_no != clerk.clerk_no]
        if clerk.may(role) and role not in roles and not others:
            raise Problem("last-officer", "clerk_no", name)
