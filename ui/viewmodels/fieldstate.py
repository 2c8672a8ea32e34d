"""The one rule about typed text: it stays until the visit has it, and is never overwritten meanwhile."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class FieldState:
    """One editor's text against the visit's. `in_flight` counts hand-overs not yet answered."""

    typed: bool = False  # the clerk changed it since the last hand-over
    in_flight: int = 0
    editing: bool = False  # typed into since the editor got the focus

    def type(self) -> None:
        """The clerk changed the text."""
        self.typed = True
        self.editing = True

    def hand_over(self) -> bool:
        """Whether there is text to queue; it then counts as under way."""
        if not self.typed:
            return False
        self.typed = False
        self.in_flight += 1
        return True

    def arrived(self) -> None:
        """A hand-over was taken."""
        self.in_flight = max(0, self.in_flight - 1)

    def lost(self) -> None:
        """A hand-over was refused: the text is still only here."""
        self.in_flight = max(0, self.in_flight - 1)
        self.typed = True

    def release(self) -> None:
        """The editor was left, or the clerk asked for another value: snapshots may show again."""
        self.editing = False

    @property
    def may_show(self) -> bool:
        """Whether a snapshot may put its value into the editor."""
        return not (self.typed or self.in_flight or self.editing)


def is_masked(text: str) -> bool:
    """Whether a text is a mask and not the value itself."""
    return "*" in text or "＊" in text


def after_mask(shown: str, typed: str, cursor: int) -> str:
    """What the clerk meant when a mask was edited: only what is new; a mask is never a value.

    `cursor` is where the editor's cursor stands after the edit: what lies right of it is old.
    """
    if not is_masked(shown) or not is_masked(typed):
        return typed
    kept = len(shown) - (len(typed) - cursor)  # most that can be left of the edit in the old text
    head = 0
    while head < min(cursor, kept) and shown[head] == typed[head]:
        head += 1
    return typed[head:cursor].replace("*", "").replace("＊", "")
