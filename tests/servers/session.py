"""A desktop session of a test's own: a session bus, and on it the real gnome-keyring-daemon."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_UNLOCKED = "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
_LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1"


def needs_keyring() -> None:
    """Skip, and say so, where the daemon is not installed (`installer/packages.txt` has it)."""
    missing = [name for name in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def in_session(folder: Path, *argv: str, unlocked: bool = True) -> subprocess.CompletedProcess[str]:
    """Run our Python with a keyring that lies below `folder`; bus and daemon end with it."""
    needs_keyring()
    places = {"HOME": "home", "XDG_RUNTIME_DIR": "run", "XDG_DATA_HOME": "share", "XDG_CACHE_HOME": "cache"}
    made = {name: str(folder / place) for name, place in places.items()}
    for place in made.values():
        Path(place).mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if k not in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY")}
    script = f'{_UNLOCKED if unlocked else _LOCKED}; exec "$0" "$@"'
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, sys.executable, *argv],
        env={**kept, **made, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
