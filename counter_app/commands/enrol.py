"""`enrol`: this device joins a hall, or invites another one to it."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.commands.output import print_json
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.problems import Problem

MANUAL = """\
counter-app enrol --data DIR --code CODE [--url https://HOST:PORT] [--name NAME]
    Join a hall. CODE is what the hub printed at its start, or what `enrol --invite` printed on a device
    that is a manager; it is good once and for half an hour. Without --url the hub is looked for on the
    local network. The membership is kept in DIR/hub.member, the device's own key in DIR/device.key.
    The folder of a demo or a training is refused.

counter-app enrol --data DIR --invite ROLE [--window W] [--person NO]
    A code for another device: device kiosk board guide manage window reviewer finance supervisor.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="data folder of this device")
    parser.add_argument("--code", default="", metavar="CODE", help="join with this code")
    parser.add_argument("--url", default="", metavar="URL", help="address of the hub; default: look for it")
    parser.add_argument("--name", default="", metavar="NAME", help="what the hall calls this device")
    parser.add_argument("--invite", default="", metavar="ROLE", help="print a code for another device")
    parser.add_argument("--window", default="", metavar="W", help="invite: the window it stands at")
    parser.add_argument("--person", default="", metavar="NO", help="invite: the one clerk it is for")


def run(arguments: argparse.Namespace) -> int:
    """Join, invite, or tell where this device belongs."""
    from counter_app.seals.keyring import DEMO_FILE
    from counter_app.sync.member import join, member_of

    if arguments.invite:
        return _invite(arguments)
    if arguments.code:
        if (arguments.data / DEMO_FILE).exists():  # practice never enters a hall
            raise Problem("synthetic-store", "data")
        member = join(arguments.data, arguments.url or _found(), arguments.code, arguments.name)
    else:
        known = member_of(arguments.data)
        if known is None:
            raise Problem("enrol-none", "hub")
        member = known
    shown = ("url", "hall", "role", "window", "device")
    print_json({name: getattr(member, name) for name in shown})
    return EXIT_DONE


def _found() -> str:
    from counter_app.sync.find import hubs

    heard = hubs()
    if len(heard) != 1:
        raise Problem("enrol-none", "hub", "、".join(one.url for one in heard))
    return heard[0].url


def _invite(arguments: argparse.Namespace) -> int:
    from counter_app.sync.member import member_of
    from counter_app.wire.enrol import fingerprint_of, told

    member = member_of(arguments.data)
    if member is None:
        raise Problem("enrol-none", "hub")
    hall = member.connect()
    code = hall.invite(arguments.invite, arguments.window, arguments.name, arguments.person)
    hall.close()
    print_json({"code": told(code, fingerprint_of(member.ca) if member.ca else ""), "url": member.url})
    return EXIT_DONE


COMMAND = Command("enrol", "join a hall, or invite another device to it", add_arguments, run, MANUAL)
