"""What a verb is, and finding all of them."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass

import counter_app.commands as package
from counter_app import walk

EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, EXIT_DEVICE, EXIT_BUG = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Command:
    """One verb. `run` returns an exit code: 0 done, 1 refused or red, 3 device or network.

    It may raise Problem or Problems; the caller prints them to stderr as JSON and exits 1.
    `manual` is the long help (plain text, shown below the options).
    """

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    manual: str = ""


def commands() -> dict[str, Command]:
    """Every verb of this package by name. Raises ValueError when two share a name."""
    return walk.found(package, "COMMAND", lambda command: command.name)


def verbs_for(word: str) -> dict[str, Command]:
    """The verb a command line names, alone, so that the desk starts without importing the others.

    A module is called as its verb, `-` written `_`. Every verb when the word names none (`--help`).
    """
    name = word.replace("-", "_")
    if not name.isidentifier() or importlib.util.find_spec(f"{package.__name__}.{name}") is None:
        return commands()
    command = getattr(importlib.import_module(f"{package.__name__}.{name}"), "COMMAND", None)
    return {command.name: command} if command is not None else commands()
