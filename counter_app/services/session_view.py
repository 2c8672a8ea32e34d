"""Who sits at the window, as a face draws it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Someone:
    """One who may be chosen by a key in a demo hall: 工号, name, post in words."""

    clerk_no: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """`is_secured`: people prove who they are here. `choices` is who a demo hall offers instead."""

    is_secured: bool = False
    is_signed_in: bool = True
    choices: tuple[Someone, ...] = ()
