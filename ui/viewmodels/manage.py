"""What the manager's desk holds: the page, what was fetched for it, the order being made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.problems import Problem
from counter_app.services.hall.exceptions import ExceptionRow
from counter_app.services.hall.floor import FloorView
from counter_app.services.hall.held_rows import HeldRow
from counter_app.services.hall.messages import MessageRow
from counter_app.services.hall.orders import Offer, Order
from counter_app.services.hall.tables import HallTable
from counter_app.services.managing import BadRow, ShiftRow
from counter_app.services.review_view import WorkRow
from ui.hall_ports import ManagePort
from ui.jobs import Jobs
from ui.notices import Notices

PAGES = (
    ("floor", "现场"),
    ("shifts", "排班"),
    ("overdue", "到期件"),
    ("bad", "差评回访"),
    ("stats", "统计"),
    ("odd", "异常处置"),
    ("messages", "对账"),
)
LOOK_MS, RETRY_MS = 3_000, 4_000  # how often the live hall is fetched; how often an absent hub is asked again
LIVE = ("floor", "messages")
_STALE = frozenset(
    {"ticket-state", "state-wrong", "not-found", "follow-up-state", "exception-settled", "gateway-act"}
)


class ManageModel(QObject):
    """Turns intentions into calls to the hub; keeps what was chosen until the hub has it."""

    page_changed = Signal()
    fetched = Signal(str)  # the page whose data came
    order_changed = Signal()
    away_changed = Signal(bool)
    done = Signal(str)  # what has just been carried out, in words
    act = Signal(str)  # a keymap action a view asks for

    def __init__(self, port: ManagePort, jobs: Jobs, notices: Notices) -> None:
        super().__init__()
        self.port, self.jobs, self.notices = port, jobs, notices
        self.page = "floor"
        self.floor = FloorView()
        self.shifts: tuple[ShiftRow, ...] = ()
        self.overdue: tuple[WorkRow, ...] = ()
        self.bad: tuple[BadRow, ...] = ()
        self.odd: tuple[ExceptionRow, ...] = ()
        self.messages: tuple[MessageRow, ...] = ()
        self.tables: tuple[HallTable, ...] = ()
        self.day: date = port.today()
        self.span = "today"
        self.offers: tuple[Offer, ...] = ()
        self.offer: Offer | None = None
        self.values: tuple[str, ...] = ()
        self.why = ""
        self.is_away = self.is_sending = False
        self._request = ""
        self._asked = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._again)

    def start(self) -> None:
        """Fetch now and from now on."""
        self._look.start()
        self.refresh()

    def stop(self) -> None:
        """Ask nothing more."""
        self._look.stop()

    # --- pages --------------------------------------------------------------------------------
    def open(self, page: str) -> None:
        """Another page; an order begun here is put aside."""
        if page != self.page:
            self.page = page
            self.put_aside()
            self.offer_on(())
            self.page_changed.emit()
        self.refresh()

    def refresh(self) -> None:
        """Fetch what the page shows; the next look waits for the last one."""
        page, port = self.page, self.port
        fetch: dict[str, Callable[[], Any]] = {
            "floor": port.floor,
            "shifts": partial(port.shifts, self.day),
            "overdue": port.overdue,
            "bad": port.bad_answers,
            "stats": partial(port.statistics, self.span),
            "odd": port.exceptions,
            "messages": port.messages,
        }
        names = {page: page for page in fetch} | {"stats": "tables"}
        self._asked = True
        self.jobs.run(fetch[page], partial(self._came, page, names[page]), self._unasked)

    def ask_held(self, exception_id: str, then: Callable[[tuple[HeldRow, ...]], None]) -> None:
        """What a lost device sent, for the page that shows it beside its exception."""
        self.jobs.run(partial(self.port.held, exception_id), then)

    def turn_day(self, by: int) -> None:
        """The shifts of another day, counted from the one shown; 0 is today."""
        self.day = self.port.today() if by == 0 else self.day + timedelta(days=by)
        self.refresh()

    def turn_span(self, span: str) -> None:
        """The statistics of another span."""
        self.span = span
        self.refresh()

    def _again(self) -> None:
        """What changes by itself is looked at by itself; an absent hub is asked whatever the page."""
        if not self._asked and (self.page in LIVE or self.is_away):
            self.refresh()

    def _came(self, page: str, name: str, found: Any) -> None:
        self._asked = False
        self._reached()
        setattr(self, name, found)
        self.fetched.emit(page)

    def _unasked(self) -> None:
        self._asked = False

    # --- an order -----------------------------------------------------------------------------
    def offer_on(self, offers: tuple[Offer, ...]) -> None:
        """Something else was chosen on the page: this may be ordered about it."""
        if offers == self.offers:
            return
        self.offers = offers
        if self.offer is not None and not self.is_sending:
            same = (self.offer.act, self.offer.subject, self.offer.name)
            kept = next((one for one in offers if (one.act, one.subject, one.name) == same), None)
            self.offer = kept
        self.order_changed.emit()

    def begin(self, offer: Offer) -> None:
        """Begin an order; it is sent by F10, never by its number alone."""
        if offer.blocked:
            self.notices.tell(offer.name, offer.blocked)
            return
        if not self.is_sending:
            self.done.emit("")
            self.offer, self.values, self.why = offer, offer.chosen, ""
            self._request = self.port.new_request()
            self.order_changed.emit()

    def choose(self, value: str) -> None:
        """A group or a window; of several each is put in or out."""
        if self.offer is None:
            return
        if not self.offer.many:
            self.values = (value,)
        elif value in self.values:
            self.values = tuple(one for one in self.values if one != value)
        else:
            self.values = (*self.values, value)
        self._changed()

    def say(self, why: str) -> None:
        """A reason, chosen or written."""
        if why != self.why:
            self.why = why
            self._changed()

    def _changed(self) -> None:
        self._request = self.port.new_request()  # another order is another request
        self.notices.clear()
        self.order_changed.emit()

    def put_aside(self) -> bool:
        """Forget the order that was begun; tells whether there was one."""
        had = self.offer is not None
        self.offer, self.values, self.why = None, (), ""
        if had:
            self.order_changed.emit()
        return had

    def submit(self) -> None:
        """Send the order; the same one sent twice counts once."""
        if self.offer is None or self.is_sending:
            return
        self.is_sending = True
        order = Order(self.offer.act, self.offer.subject, self._request, self.values, self.why)
        self.order_changed.emit()
        call = partial(self.port.carry_out, order, self.offer)
        self.jobs.run(call, partial(self._ordered, self.offer), self._not_ordered)

    def _ordered(self, offer: Offer, nothing: object) -> None:
        self._reached()
        self.is_sending = False
        self.put_aside()
        self.notices.clear()
        self.done.emit(f"✓ {offer.about}：已{offer.name}")
        self.refresh()

    def _not_ordered(self) -> None:
        self.is_sending = False
        self.order_changed.emit()

    # --- files and trouble --------------------------------------------------------------------
    def export(self, file: Path) -> None:
        """Write the tables of the page of statistics."""
        call = partial(self.port.export, self.tables, file)
        self.jobs.run(call, lambda nothing: self.done.emit(f"✓ 已导出 {file.name}"))

    def refused(self, problem: Problem) -> None:
        """A refusal: an absent hub is said once and asked again; what was chosen stays."""
        if problem.code == "hub-away":
            self._look.setInterval(RETRY_MS)
            if not self.is_away:
                self.is_away = True
                self.away_changed.emit(True)
            return
        self.notices.refuse(problem)
        if problem.code in _STALE:
            self.refresh()

    def _reached(self) -> None:
        self._look.setInterval(LOOK_MS)
        if self.is_away:
            self.is_away = False
            self.away_changed.emit(False)
