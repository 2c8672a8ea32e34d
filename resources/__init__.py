"""Data that ships with the program; read through these functions, never by path arithmetic."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).parent


def read_bytes(name: str) -> bytes:
    """Return the content of `name` (a '/'-separated path below this package).

    Raises FileNotFoundError when it does not exist.
    """
    return _ROOT.joinpath(name).read_bytes()


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """List the files of a folder with a suffix, sorted, as names for `read_bytes`."""
    root = _ROOT / folder
    if not root.is_dir():
        return ()
    return tuple(sorted(f"{folder}/{entry.name}" for entry in root.iterdir() if entry.name.endswith(suffix)))


def folders(folder: str) -> tuple[str, ...]:
    """List the folders inside a folder, sorted, as names for `names`."""
    root = _ROOT / folder
    found = (entry for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith("_"))
    return tuple(sorted(f"{folder}/{entry.name}" for entry in found))


def path(name: str) -> Path:
    """Return a real file path for consumers that cannot take bytes (Qt, fonts)."""
    return _ROOT / name
