"""What a training hall offers to do to its simulated devices."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.value import Value


class SimulatedAction(Value, frozen=True):
    """One thing the training panel can make a simulated device do; `run` may take its time.

    `is_told`: what it returns is said to whoever pressed.
    """

    title: str
    group: str
    run: Callable[[], object]
    hint: str = ""
    is_told: bool = False
