"""`outbox`: how many records wait for the hub."""

from __future__ import annotations

import argparse

from counter_app.commands.output import show
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.domain.codec import to_plain


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Count what waits, what was acknowledged, what was set aside."""
    from counter_app.commands.output import print_json

    with reading(arguments) as opened:
        count = to_plain(opened.storage.outbox())
    count["oldest"] = count["oldest"] or None
    if arguments.json:
        print_json(count)
    else:
        show([count], tuple(count), False)
    return EXIT_DONE


COMMAND = Command("outbox", "count the records that wait for the hub", add_arguments, run)
