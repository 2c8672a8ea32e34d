"""Signing in at this counter: password, lockout, one-time code, and how long that holds without the hall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.logins import FOR_EVER, OFFICERS, Login, LoginRules, after_failure, weakness
from counter_app.problems import Problem
from counter_app.seals.passwords import Passwords, totp_step
from counter_app.services.office import Office
from counter_app.services.ports import Secrets, Spend, Storage

_MACHINE = Actor("", "", ("system",))
_BACK = timedelta(minutes=10)  # a clock further back than this says nothing about days


@dataclass(frozen=True, slots=True)
class Door:
    """What signing in needs of a counter."""

    storage: Storage
    secrets: Secrets
    now: Callable[[], datetime]
    online: Callable[[], bool] = lambda: True
    rules: LoginRules = field(default_factory=LoginRules)
    passwords: Passwords = field(default_factory=Passwords)
    window: str = ""
    spend: Spend | None = None

    @property
    def now_ms(self) -> int:
        """The moment as facts write it."""
        return int(self.now().timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody brings: password, one-time code, and a new password where the old one has to go."""

    password: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    new_password: str = field(default="", repr=False)


def door_of(office: Office) -> Door:
    """The door of a desk."""
    ports = office.ports
    rules, passwords = office.login_rules, office.passwords
    return Door(
        ports.storage, ports.secrets, office.now, office.online, rules, passwords, office.window, ports.spend
    )


def sign_in(door: Door, clerk_no: str, proof: Proof, why: str = "signed_in") -> Actor:
    """Let somebody in; `why` is what the fact says (`signed_in`, `unlocked`, `witnessed`, `administered`).

    Raises Problem `login-wrong` (also for a number nobody has), `login-locked`, `login-barred`,
    `code-needed`, `code-wrong`, `login-offline`, `password-old` (a first password has to be changed),
    `password-weak`.
    """
    clerk = next((one for one in door.storage.clerks() if one.clerk_no == clerk_no.strip()), None)
    login = door.storage.login(clerk_no.strip()) if clerk is not None else None
    if clerk is None or login is None:
        door.passwords.refuse(proof.password)
        raise Problem("login-wrong", "password")
    _not_locked(door, login)
    if not door.passwords.fits(proof.password, login.kept):
        _failed(door, login, "login-wrong", "password")
    before, login = login, _with_code(door, login, proof.code)
    login = _with_age(door, login)
    login = _with_password(door, login, proof)
    _spend(door, before, login.step)
    how = "password+totp" if login.totp else "password"
    _keep(door, replace(login, failures=0, locked_until_ms=0), why, {"how": how, "online": door.online()})
    return clerk


def sign_in_to_work(door: Door, clerk_no: str, proof: Proof, why: str = "signed_in") -> Actor:
    """Let somebody in to serve citizens. Raises Problem `roles-work` for an officer, and as `sign_in`."""
    actor = sign_in(door, clerk_no, proof, why)
    if any(role in OFFICERS for role in actor.roles):
        raise Problem("roles-work", "clerk_no", "、".join(OFFICERS[r] for r in actor.roles if r in OFFICERS))
    return actor


def signed_out(door: Door, actor: Actor) -> None:
    """Write down that somebody left."""
    with door.storage.unit(actor, door.now()) as unit:
        unit.record(Fact("clerk.signed_out", {"clerk_no": actor.clerk_no, "window": door.window}))


def _not_locked(door: Door, login: Login) -> None:
    if login.locked_until_ms == FOR_EVER:
        raise Problem("login-barred", "clerk_no", str(login.failures))
    left = login.locked_until_ms - door.now_ms
    if left > 0:
        raise Problem("login-locked", "clerk_no", str(-(-left // 60_000)))


def _failed(door: Door, login: Login, code: str, where: str) -> None:
    """Count it durably before anything is said. Always raises."""
    after = after_failure(login, door.rules, door.now_ms)
    _keep(door, after, "refused", {"failures": after.failures, "locked": after.locked_until_ms})
    _not_locked(door, after)
    raise Problem(code, where)


def _with_code(door: Door, login: Login, code: str) -> Login:
    if not login.totp:
        return login
    if not code.strip():
        raise Problem("code-needed", "code")
    secret = door.secrets.open(login.totp, f"{login.clerk_no}|totp")
    step = totp_step(secret, code, door.now().timestamp(), login.step)
    if not step:
        _failed(door, login, "code-wrong", "code")
    return replace(login, step=step)


def _spend(door: Door, login: Login, step: int) -> None:
    """Last of all, so that a code is not gone for somebody whose new password is refused."""
    if not login.totp or door.spend is None or not door.online():
        return
    if not door.spend(login.clerk_no, step):
        _failed(door, replace(login, step=step), "code-wrong", "code")


def _with_age(door: Door, login: Login) -> Login:
    if door.online():
        return replace(login, seen_ms=door.now_ms)
    since = timedelta(milliseconds=door.now_ms - login.seen_ms)
    if not -_BACK <= since <= timedelta(days=door.rules.offline_days):
        raise Problem("login-offline", "clerk_no", str(door.rules.offline_days))
    return login


def _with_password(door: Door, login: Login, proof: Proof) -> Login:
    if proof.new_password:
        return replace(login, kept=renewed(door, login, proof), must_change=False).changed
    if login.must_change:
        raise Problem("password-old", "new_password")
    if door.passwords.is_stale(login.kept):
        return replace(login, kept=door.passwords.hashed(proof.password))
    return login


def renewed(door: Door, login: Login, proof: Proof) -> str:
    """The hash of a new password. Raises Problem `password-weak`."""
    because = weakness(proof.new_password, login.clerk_no, door.rules.shortest)
    if not because and proof.new_password == proof.password:
        because = "不能与原口令相同"
    if because:
        raise Problem("password-weak", "new_password", because)
    return door.passwords.hashed(proof.new_password)


def _keep(door: Door, login: Login, what: str, more: dict[str, object]) -> None:
    with door.storage.unit(_MACHINE, door.now()) as unit:
        unit.save_login(login)
        body = {"clerk_no": login.clerk_no, "window": door.window, **more}
        unit.record(Fact(f"clerk.{what}", body))
