"""What the device page draws: frozen values, no driver and no port of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.value import Value, field
from counter_app.problems import Problem


class OptionView(Value, frozen=True):
    """One word of a driver's configuration with what is set now."""

    key: str
    label: str
    hint: str = ""
    value: str = ""


class DriverView(Value, frozen=True):
    """One driver that is installed, or why it cannot be used; `options` hold what a role has set."""

    id: str
    family: str
    title: str
    available: bool
    because: str = ""
    options: tuple[OptionView, ...] = ()
    reads: tuple[str, ...] = ()


class Way(Value, frozen=True):
    """A way on when a device is lost. `kind`: queue reader folder a4 (another device), type (no device).

    `name` is what it would use; `driver` "" means that the role is left to nobody.
    """

    kind: str
    role: str
    name: str = ""
    driver: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)


class RoleView(Value, frozen=True):
    """One role of the desk: who plays it, how it is, and what was wrong last.

    `state`: ok, low (works, wants attention), opening, bad, none. `drivers` are those of its family.
    """

    role: str
    driver: str = ""
    title: str = ""
    where: str = ""
    state: str = "none"
    problem: Problem | None = None
    last: Problem | None = None
    last_at: float = 0.0
    replaced: bool = False
    starts: int = 0
    drivers: tuple[DriverView, ...] = ()


class FoundView(Value, frozen=True):
    """One device that is plugged in, and every role it could play: role, driver, configuration."""

    title: str
    uses: tuple[tuple[str, str, Mapping[str, Any]], ...]


class RepairView(Value, frozen=True):
    """A 报修 that somebody has still to come for; `left` in clock minutes, negative when late."""

    number: str
    device: str
    due_at: str = ""
    left: int | None = None


class DevicesView(Value, frozen=True):
    """Everything the page shows."""

    roles: tuple[RoleView, ...] = ()
    drivers: tuple[DriverView, ...] = ()
    found: tuple[FoundView, ...] = ()
    profiles: tuple[str, ...] = ()
    in_use: str = ""
    repairs: tuple[RepairView, ...] = ()


class TrialView(Value, frozen=True):
    """What came of trying a device: `what` as `drivers.trials.Trial`, or the refusal."""

    role: str
    what: str = ""
    detail: str = ""
    count: int = 0
    problem: Problem | None = None
