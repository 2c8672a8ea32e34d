"""Whom a window calls next: its own lanes first, then a lane that has waited too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from counter_app.domain.value import Value
from counter_app.queueing.entry import WINDOW_LANE
from counter_app.queueing.rules import Rules


class Window(Value, frozen=True):
    """A window's place in the hall: the groups it serves, those it helps, and why it is paused ("" = open).

    No groups at all means every group (综合柜员): so works a window nobody has arranged. `seen_ms` and
    `clerk` say when it last gave a sign of life and who sits there; they decide nothing.
    """

    window: str
    own: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    paused: str = ""
    seen_ms: int = 0
    clerk: str = ""


class Placed(Protocol):
    """Whoever is first in a lane, as far as the choice of a lane goes."""

    @property
    def order(self) -> tuple[int, int, str]:
        """What the line is sorted by."""

    @property
    def taken_ms(self) -> int:
        """When the number was taken."""


def own_lanes(window: Window, rules: Rules) -> tuple[str, ...]:
    """The lanes this window serves, its private one included."""
    groups = window.own or tuple(group.code for group in rules.groups)
    return (*groups, WINDOW_LANE + window.window)


def help_lanes(window: Window, rules: Rules) -> tuple[str, ...]:
    """The lanes this window may help; none for a window that serves everything anyway."""
    own = own_lanes(window, rules)
    return tuple(lane for lane in window.helps if lane not in own)


def order_lanes(heads: Mapping[str, Placed], window: Window, rules: Rules, now: int) -> Sequence[str]:
    """The lanes to try, best first, given the head of each lane that has one.

    Own lanes by key; after them the helped lanes whose head has waited `help_after`.
    """
    own = sorted((heads[lane].order, lane) for lane in own_lanes(window, rules) if lane in heads)
    others = sorted(
        (heads[lane].order, lane)
        for lane in help_lanes(window, rules)
        if lane in heads and now - heads[lane].taken_ms >= rules.help_after
    )
    return [lane for _, lane in (*own, *others)]
