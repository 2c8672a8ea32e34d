"""`audit verify`: check the chain of everything this device has written, and the hub's word on it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.opened_store import Reading

MANUAL = """\
audit verify --data DIR          both chains from the first row, their heads, the side journal, and every
                                 head the hall's hub has signed since
audit verify --data DIR --hub    and the head the hub has now: what was cut off or told anew here is named

Exit 1 names the first entry that cannot be trusted as EPOCH/SEQ; `tail` when rows were cut off the end,
`journal/N` when the journal is damaged. `head` and `entries` are what the day's sheet prints.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    parser.add_argument("action", choices=("verify",))
    parser.add_argument("--hub", action="store_true", help="ask the hall's hub what it has")


def run(arguments: argparse.Namespace) -> int:
    """Verify; exit 1 and name the first bad entry when something is wrong."""
    with reading(arguments) as opened:
        ok, entries, first_bad = opened.verify_chain()
        head, witnessed = opened.store.state.head, 0
        if ok:
            witnessed, first_bad = _witnessed(opened)
        if first_bad is None and arguments.hub:
            first_bad = _asked(opened)
    found = {"ok": first_bad is None, "entries": entries, "first_bad": first_bad}
    print_json({**found, "head": head, "witnessed": witnessed})
    return EXIT_DONE if first_bad is None else EXIT_REFUSED


def _witnessed(opened: Reading) -> tuple[int, str | None]:
    from counter_app.joined import hub_key_of
    from counter_app.storage import witnesses

    key = hub_key_of(opened.folder, opened.keys.database)
    return witnesses.check(opened.store, key) if key else (0, None)


def _asked(opened: Reading) -> str | None:
    """What the hub has otherwise than we. Raises Problem `enrol-none`, `hub-away`, `hub-paper`."""
    from counter_app.joined import hub_key_of
    from counter_app.storage.witnesses import hash_in
    from counter_app.sync.member import hall_of
    from counter_app.wire.witness import first_bad

    hall = hall_of(opened.folder)
    device = opened.store.state.device
    try:
        paper = hall.signed_head(device)
    finally:
        hall.close()
    key = hub_key_of(opened.folder, opened.keys.database)
    if not paper or not key:
        raise Problem("not-found", "hub", "大厅服务对本机记录链的签名")
    return first_bad(paper, device, key, hash_in(opened.store))


COMMAND = Command("audit", "verify the chain of facts", add_arguments, run, MANUAL)
