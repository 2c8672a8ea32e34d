"""`desk`: open the clerk's window on a real data folder."""

from __future__ import annotations

import argparse
import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.commands.reading import add_data, passphrase_if_needed
from counter_app.commands.registry import Command
from counter_app.domain.actor import Actor
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.counter import Counter
    from counter_app.settings import Settings

LOG = logging.getLogger("desk")
MANUAL = """\
Opens the desk on --data. Settings are read from DIR/counter.toml (docs/settings.md). The store
is created on first use; its keys are wrapped by the passphrase of --passphrase-file; without one by
what the setting key_store names (docs/keys.md), else by a passphrase asked on the terminal.
Where people sign in (`clerks found`), the window asks who it is. Elsewhere --clerk says so; where the store
knows its clerks it must be one of them, and their roles are those of the store.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    parser.add_argument("--clerk", default="", metavar="NO", help="工号, where nobody signs in")
    parser.add_argument("--catalog", default="", metavar="DIR", help="pack files to lay over ours")
    parser.add_argument("--clerk-name", default="", metavar="NAME", help="name of the clerk on papers")
    parser.add_argument("--citizen", action="store_true", help="show the citizen's screen in a window")
    parser.add_argument("--serve", action="store_true", help="let review and others work beside this desk")


def run(arguments: argparse.Namespace) -> int:
    """Open the window and run until it is closed."""
    from counter_app.logs import keep_log
    from counter_app.settings import SETTINGS_FILE, load
    from ui.app import run_desk

    folder: Path = arguments.data
    settings = load(folder / SETTINGS_FILE)
    settings = replace(settings, catalog=arguments.catalog or settings.catalog)
    if arguments.citizen:
        settings = replace(settings, citizen_screen="window")
    words, wish = passphrase_if_needed(arguments, settings.key_store)
    settings = replace(settings, key_store=wish)
    keep_log(folder)
    actor = Actor(arguments.clerk, arguments.clerk_name, window=settings.window)
    return run_desk(lambda: open_counter(folder, settings, actor, words, arguments.serve), settings)


def open_counter(folder: Path, settings: Settings, actor: Actor, words: str, serve: bool = False) -> Counter:
    """The counter of a real folder.

    A store that knows nobody yet takes the number as given; the log says so. Raises Problem
    (`synthetic-store` for a demo's folder, `clerk-unknown` for whom the store does not know).
    """
    from counter_app.commands.working import as_known
    from counter_app.seals.keyring import EarlyKeyring, keyring_of

    # Before the long imports, which it works beside.
    keyring = EarlyKeyring(keyring_of(folder, lambda: words, settings.key_store))
    from counter_app.bootstrap import open_parts, served
    from counter_app.counter import Counter

    parts = as_known(open_parts(settings, folder, actor=actor, keyring=keyring))
    if parts.office.ports.storage.has_logins():
        return _signed_out(Counter(served(parts, folder) if serve else parts))
    if not actor.clerk_no:
        parts.close()
        raise Problem("field-required", "--clerk", "工号")
    if not parts.office.ports.storage.clerks():
        LOG.warning("this store knows no clerks: the number at --clerk is taken as given")
    return Counter(served(parts, folder) if serve else parts, settled=False)


def _signed_out(counter: Counter) -> Counter:
    """A counter whose window asks who it is before anything else."""
    counter.run(counter.visit.begin_signed_out).result()
    return counter


COMMAND = Command("desk", "open the clerk's window", add_arguments, run, MANUAL)
