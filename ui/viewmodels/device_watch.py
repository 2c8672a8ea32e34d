"""Which devices were lost while the desk was working: what the banner of a lost device is drawn from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from drivers.protocols import DeviceHealth


class DeviceWatch(QObject):
    """Hears health as it changes. Lost is what worked before and does not any more; a device that never
    worked is only a word in the status bar.
    """

    changed = Signal()
    answered = Signal()  # by a person: drawn at once, however often the device comes and goes

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._well: set[str] = set()
        self._lost: dict[str, DeviceHealth] = {}
        self._seen: set[str] = set()  # losses the clerk has put away

    @property
    def lost(self) -> tuple[DeviceHealth, ...]:
        """Lost devices nobody has put away, the newest first."""
        return tuple(h for h in reversed(self._lost.values()) if h.role not in self._seen)

    @property
    def newest(self) -> DeviceHealth | None:
        """The device that was lost last and is not back, put away or not."""
        return next(iter(reversed(self._lost.values())), None)

    def hear(self, event: object) -> None:
        """Take a device event; only health is of interest."""
        if not isinstance(event, DeviceHealth):
            return
        if event.ok:
            self._is_well(event.role)
        elif event.because and event.role in self._well and self._lost.get(event.role) != event:
            self._lost.pop(event.role, None)
            self._lost[event.role] = event
            self._seen.discard(event.role)
            self.changed.emit()

    def see(self, states: object) -> None:
        """Take the states looked at now and then; what is gone from the desk is forgotten."""
        if not isinstance(states, Sequence):
            return
        for role, works, _ in states:
            if works:
                self._is_well(role)
        for role in [role for role in self._lost if role not in {state[0] for state in states}]:
            self._is_well(role)

    def put_away(self) -> bool:
        """Show no more of what is lost now; tells whether anything was shown."""
        had = bool(self.lost)
        self._seen.update(self._lost)
        if had:
            self.answered.emit()
            self.changed.emit()
        return had

    def _is_well(self, role: str) -> None:
        self._well.add(role)
        if self._lost.pop(role, None) is not None:
            self._seen.discard(role)
            self.changed.emit()
