"""`devices list|found|read|simulate|profile|new`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from counter_app.commands import device_profiles, driver_kit
from counter_app.commands.output import print_json, print_problems, show
from counter_app.commands.reading import add_json
from counter_app.commands.registry import EXIT_DEVICE, EXIT_DONE, Command
from counter_app.domain import masks
from counter_app.problems import Problem
from drivers.protocols import Fault

COLUMNS = ("id", "family", "available", "because")
MANUAL = """\
  devices list                                        every driver, and why one cannot be used
  devices read cards.pcsc --reader "NAME"             read what lies in or on a device
  devices read cards.vendor_ssse --lib PATH           try a vendor library, in a process of its own
  devices read cards.vendor_nhsa --lib PATH role=idcard    with settings of the driver's own
  devices found                                       what is plugged in, and which driver would use it
  devices profile list|save|use --data DIR [NAME]     device profiles; what is in use at the next start
  devices profile export NAME FILE --data DIR         a profile as a file for the next window
  devices profile import FILE --data DIR              and taken in there
  devices new NAME [--family cards] [--to DIR]        a driver package of your own (docs/drivers.md)
  devices simulate --data DIR                         what the simulated devices of a demo can do
  devices simulate --data DIR card insert card=KEY    do it (a value of - comes on standard input)
"""
CARD_KEYS = [
    "idno",
    "name",
    "card_no",
    "card_id",
    "spec_version",
    "issued_on",
    "expires_on",
    "sex",
    "ethnic_code",
    "birth_place",
    "birth_date",
    "region",
    "atr",
    "complete",
    "missing",
]
ID_CARD_KEYS = [
    "name",
    "idno",
    "sex",
    "ethnic_code",
    "birth_date",
    "address",
    "issuer",
    "valid_from",
    "valid_to",
    "complete",
    "missing",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_json(parser)
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder, for `simulate`")
    parser.add_argument("action", choices=("list", "found", "read", "simulate", "profile", "new"))
    parser.add_argument(
        "words", nargs="*", metavar="WORD", help="driver id, or device, action and NAME=VALUE"
    )
    parser.add_argument("--reader", default="", help="PC/SC reader name, serial port path or host:port")
    parser.add_argument("--lib", default="", metavar="PATH", help="vendor library, for vendor drivers")
    parser.add_argument("--python", default="", metavar="PATH", help="Python of the library's own width")
    parser.add_argument("--family", default="cards", help="of a new driver: cards, printers, leds …")
    parser.add_argument("--hosted", action="store_true", help="a new driver runs in a process of its own")
    parser.add_argument("--to", type=Path, default=Path(), metavar="DIR", help="where a new driver goes")
    parser.add_argument("--reveal", action="store_true", help="show personal data whole")


def run(arguments: argparse.Namespace) -> int:
    """Carry out the action."""
    acts = {
        "list": _list,
        "found": _found,
        "simulate": _simulate,
        "profile": device_profiles.run,
        "new": _new,
        "read": _read_one,
    }
    return acts[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    from drivers import registry

    show([asdict(state) for state in registry.states()], COLUMNS, arguments.json)
    return EXIT_DONE


def _found(arguments: argparse.Namespace) -> int:
    from drivers.found import plugged

    rows = [{"id": f"{one.full_id} {one.title}", **asdict(one)} for one in plugged()]
    show(rows, ("title", "full_id", "config"), arguments.json)
    return EXIT_DONE


def _new(arguments: argparse.Namespace) -> int:
    if len(arguments.words) != 1:
        raise Problem("usage", "devices new", "请给出名称，例如 devices new acme_reader")
    folder = driver_kit.write(arguments.words[0], arguments.family, arguments.hosted, arguments.to)
    told = {"id": f"{arguments.family}.{arguments.words[0]}", "folder": str(folder)}
    if arguments.json:
        print_json(told)
    else:
        print(folder)
    return EXIT_DONE


def _read_one(arguments: argparse.Namespace) -> int:
    if not arguments.words:
        raise Problem("usage", "devices read", "请给出驱动，例如 cards.pcsc")
    try:
        print_json(_read(arguments))
    except Fault as fault:
        print_problems([Problem(fault.code, arguments.words[0], fault.detail)])
        return EXIT_DEVICE
    return EXIT_DONE


def _simulate(arguments: argparse.Namespace) -> int:
    from drivers import simulate

    if arguments.data is None:
        raise Problem("usage", "--data", "请用 --data 指明演示文件夹")
    return simulate.main(arguments.words, arguments.data)


def _read(arguments: argparse.Namespace) -> dict[str, Any]:
    from drivers import registry

    config = {"reader": arguments.reader, "port": arguments.reader, "lib": arguments.lib}
    config |= {"python": arguments.python}
    settings = {k: v for k, v in config.items() if v} | _settings(arguments.words[1:])
    device = registry.open(arguments.words[0], settings)
    try:
        told = asdict(device.read(arguments.reader))
    finally:
        device.close()
    keys = CARD_KEYS if "card_id" in told else ID_CARD_KEYS
    shown = {key: told[key] for key in keys}
    return shown if arguments.reveal else _masked(shown)


def _settings(words: list[str]) -> dict[str, Any]:
    """The driver's own settings, as NAME=VALUE; `before` (libraries to load first) is a list."""
    if any("=" not in word for word in words):
        raise Problem("usage", "devices read", "驱动参数应写作 名称=值，例如 role=idcard")
    told: dict[str, Any] = dict(word.split("=", 1) for word in words)
    return told | ({"before": told["before"].split(",")} if "before" in told else {})


def _masked(told: dict[str, Any]) -> dict[str, Any]:
    rules = {"name": masks.name, "idno": masks.certno, "card_no": masks.certno, "card_id": masks.certno}
    hidden = {key: rules[key](value) if key in rules else value for key, value in told.items()}
    if "birth_date" in hidden:
        hidden["birth_date"] = hidden["birth_date"][:4]
    if hidden.get("address"):
        hidden["address"] = hidden["address"][:6] + "…"
    return hidden


COMMAND = Command("devices", "list drivers, read a device, drive simulated ones", add_arguments, run, MANUAL)
