"""Who acts: every verb takes an Actor, and every fact remembers one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """The clerk, reviewer or machine on whose behalf something is done."""

    clerk_no: str
    clerk_name: str
    roles: tuple[str, ...] = ("clerk",)
    device: str = ""
    window: str = ""

    def may(self, role: str) -> bool:
        """Tell whether the actor holds `role` (`clerk`, `supervisor`, `reviewer`, `system`)."""
        return role in self.roles
