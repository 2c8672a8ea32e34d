"""What a paper is, and finding all of them: each module of this package with a `PAPER`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import counter_app.documents as package
from counter_app.domain.papers import PaperContent
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.documents.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper. `seals` are the kinds of seal it needs; `compose` writes it on a sheet."""

    code: str
    title: str
    compose: Callable[[Sheet, PaperContent], None]
    media: str = "a4"  # a4 | r80
    seals: tuple[str, ...] = ("机构业务专用章",)
    copies: int = 1


@cache
def papers() -> Mapping[str, Paper]:
    """Every paper by code. Raises ValueError when two share one."""
    found: dict[str, Paper] = {}
    for module in pkgutil.iter_modules(package.__path__):
        paper = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "PAPER", None)
        if paper is None:
            continue
        if paper.code in found:
            raise ValueError(f"two papers have the code {paper.code}")
        found[paper.code] = paper
    return found


def paper_of(code: str) -> Paper:
    """The paper with a code. Raises Problem `not-found`."""
    found = papers().get(code)
    if found is None:
        raise Problem("not-found", "paper", code)
    return found
