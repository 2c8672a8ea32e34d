"""What the parts of the contract of a hub share: a hall, its people, and a few steps."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.domain.tickets import TicketState
from counter_app.problems import Problem
from counter_app.services.hub_port import Hub
from tests.hub.stores import HandClock, clerk

CALLS = itertools.count()
FIRST, SECOND = (Actor(number, "演示审核", ("reviewer",)) for number in ("0420", "0421"))
CASHIER = Actor("0430", "演示出纳", ("finance",))


@dataclass
class Hall:
    """A hub under test and the clock it reads."""

    hub: Hub
    clock: HandClock


def refused(code: str) -> Any:
    return pytest.raises(Problem, match=code)


class HubSteps:
    """Steps that many tests take."""

    @staticmethod
    def _move(hall: Hall, act: str, by: Actor, **wish: Any) -> Any:
        return hall.hub.move("case-N1", Wish(f"move {next(CALLS)}", act, **wish), by)

    @staticmethod
    def _next(hall: Hall, window: str) -> str:
        called = hall.hub.call(window, f"call {next(CALLS)}", clerk(window))
        assert called is not None
        return called.ticket_id

    def _called(self, hall: Hall) -> str:
        hall.hub.take("r1")
        return self._next(hall, "1")

    @staticmethod
    def _state(hall: Hall, ticket_id: str) -> TicketState:
        found = hall.hub.ticket(ticket_id)
        assert found is not None
        return found.state
