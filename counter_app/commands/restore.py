"""`restore`: put a backup in place, under a new epoch."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, passphrase
from counter_app.commands.registry import EXIT_DONE, Command

MANUAL = """\
Proves the backup (every hash, the signature, both chains), then puts it into --data. No desk may have the
folder open. A folder whose store holds records the hub has not got is refused; so is one whose store cannot
be opened, unless --set-aside. What lay there goes to DIR/replaced/, nothing is deleted.
The device goes on in a new epoch with a new code in its printed numbers, so that no number is given twice.
A restore that was interrupted is ended by running it again.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("backup", type=Path, metavar="BACKUP", help="the folder of one backup")
    add_data(parser)
    parser.add_argument("--set-aside", action="store_true", help="also over a store that cannot be opened")


def run(arguments: argparse.Namespace) -> int:
    """Restore and say how far the store reaches now."""
    from counter_app.clock import WallClock
    from counter_app.seals.keyring import Keyring, keyring_of
    from counter_app.storage.restore import restore

    def keyring(folder: Path) -> Keyring:
        return keyring_of(folder, lambda: passphrase(arguments))

    done = restore(arguments.backup, arguments.data, keyring, WallClock(), set_aside=arguments.set_aside)
    told = {"made_at": done.made_at, "entries": done.entries, "epoch": done.epoch}
    replaced = str(done.replaced) if done.replaced else None
    print_json({**told, "device_code": done.device_code, "replaced": replaced})
    return EXIT_DONE


COMMAND = Command("restore", "put a backup in place", add_arguments, run, MANUAL)
