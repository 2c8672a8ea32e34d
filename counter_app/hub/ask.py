"""A question to the hub, decoded and checked, and the row that describes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub import shapes as s
from counter_app.hub.hall import HallHub
from counter_app.hub.tokens import BEHIND, Bearer
from counter_app.problems import Problem


class Ask(Value, frozen=True):
    """One question, already decoded and checked."""

    hall: HallHub
    bearer: Bearer
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None

    def window(self) -> str:
        """The window in the path, as its token names it (`1` is `w1`). Raises Problem `token-role`."""
        asked, own = self.path["window"], self.bearer.window
        if own and asked not in (own, own.removeprefix("w")):
            raise Problem("token-role", "window", f"{own} 号窗口")
        return own or asked

    @property
    def whole(self) -> bool:
        """Whether the asker may see whose ticket it is."""
        return self.bearer.may("act")

    def actor(self, clerk: s.ClerkBody | None = None, window: str = "") -> Actor:
        """Who acts: what the token says, and for an enrolled device what it says of its clerk."""
        given = clerk or s.ClerkBody()
        roles = BEHIND.get(self.bearer.role, ("clerk",))
        if self.bearer.may("vouch") and given.roles:
            roles = tuple(given.roles)
        if self.bearer.may("senior"):
            roles = (*roles, "supervisor")
        # `system` is the program itself, never somebody on the wire.
        safe = tuple(role for role in roles if role != "system")
        # A token of one person speaks for that person; behind the counter no other is believed.
        number = self.bearer.clerk or ("" if self.bearer.role in BEHIND else given.no)
        return Actor(number, given.name, safe, "", self.bearer.window or window or given.window)


class Endpoint(Value, frozen=True):
    """One row: `may` is a word of `tokens.MAY`; `query` names the optional query fields.

    A `brief` one writes no more than a press of a key does: it may be written on the server's own thread.
    `from_left` is asked by devices as well that the hall gave up.
    """

    method: str
    path: str
    summary: str
    may: str
    run: Callable[[Ask], Any]
    body: Any = None
    reply: Any = None
    query: tuple[str, ...] = ()
    may_be_empty: bool = False
    brief: bool = False
    from_left: bool = False


def aware(moment: datetime, where: str) -> datetime:
    """A moment that says its zone. Raises Problem `body-broken`."""
    if moment.tzinfo is None:
        raise Problem("body-broken", where, f"{where} 应写明时区，如 2026-11-24T09:30:00+08:00")
    return moment


def asked_day(ask: Ask) -> date:
    """The day of the question, today unless it says another."""
    asked = ask.query.get("day", "today")
    return ask.hall.today() if asked == "today" else day_of(asked)


def day_of(text: str) -> date:
    """An ISO date. Raises Problem `body-broken`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem("body-broken", "day", "日期应写作 2026-11-23 或 today") from error


def number_of(text: str, where: str) -> int:
    """A whole number from 0 on. Raises Problem `body-broken`."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise Problem("body-broken", where, f"{where} 应为不小于零的整数")
    return int(text)
