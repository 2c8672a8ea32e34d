"""Waiting on facts with the patience of a busy machine: a limit ends a hang, it measures nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

PATIENCE_MS = 60_000
PATIENCE_S = PATIENCE_MS // 1000


class PatientBot(QtBot):  # type: ignore[misc]  # pytest-qt's base is not typed
    """pytest-qt's hand, whose waits are never shorter than `PATIENCE_MS`; five seconds are nothing in CI."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS) -> None:
        """Turn the event loop until something is so."""
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        """Turn the event loop until a signal came."""
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE_MS), **how)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        """Wait until a window is on the screen."""
        return super().waitExposed(widget, timeout=max(timeout, PATIENCE_MS))
