"""What is new in this version, for whoever works with it: data per version, shown once after an upgrade."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import resources
from counter_app.domain.value import Value

SEEN = "news.seen"  # in the data folder: the newest version whose news were shown


class News(Value, frozen=True):
    """One thing a clerk notices."""

    version: str
    title: str
    text: str


def news() -> tuple[News, ...]:
    """Everything, newest version first."""
    import tomli

    found: list[News] = []
    for version in sorted(_versions(), key=_order, reverse=True):
        table = tomli.loads(resources.read_bytes(f"news/{version}.toml").decode("utf-8"))
        found += [News(version, str(row["title"]), str(row["text"])) for row in table["item"]]
    return tuple(found)


def take_unseen(folder: Path, is_fresh: bool) -> bool:
    """Whether this folder's people have not been shown the newest version's news; from now on they have.

    A fresh folder has nobody who knew an older version.
    """
    newest = max(_versions(), key=_order)
    file = folder / SEEN
    try:
        seen = file.read_text("utf-8").strip()
    except OSError:
        seen = newest if is_fresh else ""
    if not file.exists() or seen != newest:
        file.write_text(newest, "utf-8")
    return seen == "" or _order(seen) < _order(newest)


def _versions() -> list[str]:
    names = [one.name for one in (files(resources) / "news").iterdir()]
    return [name.removesuffix(".toml") for name in names if name.endswith(".toml")]


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
