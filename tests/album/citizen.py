"""The screen before the citizen: every page of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.album.look import Face, Limits, Room, Shown, Style
from tests.fakes import longest
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02
from ui.faces.citizen import CitizenWindow
from ui.theme import load
from ui.viewmodels import citizen as c

ROOMS = ((1024, 600), (1280, 800), (800, 1280))
TURNS = 8  # of the event loop, until a page has measured itself and laid itself out
LONG = s.replace(s.LONG, visit_open=True)
PAGES: dict[str, c.CitizenPage] = {
    "welcome": c.Welcome("3", hall="日照市政务服务大厅", clerk="0317"),
    "paused": c.Welcome("3", hall="日照市政务服务大厅", paused=True),
    "called": c.page_for(s.CALLED, "identify"),
    "served": c.page_for(s.FILLING, "fill"),
    "served-long": c.page_for(LONG, "fill"),
    "confirm": c.page_for(s.FILLING, "check"),
    "confirm-table": c.page_for(s.replace(s.FILLING, case=BX02), "check"),
    "confirm-short": c.Confirm("3", 0, "参保信息查询", (("姓名", "李*芳"), ("查询月份", "2026-10"))),
    "sign": c.Sign("3", words="以上内容我已核对，情况属实；如有不实，愿承担相应责任。"),
    "rate": c.Rate("3", 0, "异地安置退休人员备案", "261122-001-A2B-0001-K"),
    "code": c.ShowCode("3", 0, "请用手机扫码评价", "https://example.invalid/rate/" + "a" * 60, "30 天内有效"),
    "served-longest": c.page_for(longest.VIEW, "fill"),
    "confirm-longest": c.page_for(longest.VIEW, "check"),
    "finished-longest": c.page_for(longest.DONE, "done"),
    "finished": c.page_for(s.DONE, "done"),
    "wait": c.page_for(s.replace(s.FILLING, locked=True), "fill"),
}


def show(bot: Any, app: QApplication, style: Style, room: Room, chapter: str) -> Iterator[Shown]:
    """One page."""
    window = CitizenWindow(load(style.theme, style.scale))
    window.resize(*room)
    window.show()
    bot.waitExposed(window)
    window.put(PAGES[chapter])

    def settle() -> None:
        for _ in range(TURNS):
            QApplication.processEvents()

    try:
        settle()
        yield Shown(chapter, window, settle)
    finally:
        window.end()
        window.deleteLater()


FACE = Face(
    "citizen",
    ROOMS,
    tuple(PAGES),
    show,
    Limits(contrast={"light": 7.0, "contrast": 7.0}, font=24, target=48),
    is_resized=False,
    scales=(100,),  # sizes are the screen's own, not the clerk's
)
