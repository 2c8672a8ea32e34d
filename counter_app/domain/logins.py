"""What a counter keeps of somebody's login, who may hold which roles, and what keeps strangers out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.problems import Problem

SYSTEM, SECURITY, AUDIT = "system_admin", "security_admin", "audit_admin"
# 三员分立: who runs the machine, who grants rights and who looks at both are three people, and none of them
# serves citizens (as summaries of GB/T 22239-2019 level 3 tell it; the standard itself was not at hand).
OFFICERS: Mapping[str, str] = {SYSTEM: "系统管理员", SECURITY: "安全管理员", AUDIT: "审计员"}
WORK: Mapping[str, str] = {
    "clerk": "综合窗口",
    "supervisor": "值班主管",
    "reviewer": "审核岗",
    "finance": "财务岗",
    "auditor": "稽核岗",
}
ROLES: Mapping[str, str] = {**WORK, **OFFICERS}
SHORTEST = 8  # characters of a password
FOR_EVER = -1  # locked until a security officer opens it


@dataclass(frozen=True, slots=True)
class Login:
    """One person's login at this counter; times are Unix ms. Its repr shows no secret.

    `kept` is the argon2id hash; `totp` the sealed base-32 secret of the second factor, "" for none; `step`
    the last code accepted, so that none counts twice; `seen_ms` the last time the hall knew this login;
    `version` counts the changes that all counters of a hall have to know.
    """

    clerk_no: str
    kept: str = field(repr=False)
    totp: str = field(default="", repr=False)
    step: int = 0
    failures: int = 0
    locked_until_ms: int = 0
    seen_ms: int = 0
    must_change: bool = False
    version: int = 0

    @property
    def changed(self) -> Login:
        """The same login as a newer word: it counts at the other counters of the hall too."""
        return replace(self, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """Somebody who works, or worked, at this counter, with the login they have."""

    clerk: Actor
    active: bool
    login: Login


class LoginRules(Value, frozen=True):
    """How patient the door is.

    After `tries` wrong answers in a row it waits `wait_s` seconds, after `most` a security officer has to
    open it. Without the hall's hub a login holds `offline_days` since the hub was last there at a login.
    """

    tries: int = 5
    wait_s: int = 600
    most: int = 15
    offline_days: int = 7
    shortest: int = SHORTEST


def checked_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """The roles in one order. Raises Problem `role-unknown`, `roles-apart` (三员分立), `field-required`."""
    wanted = set(roles)
    for role in sorted(wanted - set(ROLES)):
        raise Problem("role-unknown", "role", role)
    officers = [name for role, name in OFFICERS.items() if role in wanted]
    if len(officers) > 1 or (officers and len(wanted) > 1):
        raise Problem("roles-apart", "role", "、".join(ROLES[role] for role in ROLES if role in wanted))
    if not wanted:
        raise Problem("field-required", "role", "岗位")
    return tuple(role for role in ROLES if role in wanted)


def weakness(password: str, clerk_no: str, shortest: int = SHORTEST) -> str:
    """What is wrong with a new password, in words; "" for nothing."""
    if len(password) < shortest:
        return f"至少 {shortest} 个字符"
    if clerk_no and clerk_no in password:
        return "不能含有工号"
    kinds = (str.isdecimal, str.isalpha, lambda one: not one.isalnum())
    if sum(any(kind(letter) for letter in password) for kind in kinds) < 2:
        return "须同时有字母、数字、符号中的两种"
    return "" if len(set(password)) > 3 else "重复的字符过多"


def after_failure(login: Login, rules: LoginRules, now_ms: int) -> Login:
    """The login after one more wrong answer."""
    failures = login.failures + 1
    until = login.locked_until_ms
    if failures >= rules.most:
        return replace(login, failures=failures, locked_until_ms=FOR_EVER).changed
    if failures % rules.tries == 0:
        until = now_ms + rules.wait_s * 1000
    return replace(login, failures=failures, locked_until_ms=until)
