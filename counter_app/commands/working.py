"""Doing something with a data folder from the command line: the same verbs as at the desk, no window."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.commands.reading import passphrase, reading
from counter_app.commands.signing import add_login, signed
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.bootstrap import Parts
    from counter_app.domain.actor import Actor
    from counter_app.services.office import Office


def add_clerk(parser: argparse.ArgumentParser) -> None:
    """Declare who does it."""
    parser.add_argument("--clerk", default="", metavar="NO", help="工号 of whoever does this")
    parser.add_argument("--clerk-name", default="", metavar="NAME", help="their name, on papers")
    add_login(parser, "login", "whoever does this, where people sign in")


def known(clerks: Sequence[Actor], named: Actor) -> Actor:
    """Who somebody is to the store: their roles are the store's, not the command line's.

    A store that knows nobody yet takes the number as given, without a role beyond the window's. Raises
    Problem `clerk-unknown` for a number that is not among its active clerks.
    """
    if not clerks:
        return named
    found = next((clerk for clerk in clerks if clerk.clerk_no == named.clerk_no), None)
    if found is None:
        raise Problem("clerk-unknown", "--clerk", named.clerk_no)
    return replace(named, clerk_name=found.clerk_name or named.clerk_name, roles=found.roles)


def as_known(parts: Parts) -> Parts:
    """Opened parts, worked by whom their store knows; closed again when it does not know them.

    Where people sign in, who they are is asked then. Raises Problem `clerk-unknown`.
    """
    if parts.office.ports.storage.has_logins():
        return parts
    try:
        actor = known(parts.office.ports.storage.clerks(), parts.office.actor)
    except Problem:
        parts.close()
        raise
    return replace(parts, office=replace(parts.office, actor=actor))


@contextmanager
def working(arguments: argparse.Namespace) -> Iterator[Office]:
    """The office of `--data`, with its printer and no other device; papers are printed on leaving.

    Raises Problem `store-missing`, `store-key`, `store-locked` (a desk has the folder), `field-required`
    without a clerk, `clerk-unknown` for one whom the store does not know, and what signing in raises.
    """
    from counter_app.bootstrap import device_choices, open_parts
    from counter_app.domain.actor import Actor
    from counter_app.seals.keyring import keyring_of
    from counter_app.services.printing import print_queued
    from counter_app.settings import SETTINGS_FILE, load

    if not arguments.clerk:
        raise Problem("field-required", "--clerk", "工号")
    with reading(arguments) as opened:  # must exist; and the printed numbers keep their hall
        hall = opened.store.hall
    settings = replace(load(arguments.data / SETTINGS_FILE), hall_code=hall)
    printers = {k: v for k, v in device_choices(settings, arguments.data).items() if "printer" in k}
    actor = Actor(arguments.clerk, arguments.clerk_name, window=settings.window)
    keyring = keyring_of(arguments.data, lambda: passphrase(arguments))
    parts = as_known(open_parts(settings, arguments.data, actor=actor, keyring=keyring, devices=printers))
    try:
        office = signed(parts.office, arguments.login)
        yield office
        print_queued(office.ports, office.actor)
    finally:
        parts.close()
