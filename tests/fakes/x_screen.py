"""A screen of its own under Xvfb, and a hand on its keyboard: real key events through XTEST, nothing else."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMED = {"Enter": "Return", "Esc": "Escape", "PgDn": "Next", "PgUp": "Prior"}
MODIFIERS = {"Ctrl": "Control_L", "Shift": "Shift_L", "Alt": "Alt_L"}
READY_S = 60.0
FINGER_S = 0.004  # between two strokes of one key: Qt takes those of one millisecond for a key held down


def missing() -> str | None:
    """Why there can be no such screen here; None when there can."""
    return None if shutil.which("Xvfb") else "Xvfb is not installed; run installer/setup.sh"


@contextmanager
def x_screen(width: int = 1366, height: int = 768) -> Iterator[str]:
    """A display of this test alone, as DISPLAY wants it; its number is the server's own choice."""
    read, write = os.pipe()
    argv = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([*argv, "-noreset"], pass_fds=[write], stdout=quiet, stderr=quiet)
    os.close(write)
    try:
        ready, _, _ = select.select([read], [], [], READY_S)
        assert ready, "Xvfb did not start"
        yield ":" + os.read(read, 16).decode().strip()
    finally:
        os.close(read)
        server.terminate()
        server.wait(30)


class Hand:
    """Presses keys; counts every one, a modifier as a key of its own."""

    def __init__(self, display: str) -> None:
        from Xlib.display import Display

        self._x = Display(display)
        self._x.change_keyboard_control(auto_repeat_mode=0)  # a busy machine is no finger held down
        self.pressed = 0
        self._spare = self._x.display.info.max_keycode
        self._last, self._let_go = 0, 0.0

    def close(self) -> None:
        """Let go of the screen."""
        self._x.close()

    def take_window(self) -> None:
        """Give the keyboard to the one window there is; without a window manager nobody else does."""
        from Xlib import X

        self._widest().set_input_focus(X.RevertToParent, X.CurrentTime)
        self._x.sync()

    def close_window(self) -> None:
        """Ask the window to close, as a window manager's button does."""
        from Xlib.protocol.event import ClientMessage

        window = self._widest()
        close = self._x.intern_atom("WM_DELETE_WINDOW")
        asked = ClientMessage(
            window=window, client_type=self._x.intern_atom("WM_PROTOCOLS"), data=(32, [close, 0, 0, 0, 0])
        )
        window.send_event(asked)
        self._x.sync()

    def _widest(self) -> Any:
        shown = [w for w in self._x.screen().root.query_tree().children if _is_shown(w)]
        return max(shown, key=lambda w: w.get_geometry().width)

    def press(self, chord: str) -> None:
        """One chord as the keymap writes it: `F9`, `Ctrl+L`, `Alt+2`."""
        *held, last = chord.split("+")
        for name in held:
            self._send(MODIFIERS[name], True)
        self._tap(NAMED.get(last, last))
        for name in reversed(held):
            self._send(MODIFIERS[name], False)

    def type(self, character: str) -> None:
        """One character; what no key carries is put on a spare one, as an input method's last key is."""
        from Xlib import XK

        if XK.string_to_keysym(character) == XK.NoSymbol and not character.isascii():
            self._x.change_keyboard_mapping(self._spare, [[0x01000000 | ord(character)] * 2])
            self._x.sync()
            self._tap_code(self._spare)
        else:
            self._tap({" ": "space", ".": "period", "-": "minus"}.get(character, character))

    def _tap(self, name: str) -> None:
        self._send(name, True)
        self._send(name, False)

    def _send(self, name: str, is_down: bool) -> None:
        from Xlib import XK

        code = self._x.keysym_to_keycode(XK.string_to_keysym(name))
        assert code, f"no key carries {name}"
        self._event(code, is_down)

    def _tap_code(self, code: int) -> None:
        self._event(code, True)
        self._event(code, False)

    def _event(self, code: int, is_down: bool) -> None:
        from Xlib import X
        from Xlib.ext import xtest

        left = self._let_go + FINGER_S - time.monotonic()
        if is_down and code == self._last and left > 0:
            select.select([], [], [], left)  # as a finger needs
        self.pressed += is_down
        xtest.fake_input(self._x, X.KeyPress if is_down else X.KeyRelease, code)
        self._x.sync()
        self._last, self._let_go = code, time.monotonic()


def _is_shown(window: Any) -> bool:
    from Xlib import X

    return bool(window.get_attributes().map_state == X.IsViewable)
