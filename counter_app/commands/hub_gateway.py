"""The hub's way to a core platform: messages of decided cases, carried in a thread beside the serving."""

from __future__ import annotations

import argparse
import contextlib
import logging
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.hub.gateway.courier import Courier

EVERY_S = 2.0
_PATIENCE_S = 5.0  # for a question under way when the hub stops; what it was about is in the ledger
_log = logging.getLogger(__name__)


def add_gateway_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--gateway-url",
        default="",
        metavar="URL",
        help="core platform to be told what is decided; empty = none",
    )
    parser.add_argument(
        "--gateway-paasid", default="training", metavar="ID", help="who we are at its gateway"
    )
    parser.add_argument("--gateway-secret-file", type=Path, metavar="FILE", help="what signs the headers")
    parser.add_argument("--gateway-org", default="H37110000001", metavar="CODE", help="institution code")
    parser.add_argument("--gateway-area", default="371100", metavar="CODE", help="area of treatment")
    parser.add_argument(
        "--gateway-limit-ms", type=int, default=30_000, metavar="MS", help="how long an answer may take"
    )


@contextlib.contextmanager
def carrying(halls: Mapping[str, Any], arguments: argparse.Namespace) -> Iterator[None]:
    """Carry the messages of these halls until the block is left; nothing without an address.

    Raises Problem `hub-keys` for a hub without keys, `usage` for a secret that cannot be read.
    """
    with contextlib.ExitStack() as stack:
        for hall in halls.values() if arguments.gateway_url else ():
            stack.enter_context(_running(hall, courier_of(hall, arguments)))
        yield


def courier_of(hall: Any, arguments: argparse.Namespace) -> Courier:
    """The courier of one hall. Raises Problem `hub-keys`, `usage`."""
    from counter_app.catalog.load import load_catalogue
    from counter_app.hub.clock import HallTime
    from counter_app.hub.gateway.courier import Courier
    from counter_app.hub.gateway.desk import GatewayDesk
    from counter_app.hub.gateway.envelope import EnvelopeGateway, Site

    if hall.identity is None:
        raise Problem("hub-keys", "hub", "需要 --key-file 或 --tls")
    limit_s, now = arguments.gateway_limit_ms / 1000, HallTime().now
    named = {"fixmedins_code": arguments.gateway_org, "area": arguments.gateway_area, "limit_s": limit_s}
    secret = _secret(arguments.gateway_secret_file)
    gateway = EnvelopeGateway(Site(arguments.gateway_url, arguments.gateway_paasid, secret, **named), now)
    desk = GatewayDesk(gateway, hall.lane, hall.identity, hall.hall, arguments.gateway_org, now)
    return Courier(desk, hall.database, load_catalogue().types, getattr(hall, "region", None), limit_s)


def _secret(file: Path | None) -> str:
    if file is None:
        return "training"
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("usage", "--gateway-secret-file", type(error).__name__) from error


@contextlib.contextmanager
def _running(hall: Any, courier: Courier) -> Iterator[None]:
    stop, bell = threading.Event(), threading.Event()
    courier.begin()
    hall.hurry = bell.set
    thread = threading.Thread(
        target=_carry, args=(courier, stop, bell), name=f"messages-{hall.hall}", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        hall.hurry = None
        stop.set()
        bell.set()
        thread.join(_PATIENCE_S)


def _carry(courier: Courier, stop: threading.Event, bell: threading.Event) -> None:
    """Look every two seconds, or at once when somebody ordered something; a store that is busy waits."""
    while not stop.is_set():
        bell.clear()
        try:
            courier.turn()
        except Exception as error:  # the next look may find the database again
            if stop.is_set():
                return
            _log.error("messages could not be looked at: %s", type(error).__name__)
        bell.wait(EVERY_S)
