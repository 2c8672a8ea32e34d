"""Finding what a package holds: every module with a given constant; one way for verbs, papers and pages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Any


def found(package: ModuleType, constant: str, name: Callable[[Any], str]) -> dict[str, Any]:
    """The constants by name, in the order of the modules' names; a module without one is passed over.

    Raises ValueError when two share a name: adding one file must never silently hide another.
    """
    held: dict[str, Any] = {}
    for module in pkgutil.iter_modules(package.__path__):
        value = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), constant, None)
        if value is None:
            continue
        if name(value) in held:
            raise ValueError(f"{package.__name__}: two modules have {constant} {name(value)}")
        held[name(value)] = value
    return held
