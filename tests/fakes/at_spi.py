"""The tree a screen reader gets: asked over D-Bus (AT-SPI) as Orca asks, by no library but the D-Bus one."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
WAIT_S = 60.0
# Places of bits in the two words of a state set (AtspiStateType).
STATES = {"focusable": 11, "focused": 12, "showing": 25, "visible": 30, "enabled": 8, "checked": 4}


@dataclass(frozen=True)
class Node:
    """One thing a screen reader can speak of."""

    role: str
    name: str
    states: frozenset[str]
    children: tuple[Node, ...] = field(default=())

    def walk(self) -> Iterator[Node]:
        """This one and everything in it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Reader:
    """A screen reader's side of the bus; made on the session bus of a test."""

    def __init__(self, session: str) -> None:
        with open_dbus_connection(session) as bus:
            launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address = bus.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=WAIT_S).body[0]
        self._bus: DBusConnection = open_dbus_connection(address)

    def close(self) -> None:
        """Let go of the bus."""
        self._bus.close()

    def application(self, name: str) -> tuple[str, str]:
        """Bus name and path of a program, as soon as it has said that it is there."""
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            for bus, path in self._call(REGISTRY, ROOT, "GetChildren"):
                if name in self._get(bus, path, "Name"):
                    return bus, path
        raise AssertionError(f"no program called {name} on the bus")

    def tree(self, bus: str, path: str) -> Node:
        """What is shown of a thing and of everything in it; what is hidden is left out with all below it."""
        children = (
            self.tree(*child) for child in self._call(bus, path, "GetChildren") if self._is_shown(*child)
        )
        role = str(self._call(bus, path, "GetRoleName"))
        return Node(role, self._get(bus, path, "Name"), self._states(bus, path), tuple(children))

    def _is_shown(self, bus: str, path: str) -> bool:
        return "visible" in self._states(bus, path)

    def _states(self, bus: str, path: str) -> frozenset[str]:
        low, high = self._call(bus, path, "GetState")
        bits = low | high << 32
        return frozenset(name for name, bit in STATES.items() if bits >> bit & 1)

    def _call(self, bus: str, path: str, method: str) -> Any:
        message = new_method_call(DBusAddress(path, bus, ACCESSIBLE), method)
        reply = self._bus.send_and_get_reply(message, timeout=WAIT_S)
        return reply.body[0]

    def _get(self, bus: str, path: str, name: str) -> str:
        message = Properties(DBusAddress(path, bus, ACCESSIBLE)).get(name)
        return str(self._bus.send_and_get_reply(message, timeout=WAIT_S).body[0][1])


def told(node: Node, depth: int = 0) -> list[str]:
    """A tree as lines, one thing a line; what only arranges others is left out, numbers and days are #."""
    speaks = node.name.strip() or "focusable" in node.states
    name = re.sub(r"周[一二三四五六日]", "周#", re.sub(r"\d+", "#", node.name)).replace("\n", " ⏎ ")
    marks = "".join(f" [{state}]" for state in ("focusable", "checked") if state in node.states)
    lines = [f"{'  ' * depth}{node.role} “{name}”{marks}"] if speaks else []
    for child in node.children:
        lines += told(child, depth + bool(speaks))
    return lines
