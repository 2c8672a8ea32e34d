"""`gateway`: the hall's business with a core platform, and a platform to practise with."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.hub import add_store_arguments, open_halls
from counter_app.commands.output import print_json
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.hub.gateway.desk import GatewayDesk

MANUAL = """\
counter-app gateway simulate --listen 127.0.0.1:0
    A platform for training, until Ctrl+C; prints {"url", "paasid"}. POST {"next": ["lose", "refuse"]} to
    /sim/plan says what happens to the next questions: ok refuse lose late drop html half bridge nosn text
    away. GET /sim/state shows what was registered, and every serial that arrived.

counter-app gateway send INFNO FILE --request ID --subject NUMBER --url … --database … --key-file …
    One write (2501 to 2506). FILE is JSON of its fields, - reads it from standard input. Asked again with
    the same ID nothing is sent again: what is open is looked up. Exit 1 unless it is done.

counter-app gateway read INFNO FILE …           one question that changes nothing (1101, 5301 to 5304)
counter-app gateway list …                      the reconciliation list: writes whose end nobody knows
counter-app gateway look-up SERIAL …            ask the platform about one of them
counter-app gateway settle SERIAL --why WORDS --clerk NO …   somebody has found out by other means
"""
_ACTS = ("simulate", "send", "read", "list", "look-up", "settle")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=_ACTS)
    parser.add_argument("words", nargs="*", default=[], metavar="WORD", help="see below")
    parser.add_argument("--listen", default="127.0.0.1:0", metavar="HOST:PORT", help="simulate: where")
    parser.add_argument("--late-ms", type=int, default=200, metavar="MS", help="simulate: how late is late")
    add_store_arguments(parser)
    parser.add_argument("--url", default="", metavar="URL", help="the platform")
    parser.add_argument("--paasid", default="training", metavar="ID", help="who we are at its gateway")
    parser.add_argument("--secret-file", type=Path, metavar="FILE", help="what signs the headers")
    parser.add_argument("--org", default="H37110000001", metavar="CODE", help="fixmedins_code, 12 characters")
    parser.add_argument("--area", default="371100", metavar="CODE", help="area of treatment")
    parser.add_argument("--limit-ms", type=int, default=30_000, metavar="MS", help="how long to wait")
    parser.add_argument("--request", default="", metavar="ID", help="send: the same ID is the same write")
    parser.add_argument("--subject", default="", metavar="NUMBER", help="send: the case it is about")
    parser.add_argument("--clerk", default="", metavar="NO", help="工号 of whoever does this")
    parser.add_argument("--why", default="", metavar="WORDS", help="settle: what was found out")


def run(arguments: argparse.Namespace) -> int:
    """Simulate, or do one thing. Raises what the gateway's desk raises, and Problem `usage`."""
    if arguments.action == "simulate":
        return _simulate(arguments)
    arguments.demo_windows, arguments.groups, arguments.key_module = 0, "", ""
    arguments.voucher_url = arguments.region = ""
    with _desk(arguments) as desk:
        return _ACTIONS[arguments.action](desk, arguments)


def _simulate(arguments: argparse.Namespace) -> int:
    from counter_app.hub.gateway.simulator import Platform, Server

    host, _, port = arguments.listen.rpartition(":")
    if not host or not port.isdecimal():
        raise Problem("usage", "--listen", f"“{arguments.listen}”应写作 地址:端口")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    platform = Platform(paasid=arguments.paasid, late_s=arguments.late_ms / 1000)
    with Server(platform, (host, int(port))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        print_json({"url": server.url, "paasid": arguments.paasid})
        stop.wait()
        server.shutdown()
        thread.join()
    return EXIT_DONE


@contextmanager
def _desk(arguments: argparse.Namespace) -> Iterator[GatewayDesk]:
    from counter_app.hub.clock import HallTime
    from counter_app.hub.gateway.desk import GatewayDesk
    from counter_app.hub.gateway.envelope import EnvelopeGateway, Site

    if not arguments.url:
        raise Problem("gateway-off", "--url")
    secret = arguments.secret_file.read_text("utf-8").strip() if arguments.secret_file else "training"
    named = {"fixmedins_code": arguments.org, "area": arguments.area, "limit_s": arguments.limit_ms / 1000}
    site = Site(arguments.url, arguments.paasid, secret, **named)
    with open_halls(arguments) as halls:
        hall = next(iter(halls.values()))
        if hall.identity is None:
            raise Problem("hub-keys", "hub", "需要 --key-file 或 --tls")
        gateway = EnvelopeGateway(site, HallTime().now)
        yield GatewayDesk(gateway, hall.lane, hall.identity, hall.hall, arguments.org, HallTime().now)


def _send(desk: GatewayDesk, arguments: argparse.Namespace) -> int:
    from counter_app.hub.gateway.ledger import Planned

    if not arguments.request:
        raise Problem("usage", "--request", "请写明请求编号，同一编号只办一次")
    wish = Planned(
        arguments.request, _word(arguments, 0), arguments.subject, _fields(arguments), arguments.clerk
    )
    return _shown(desk.write(wish))


def _read(desk: GatewayDesk, arguments: argparse.Namespace) -> int:
    found = desk.read(_word(arguments, 0), _fields(arguments))
    print_json({"how": found.how.value, "because": found.because, "output": dict(found.output)})
    return EXIT_DONE if found.how.value == "done" else EXIT_REFUSED


def _list(desk: GatewayDesk, arguments: argparse.Namespace) -> int:
    names = ("serial", "infno", "subject", "state", "because", "at")
    print_json([{"id": one.serial, **{n: getattr(one, n) for n in names}} for one in desk.open_list()])
    return EXIT_DONE


def _look_up(desk: GatewayDesk, arguments: argparse.Namespace) -> int:
    return _shown(desk.look_up(_word(arguments, 0)))


def _settle(desk: GatewayDesk, arguments: argparse.Namespace) -> int:
    desk.settle(_word(arguments, 0), arguments.why, arguments.clerk)
    return EXIT_DONE


def _shown(entry: Any) -> int:
    told = asdict(entry)
    del told["fields"]  # they name a person and an illness
    print_json(told)
    return EXIT_DONE if entry.state == "done" else EXIT_REFUSED


def _word(arguments: argparse.Namespace, nth: int) -> str:
    if len(arguments.words) <= nth:
        raise Problem("usage", f"gateway {arguments.action}", "缺少交易编号、文件或流水号")
    return str(arguments.words[nth])


def _fields(arguments: argparse.Namespace) -> dict[str, Any]:
    import sys

    name = _word(arguments, 1)
    try:
        told = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Problem("usage", "FILE", type(error).__name__) from error
    return dict(told)


_ACTIONS = {"send": _send, "read": _read, "list": _list, "look-up": _look_up, "settle": _settle}
COMMAND = Command("gateway", "business with a core platform, and one to practise", add_arguments, run, MANUAL)
