"""What the commands beside a case open: 待核, 全域通办, 上门, 外来件, the day, the whole hall."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from counter_app.late import late
from counter_app.problems import Problem
from ui.ports import PaletteRow

if TYPE_CHECKING:
    from counter_app.services import home_visits
    from ui.faces.desk import Desk
else:
    home_visits = late("counter_app.services.home_visits")


class Ways:
    """Actions of the palette's commands; each of them opens a page or a list and decides nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._model = desk.model

    def table(self) -> dict[str, Callable[[], object]]:
        """Actions by name."""
        return {
            "verify": self._verify,
            "cross": self._cross,
            "send_back": self._send_back,
            "book_visit": self._book_visit,
            "package": partial(self._open, "package"),
            "home_visit": self._home_visit,
            "day_open": partial(self._open, "day", "open"),
            "day_hand": partial(self._open, "day", "hand"),
            "day_close": partial(self._open, "day", "close"),
            "hall_page": partial(self._open, "outage"),
            "outage": self._outage,
            "emergency": self._emergency,
            "sign_out": self._sign_out,
        }

    def send_back_row(self, row: PaletteRow) -> None:
        """Ask why a filing of the list goes back."""
        self._desk.palette_.fold()
        self._open("send_back", row.code, row.title)

    def _verify(self) -> None:
        """The case in hand if it waits, else one of this visit that does, else the list of what waits."""
        case = self._model.view.case
        waiting = [tile for tile in self._model.view.tiles if tile.provisional]
        if case is not None and case.provisional:
            self._open("verify", case.number, case.name)
        elif waiting:
            self._open("verify", waiting[0].number, waiting[0].name)
        else:
            self._desk.open_palette("!")

    def _cross(self) -> None:
        case = self._model.view.case
        if case is None:
            self._model.notices.refuse(Problem("not-open"))
        elif case.number:
            self._model.notices.refuse(Problem("already-accepted", "case", case.number))
        elif case.cross is None:
            self._model.notices.tell(
                "这一事项在本地不办全域通办", "请参保人向参保地申请，或使用参保地的网上渠道。"
            )
        else:
            self._open("cross")

    def _send_back(self) -> None:
        """The filing in hand, if the case came of one; else the list, where Ctrl+J sends back."""
        case = self._model.view.case
        if case is not None and case.filing and not case.number:
            self._open("send_back", case.filing, case.name)
        else:
            self._desk.open_palette("<")
            self._model.notices.tell("退回哪一件", "选中外来件后按 Ctrl+J。")

    def _outage(self) -> None:
        """One key tells the whole hall; while it holds, the same key opens the sorting."""
        if self._model.view.hall_now.outage is None:
            self._model.do("announce")
            self._model.notices.tell("已向全厅公告停机", "误按的，请在本页按“系统已恢复”。")
        self._open("outage")

    def _emergency(self) -> None:
        self._model.do("press_emergency")
        self._model.notices.tell("已请求支援", "")

    def _sign_out(self) -> None:
        """At once when everything is with the hall; else the page that says so and offers a package."""
        view = self._model.view
        if view.unsynced and not view.visit_open and not view.held:
            self._open("sign_out")
        else:
            self._model.do("sign_out")

    def _home_visit(self) -> None:
        if self._model.view.visit_open:
            self._model.notices.refuse(Problem("visit-open"))
        else:
            self._open("home_visit")

    def _book_visit(self) -> None:
        case = self._model.view.case
        number = case.number if case is not None and case.type_id == home_visits.BOOKING else ""
        self._open("book_visit", number)

    def _open(self, page: str, subject: str = "", about: str = "") -> None:
        self._model.flush()
        self._model.go(aside=page, subject=subject, about=about)
