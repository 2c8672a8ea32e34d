"""Modules that are imported when something of them is first used.

A desk has to be able to take a card before it needs the rest: what only a later key reaches is named at
the top of a module like everything else, but loaded by its first use, or when the desk has settled.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any


class Late(ModuleType):
    """Stands for a module; from any thread, as importing is."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(import_module(self.__name__), name)
        self.__dict__[name] = found  # asked once
        return found


def late(name: str) -> Any:
    """The module of this name, not imported yet.

    Typed by its neighbour: under TYPE_CHECKING the module is imported, else it is `late`.
    """
    return Late(name)
