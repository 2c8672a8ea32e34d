"""A hub whose process is killed when a write is about to leave: its serial is durable, nothing was sent.

usage: python -m tests.hub.gateway.killed_courier FOLDER URL
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from counter_app.catalog.load import load_catalogue
from counter_app.hub.gateway.courier import Courier
from counter_app.hub.gateway.desk import GatewayDesk
from counter_app.hub.gateway.envelope import EnvelopeGateway, Site
from counter_app.hub.gateway.port import KINDS, Message, Outcome
from counter_app.hub.hall import HallHub
from counter_app.hub.opening import open_file
from tests.fakes.message_hall import ORG, MessageHall
from tests.hub.stores import HALL, RULES, HandClock


class Deadly:
    """A way to the platform on which the first write is never taken."""

    def __init__(self, gateway: EnvelopeGateway) -> None:
        self._gateway = gateway

    def ask(self, message: Message) -> Outcome:
        if KINDS[message.infno].writes:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._gateway.ask(message)


def main(folder: Path, url: str) -> None:
    opened, clock = open_file(folder / "hub.db", bytes(32)), HandClock()
    hall = MessageHall(HallHub(opened.database, opened.lane, HALL, clock, RULES), clock)
    assert hall.hub.identity is not None
    gateway = Deadly(EnvelopeGateway(Site(url, "training", "training", ORG), clock.now))
    desk = GatewayDesk(gateway, opened.lane, hall.hub.identity, HALL, ORG, clock.now)
    courier = Courier(desk, opened.database, load_catalogue().types)
    courier.begin()
    hall.done()
    courier.turn()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
