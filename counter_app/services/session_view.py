"""Who sits at the window, as a face draws it."""

from __future__ import annotations

from counter_app.domain.value import Value


class Someone(Value, frozen=True):
    """One who may be chosen by a key in a demo hall: 工号, name, post in words."""

    clerk_no: str
    name: str
    post: str


class SessionView(Value, frozen=True):
    """`is_secured`: people prove who they are here. `choices` is who a demo hall offers instead."""

    is_secured: bool = False
    is_signed_in: bool = True
    choices: tuple[Someone, ...] = ()
