"""Where the figures of the desk are taken: a screen, a smart-card service, a real empty store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.runner import run_script
from benchmarks.screen import screen
from drivers.host.pcscd import PrivatePcscd


@dataclass(frozen=True)
class Place:
    """`folder` holds the store; `environment` leads to the screen and the smart-card service."""

    folder: Path
    environment: dict[str, str]
    service: PrivatePcscd


@contextmanager
def desk_place(folder: Path) -> Iterator[Place]:
    """Everything a desk needs before it is started."""
    run_script("product/new_store.py", str(folder))
    with screen() as painted, PrivatePcscd(folder / "pcscd") as service:
        yield Place(folder, {**painted, **service.environment}, service)
