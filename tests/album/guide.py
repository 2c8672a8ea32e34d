"""The guide desk: the hall, one number's story, every order, the list of papers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue
from counter_app.domain.tickets import TicketState
from tests.album.look import COUNTER_ROOMS, Face, Limits, Room, Shown, Style
from tests.fakes.guide import GUIDE, Usher
from tests.fakes.office import TestOffice, open_office

ORDERS = ("take", "needs", "promote", "reissue", "merge", "assist")
Key = Qt.Key


@cache
def packs() -> Catalogue:
    """What the halls of these pages can do, read once."""
    return load_catalogue()


def busy(desk: TestOffice) -> None:
    """A hall in the middle of a morning."""
    for nth, (klass, needs) in enumerate(
        (("", ()), ("elderly", ("sight", "walking")), ("green", ()), ("", ("language",)), ("booked", ()))
    ):
        desk.hub.taken(f"r{nth}", "", klass, needs=needs)
        desk.clock.tick(240)
    called = desk.hub.call("3", "c1", desk.office.actor)
    assert called is not None
    desk.clock.tick(30)
    desk.hub.act(called.ticket_id, "recall", "k1", desk.office.actor)
    desk.hub.act(called.ticket_id, "miss", "k2", desk.office.actor)
    desk.hub.act(called.ticket_id, "assist", "k3", GUIDE, "", "0107")
    desk.hub.say("h1", "help.asked", desk.office.actor, "填写", "Z1")


def show(bot: Any, app: QApplication, style: Style, room: Room, chapter: str) -> Iterator[Shown]:
    """A hall with nobody in it, or a morning of one."""
    with tempfile.TemporaryDirectory(prefix="ow-album-") as folder:
        desk = open_office(Path(folder) / "data", packs())
        try:
            if chapter == "busy":
                busy(desk)
            usher = Usher(bot, app, desk, room)
            usher.desk.restyle(style.theme, style.scale)
            usher.look()
            try:
                for page in walk(usher, desk) if chapter == "busy" else ("hall",):
                    usher.settled()
                    yield Shown(f"{chapter}-{page}", usher.window, usher.settled)
            finally:
                usher.desk.restyle("light", 100)
                usher.close()
        finally:
            desk.close()


def walk(usher: Usher, desk: TestOffice) -> Iterator[str]:
    """Every page in turn, by the keys of whoever stands there."""
    yield "hall"
    today = desk.hub.tickets(desk.clock.now().date())
    usher.model.choose(next(one.ticket_id for one in today if one.state is TicketState.MISSED))
    yield "story"
    for order in ORDERS:
        usher.model.begin(order)
        yield order
    usher.press(Key.Key_F5)
    yield "search"
    usher.type("ydaz")
    usher.press(Key.Key_Return)
    yield "papers"


FACE = Face("guide", COUNTER_ROOMS, ("busy", "empty"), show, Limits())
