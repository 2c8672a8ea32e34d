"""`backup`: a compared, encrypted copy of a data folder, made beside a running desk."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, reading
from counter_app.commands.registry import EXIT_DONE, Command

MANUAL = """\
Copies the databases, the side journal, the pages, archives, wrapped keys and settings of --data into
DIR/backups/<moment>/ (or --to), compares every row, hashes every file and signs the list. The desk goes on
working. Keep one on another disk: --to takes a USB stick or a second drive. --keep removes the oldest.
Put one back with `counter-app restore BACKUP --data DIR`.
"""
KEEP = 14


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    parser.add_argument("--to", type=Path, metavar="DIR", help="where backups lie (default: DIR/backups)")
    parser.add_argument("--keep", type=int, default=KEEP, metavar="N", help="how many to keep; 0 keeps all")


def run(arguments: argparse.Namespace) -> int:
    """Make one backup and say where it is; nothing is left behind when it fails."""
    from counter_app.clock import WallClock
    from counter_app.database.copying import BACKUPS
    from counter_app.storage import backup

    root: Path = arguments.to or arguments.data / BACKUPS
    with reading(arguments) as opened:
        made = backup.make(arguments.data, opened.store.state, opened.secrets, root, WallClock().now())
    gone = backup.thin_out(root, arguments.keep)
    told = {"id": made.folder.name, "folder": str(made.folder), "files": len(made.files), "bytes": made.size}
    print_json({**told, "entries": made.entries, "epoch": made.epoch, "removed": gone})
    return EXIT_DONE


COMMAND = Command("backup", "make a compared, encrypted backup", add_arguments, run, MANUAL)
