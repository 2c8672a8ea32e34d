"""What lies over the desk: palette, help, covers, signing in."""

from __future__ import annotations

from typing import Any

from counter_app.problems import Problem
from tests.fakes import snapshots as s
from ui.ports import PaletteRow


def filings(qtbot: Any, make: Any) -> Any:
    made = make(s.EMPTY)
    made.counter.rows = (
        PaletteRow("filing", "app:W1", "<异地就医备案　李*芳", "网上·示例平台，2026-11-22 申报，已齐全"),
    )
    made.desk.open_palette("<")
    return made


def palette(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.counter.rows = tuple(PaletteRow("type", c.code, c.label, "ydjy", c.code) for c in s.SUGGESTIONS)
    made.desk.open_palette("")
    return made


def help_keys(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.desk.toggle_help()
    return made


def help_locked(qtbot: Any, make: Any) -> Any:
    made = locked(qtbot, make)
    made.desk.toggle_help()
    return made


def locked(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.desk.lock()
    return made


def locked_secured(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.EMPTY, session=s.SECURED))
    made.desk.lock()
    return made


def locked_demo(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.EMPTY, session=s.DEMO))
    made.desk.lock()
    return made


def sign_in(qtbot: Any, make: Any) -> Any:
    return make(s.replace(s.EMPTY, session=s.LEFT, locked=True, clerk_no="", clerk_name=""))


def sign_in_new(qtbot: Any, make: Any) -> Any:
    """Everything it can ask at once, refused with its longest words."""
    made = sign_in(qtbot, make)
    made.model.jobs.refused.emit(Problem("code-needed", "code"))
    made.model.jobs.refused.emit(Problem("password-weak", "new_password", "须同时有字母、数字、符号中的两种"))
    return made


def calm(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.desk.show_calm()
    return made


SCENES = {
    "filings": filings,
    "palette": palette,
    "help": help_keys,
    "help-locked": help_locked,
    "locked": locked,
    "locked-secured": locked_secured,
    "locked-demo": locked_demo,
    "sign-in": sign_in,
    "sign-in-new": sign_in_new,
    "calm": calm,
}
