"""Scanned pages on their way to the hall: apart from the facts, each by pieces, each as often as it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from counter_app.problems import Problem

FOLDER = "blobs"
SENT = "blobs.sent"  # one hash a line: what the hall has whole
MOST = 20


class PageTaker(Protocol):
    """What a hub offers."""

    def put_page(self, name: str, sealed: bytes) -> None:
        """Hand over a sealed page. Raises Problem."""


def hand_over(folder: Path, hub: PageTaker, most: int = MOST) -> int:
    """Hand the hall pages it has not got, at most so many; how many it has got by this.

    A page the hall refuses waits for the next time like one that could not be sent.
    """
    sent = _sent(folder)
    waiting = [file for file in sorted((folder / FOLDER).glob("??/*")) if file.suffix == ""]
    done = 0
    for file in [file for file in waiting if file.name not in sent][:most]:
        try:
            hub.put_page(file.name, file.read_bytes())
        except (Problem, FileNotFoundError):  # a page thrown away meanwhile is nobody's any more
            continue
        with (folder / SENT).open("a", encoding="ascii") as out:
            out.write(file.name + "\n")
        done += 1
    return done


def _sent(folder: Path) -> set[str]:
    file = folder / SENT
    return set(file.read_text("ascii").split()) if file.exists() else set()
