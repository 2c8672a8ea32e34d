"""`hub`: the hall's line and case feed over HTTP, and days played through it."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counter_app.commands.hub_gateway import add_gateway_arguments, carrying
from counter_app.commands.hub_others import others_of
from counter_app.commands.hub_vouchers import add_voucher_arguments, resolver_of
from counter_app.commands.output import print_json, print_rows
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem

MANUAL = """\
counter-app hub --listen HOST:PORT --database URL
    Serve the halls of a store until SIGTERM or Ctrl+C. URL is postgresql://… or the path of an
    encrypted file; a file needs --key-file. The routes are described at /openapi.json.

counter-app hub --demo-windows N --listen 127.0.0.1:0
    A training hub: prints one line {"url", "tokens": {"w1": …}, "others": {"kiosk": …}} and serves
    N windows. Without --database its store is gone when it stops.

counter-app hub --database hall/hub.db --key-file hall/hub.key --tls hall/tls --announce --listen 0.0.0.0:8750
    A hall's hub: TLS 1.3 by its own authority, found on the local network. The line printed at the start
    has the authority's fingerprint and a code by which the first manager joins (counter-app enrol).

counter-app hub --database hall/hub.db --key-file hall/hub.key --gateway-url URL --gateway-secret-file FILE
    A hub that tells a core platform what was decided: once, by itself, with a list of what is open for the
    manager (对账). A platform that is away delays nothing here.

counter-app hub … --others hall/others
    Carry cases accepted for another district to its hall, and the results home: each folder
    hall/others/HALL/PLACE has joined that hall as `hall` (counter-app enrol --data FOLDER --code …).

counter-app hub simulate DAY.csv --json
    Play a day of arrivals through the hub's own tables, in fast motion. The table has columns for
    arrival (09:05, or minutes), class, group and service minutes; a DAY.toml describes a day to be
    made (tests/days/reference.toml). Exit 1 when somebody waited longer than the bound that was
    worked out before.
"""
_OTHERS = ("kiosk", "board", "guide", "manage", "device")
# Invented people behind the counter, each with a token of their own.
_PEOPLE = {"0420": "reviewer", "0421": "reviewer", "0430": "finance", "0301": "supervisor"}
_COLUMNS = ("class", "visitors", "median_min", "p90_min", "max_min", "bound_min")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", nargs="?", choices=("serve", "simulate"), default="serve")
    parser.add_argument("day", nargs="?", type=Path, metavar="DAY", help="simulate: the day, .csv or .toml")
    parser.add_argument("--listen", default="127.0.0.1:8750", metavar="HOST:PORT", help="port 0 = a free one")
    add_store_arguments(parser)
    parser.add_argument(
        "--groups", default="", metavar="CODE=NAME,…", help="groups people choose from; default one for all"
    )
    parser.add_argument(
        "--region", default="", metavar="REGION", help="whose terms hold for bad answers (差评回访、整改)"
    )
    parser.add_argument("--blobs", type=Path, metavar="DIR", help="where sealed pages are kept")
    parser.add_argument(
        "--others", type=Path, metavar="DIR", help="other halls cases are accepted for: DIR/HALL/PLACE each"
    )
    parser.add_argument("--announce", action="store_true", help="say on the local network where this hub is")
    parser.add_argument(
        "--invite", action="store_true", help="print a code for the first manager, without TLS"
    )
    parser.add_argument(
        "--key-module", default="", metavar="URL", help="service of the hall's key module (加密机), for cards"
    )
    add_voucher_arguments(parser)
    add_gateway_arguments(parser)
    parser.add_argument("--demo-windows", type=int, default=0, metavar="N", help="print tokens for N windows")
    parser.add_argument(
        "--windows", type=int, default=10, metavar="N", help="simulate a table: how many windows"
    )
    parser.add_argument(
        "--gap-seconds", type=float, default=0.0, metavar="S", help="simulate a table: between visits"
    )
    parser.add_argument("--json", action="store_true", help="one bare JSON document on standard output")


def add_store_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where a hub's store and keys are; whoever opens it without serving needs the same."""
    parser.add_argument("--database", default="", metavar="URL", help="postgresql://… or the path of a file")
    parser.add_argument(
        "--key-file", type=Path, metavar="FILE", help="key of a file store; made when missing"
    )
    parser.add_argument("--hall", default="001", metavar="CODES", help="hall codes, comma separated")
    parser.add_argument("--tls", type=Path, metavar="DIR", help="speak TLS 1.3; the hub's own keys lie here")


