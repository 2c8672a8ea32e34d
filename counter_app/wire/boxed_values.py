"""How a single sealed value travels between two halls: in a box for the other hall's hub."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.boxes import seal_to

_MARK = "x1."
_SEALED = re.compile(r"[shx][14]\.")  # a counter's own key, its hall's, a hub's box; AES or SM4
AGENT = "agnter_certno"  # who acts for somebody: its number is sealed without a mark of its own


class Opener(Protocol):
    """A hub that opens what was sealed for it."""

    def opened(self, sealed: bytes, where: str) -> bytes:
        """What was sealed for this hub at a place. Raises Problem `seal-broken`."""


def is_boxed(sealed: str) -> bool:
    """Whether a value lies in a box for a hub."""
    return sealed.startswith(_MARK)


def boxed(plain: str, where: str, box_key: bytes) -> str:
    """Put a value into a box for the hub of this X25519 key. Raises Problem `seal-broken`."""
    return _MARK + base64url.encode(seal_to(box_key, plain.encode("utf-8"), _about(where)))


def opened(hub: Opener, sealed: str, where: str) -> str:
    """Take a value out of its box. Raises Problem `seal-broken`."""
    try:
        return hub.opened(base64url.decode(sealed.removeprefix(_MARK)), _about(where)).decode("utf-8")
    except ValueError as error:
        raise Problem("seal-broken", "box") from error


def sealed_in(body: Mapping[str, Any]) -> dict[str, str]:
    """The sealed values of a fact by name: answers, the agent's number, values sealed again."""
    answers, agent, again = (body.get(name) for name in ("answers", "agent", "values"))
    found: dict[str, Any] = {}
    if isinstance(answers, Mapping):
        found |= {k: v["sealed"] for k, v in answers.items() if isinstance(v, Mapping) and "sealed" in v}
    if isinstance(agent, Mapping):
        found[AGENT] = agent.get(AGENT)
    if isinstance(again, Mapping):
        found |= again
    return {name: value for name, value in found.items() if isinstance(value, str) and _SEALED.match(value)}


def with_values(body: Mapping[str, Any], change: Callable[[str, str], str]) -> dict[str, Any]:
    """A body whose sealed values are what `change(name, sealed)` makes of them."""
    made = dict(body)
    news = {name: change(name, sealed) for name, sealed in sealed_in(body).items()}
    for name in ("answers", "agent", "values"):
        part = body.get(name)
        if isinstance(part, Mapping):
            made[name] = {key: _new(news, name, key, value) for key, value in part.items()}
    return made


def _new(news: Mapping[str, str], part: str, key: str, value: Any) -> Any:
    if key not in news:
        return value
    if part == "answers":
        is_sealed = isinstance(value, Mapping) and "sealed" in value
        return {**value, "sealed": news[key]} if is_sealed else value
    return news[key] if part == "values" or key == AGENT else value


def _about(where: str) -> str:
    return f"value|{where}"