def run(arguments: argparse.Namespace) -> int:
    """Serve or simulate."""
    return _simulate(arguments) if arguments.action == "simulate" else _serve(arguments)


# --- simulate -----------------------------------------------------------------------------------
def _simulate(arguments: argparse.Namespace) -> int:
    from counter_app.hub.simulate import play
    from counter_app.queueing.days import make_day, read_day

    file: Path | None = arguments.day
    if file is None:
        raise Problem("usage", "hub simulate", "缺少模拟日文件")
    if not 1 <= arguments.windows <= 999 or not 0 <= arguments.gap_seconds <= 3600:
        raise Problem("usage", "hub simulate", "窗口数应为 1 至 999，间隔应为 0 至 3600 秒")
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("day-file", str(file), type(error).__name__) from error
    made = file.suffix == ".toml"
    gap_ms = round(arguments.gap_seconds * 1000)
    day = make_day(text, file.name) if made else read_day(text, file.name, arguments.windows, gap_ms)
    report = play(day)
    if arguments.json:
        print_json(report)
    else:
        _tell(report)
    return EXIT_REFUSED if report["beyond_bound"] else EXIT_DONE


def _tell(report: Any) -> None:
    print_rows([{"class": klass, **row} for klass, row in report["classes"].items()], _COLUMNS)
    told = report["estimate"]
    sys.stdout.write(
        f"estimate right for {told['covered']:.0%}, median width {told['median_width_min']} min, "
        f"median wait {told['median_wait_min']} min; beyond the bound: {report['beyond_bound']}\n"
    )


# --- serve --------------------------------------------------------------------------------------
def _serve(arguments: argparse.Namespace) -> int:
    from counter_app.hub.announce import addresses_of, announced
    from counter_app.hub.server import serving

    host, port = _address(arguments.listen)
    authority = _authority(arguments, addresses_of(host))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with contextlib.ExitStack() as stack:
        halls = stack.enter_context(open_halls(arguments))
        blobs = _blobs(arguments)
        stack.enter_context(carrying(halls, arguments))
        served = stack.enter_context(serving(halls, host, port, authority, blobs))
        told: dict[str, Any] = {"url": served.url}
        if arguments.announce:
            said = announced(served.port, addresses_of(host), sorted(halls), served.url.partition(":")[0])
            told["announced"] = stack.enter_context(said)
        if authority is not None:
            told["fingerprint"] = authority.fingerprint
        if authority is not None or arguments.invite:
            told["codes"] = _codes(halls, authority)
        if arguments.demo_windows:
            told |= _tokens(next(iter(halls.values())), arguments.demo_windows)
        if arguments.others is not None:
            told["others_at"] = stack.enter_context(others_of(arguments.others, halls, authority, blobs))
        print_json(told)
        stop.wait()
    return EXIT_DONE


def _authority(arguments: argparse.Namespace, addresses: list[str]) -> Any:
    """The hub's own authority when TLS is asked for."""
    if arguments.tls is None:
        return None
    import socket

    from counter_app.hub.authority import authority_in

    return authority_in(arguments.tls, list(dict.fromkeys([*addresses, "localhost", socket.gethostname()])))


def _blobs(arguments: argparse.Namespace) -> Any:
    """Where pages are kept: where it is said, or beside a file database."""
    from counter_app.hub.blobs import FOLDER, Blobs

    if arguments.blobs is not None:
        return Blobs(arguments.blobs)
    if arguments.key_file is not None:
        return Blobs(arguments.key_file.parent / FOLDER)
    return None


def _codes(halls: dict[str, Any], authority: Any) -> dict[str, str]:
    """The first device of each hall joins as its manager; it invites all others."""
    from counter_app.domain.actor import Actor
    from counter_app.wire.enrol import told

    program, fingerprint = Actor("", "", ("system",)), authority.fingerprint if authority is not None else ""
    return {
        code: told(hall.invite("manage", program), fingerprint)
        for code, hall in halls.items()
        if not any(one["role"] == "manage" and not one["revoked"] for one in hall.devices())
    }


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise Problem("usage", "--listen", f"“{text}”应写作 地址:端口")
    return host.strip("[]"), int(port)


def _tokens(hall: Any, count: int) -> dict[str, dict[str, str]]:
    from counter_app.hub.tokens import Bearer

    windows = {f"w{nth}": Bearer(hall.hall, "window", f"w{nth}") for nth in range(1, count + 1)}
    others = {role: Bearer(hall.hall, role) for role in _OTHERS}
    return {
        "tokens": {name: hall.issue(bearer) for name, bearer in windows.items()},
        "others": {name: hall.issue(bearer) for name, bearer in others.items()},
        "people": {
            number: hall.issue(Bearer(hall.hall, role, clerk=number)) for number, role in _PEOPLE.items()
        },
    }


@contextlib.contextmanager
def open_halls(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Every hall of the store that was asked for, until the block is left.

    Raises Problem `usage`, `store-locked`, `store-key`, `hub-store`.
    """
    from counter_app.hub.clock import HallTime
    from counter_app.hub.hall import HallHub
    from counter_app.hub.keys import KeyService
    from counter_app.queueing.rules import Rules, groups_of

    region = _region(arguments.region)
    given = dict(part.split("=", 1) for part in arguments.groups.split(",") if "=" in part)
    rules = Rules(groups=groups_of(given)) if given else Rules()
    with _store(arguments) as opened:
        codes = [code.strip() for code in arguments.hall.split(",") if code.strip()]
        halls = {code: HallHub(opened.database, opened.lane, code, HallTime(), rules) for code in codes}
        identity = _identity(arguments)
        for hall in halls.values():
            hall.identity = identity
            hall.key_module = KeyService(arguments.key_module) if arguments.key_module else None
            hall.vouchers = resolver_of(arguments)
            hall.region = region
        yield halls


def _region(name: str) -> Any:
    """The region whose parameters the halls keep to; None for the program's own. Raises `not-found`."""
    if not name:
        return None
    from counter_app.catalog.load import load_catalogue

    found = load_catalogue().regions.get(name)
    if found is None:
        raise Problem("not-found", "--region", name)
    return found


def _identity(arguments: argparse.Namespace) -> Any:
    """Who this hub is: by its TLS folder, else by its key file; None where it has neither (training)."""
    from counter_app.hub.authority import CA_KEY
    from counter_app.seals.hub_identity import identity_from

    for file in (arguments.tls / CA_KEY if arguments.tls is not None else None, arguments.key_file):
        if file is not None and file.exists():
            return identity_from(file.read_bytes())
    return None


@contextlib.contextmanager
def _store(arguments: argparse.Namespace) -> Iterator[Any]:
    """The store that was asked for, closed at the end; a file is locked to this process."""
    from counter_app.database.lock import FolderLock
    from counter_app.hub import opening

    with contextlib.ExitStack() as stack:
        if opening.is_server(arguments.database):
            opened = opening.open_server(arguments.database)
        else:
            file = _file(arguments, stack)
            lock = FolderLock(file.parent)
            lock.take()
            stack.callback(lock.free)
            opened = opening.open_file(file, opening.key_in(arguments.key_file or file.with_suffix(".key")))
        stack.callback(opened.close)
        yield opened


def _file(arguments: argparse.Namespace, stack: contextlib.ExitStack) -> Path:
    if arguments.database:
        if arguments.key_file is None:
            raise Problem("usage", "--key-file", "文件数据库需要 --key-file")
        return Path(arguments.database.removeprefix("sqlite:///")).resolve()
    if not arguments.demo_windows:
        raise Problem("usage", "--database", "请用 --database 指定数据库，或用 --demo-windows 开培训用的服务")
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onewindow-hub-"))) / "hub.db"


COMMAND = Command(
    "hub", "serve the hall's line over HTTP, or play a day through it", add_arguments, run, MANUAL
)
