"""What the desk behind the counter holds: the work, the case being read, the decision being made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QTimer, Signal

from counter_app.catalog.reasons import OTHER, Reason
from counter_app.domain.laid import WHOLE, Box
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services.review_view import CaseSheet, Decision, Offer, WorkRow
from ui.hall_ports import ReviewPort
from ui.jobs import Jobs
from ui.notices import Notices

if TYPE_CHECKING:
    from ui import page_files
else:
    page_files = late("ui.page_files")

REVEAL_MS = 5_000  # how long a look lasts
LOOK_MS, RETRY_MS = 15_000, 4_000  # how often the work is fetched; how often an absent hub is asked again
AT_ONCE = "claim"  # harms nobody: whoever took it by mistake hands it on
COVERED = "✓ 已遮盖并留痕"
_STALE = frozenset({"move-wrong-step", "state-wrong", "held-by-other", "not-found"})


class ReviewModel(QObject):
    """Turns intentions into calls to the hub; keeps what was chosen until the hub has it."""

    rows_changed = Signal()
    sheet_changed = Signal()
    decision_changed = Signal()
    away_changed = Signal(bool)
    page_came = Signal(object, str)  # bytes of a page, its caption
    done = Signal(str)  # what has just been carried out, in words
    act = Signal(str)  # a keymap action a view asks for

    def __init__(self, port: ReviewPort, jobs: Jobs, notices: Notices, desk: str = "") -> None:
        super().__init__()
        self.port, self.jobs, self.notices = port, jobs, notices
        self.desk = desk
        self.rows: tuple[WorkRow, ...] = ()
        self.desks: tuple[tuple[str, int], ...] = ()
        self.sheet: CaseSheet | None = None
        self.offer: Offer | None = None
        self.said = Decision()
        self.reasons: tuple[Reason, ...] = ()
        self.is_away = False
        self.is_sending = False
        self.page_ref = ""  # the page looked at; "" once its covers are lifted
        self._caption = ""
        self._masked: CaseSheet | None = None
        self._request = ""
        self._wanted = ("", "")
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.refresh)
        self._hide = QTimer(self, interval=REVEAL_MS, singleShot=True)
        self._hide.timeout.connect(self.mask)

    def start(self) -> None:
        """Fetch the work now and from now on."""
        self._look.start()
        self.refresh()

    def stop(self) -> None:
        """Ask nothing more."""
        self._look.stop()
        self._hide.stop()

    # --- the work ---------------------------------------------------------------------------
    def refresh(self) -> None:
        """Fetch the work again; an absent hub is asked more often."""
        desk = self.desk
        self.jobs.run(partial(_fetched, self.port, desk), partial(self._came, desk))

    def choose_desk(self, desk: str) -> None:
        """Another desk's work."""
        if desk != self.desk:
            self.desk = desk
            self.refresh()

    def _came(self, desk: str, found: tuple[tuple[WorkRow, ...], tuple[tuple[str, int], ...]]) -> None:
        self._reached()
        self.desks = found[1]
        if desk == self.desk:
            self.rows = found[0]
            self.rows_changed.emit()
        if self.sheet is not None and self._waits_for_platform(self.sheet):
            self.open(self.sheet.row)

    def _waits_for_platform(self, sheet: CaseSheet) -> bool:
        """Whether a case just decided is looked at, and the core platform has not confirmed it yet."""
        is_quiet = sheet.row.key == self._wanted and self.offer is None and not sheet.revealed
        told = bool(sheet.messages) and all(one.kind == "ok" for one in sheet.messages)
        return is_quiet and sheet.step == "done" and not told

    # --- one case ---------------------------------------------------------------------------
    def open(self, row: WorkRow, then: Callable[[], None] | None = None) -> None:
        """Read a case; a decision begun on another is put aside."""
        self._wanted = row.key
        self.jobs.run(partial(self.port.sheet, row.case_id, row.part), partial(self._opened, row.key, then))

    def _opened(self, key: tuple[str, str], then: Callable[[], None] | None, sheet: CaseSheet) -> None:
        self._reached()
        if key != self._wanted:
            return
        self._adopt(sheet)
        if then is not None:
            then()

    def _adopt(self, sheet: CaseSheet) -> None:
        same = self.sheet is not None and self.sheet.row.key == sheet.row.key
        self.sheet = self._masked = sheet
        self._hide.stop()
        if not same or self.offer not in sheet.offers:
            self.put_aside()
        self.sheet_changed.emit()

    def reveal(self) -> None:
        """Open what is masked for five seconds; the hub has written the look down before it is shown."""
        if self.sheet is not None and not self.sheet.revealed:
            row = self.sheet.row
            call = partial(self.port.reveal, row.case_id, row.part, self.port.new_request())
            self.jobs.run(call, self._revealed)

    def _revealed(self, sheet: CaseSheet) -> None:
        self._reached()
        if self.sheet is not None and self.sheet.row.case_id == sheet.row.case_id:
            self.sheet = sheet
            self.sheet_changed.emit()
            self._hide.start()

    def mask(self) -> None:
        """Mask again."""
        if self.sheet is not None and self.sheet.revealed:
            self.sheet = self._masked
            self.sheet_changed.emit()

    def look_at(self, ref: str, caption: str) -> None:
        """Fetch a scanned page."""
        self.jobs.run(partial(_page, self.port, ref, self._laid(ref)), partial(self._page_came, ref, caption))

    def cover(self, boxes: Sequence[QRectF]) -> None:
        """Cover parts of the page looked at (shares of it, 0 to 1); the hub writes down who did."""
        if self.sheet is not None and self.page_ref and not self.is_covered:
            laid = [box_of(box) for box in boxes]
            call = partial(self.port.cover, self.sheet, self.page_ref, laid, self.port.new_request())
            self.jobs.run(call, partial(self._covered, self.page_ref, self._caption))

    def _covered(self, ref: str, caption: str, sheet: CaseSheet) -> None:
        self._reached()
        if sheet.row.key == self._wanted:
            self._adopt(sheet)
        self.look_at(ref, caption)
        self.done.emit(COVERED)

    def _laid(self, ref: str) -> tuple[Box, ...]:
        return dict(self.sheet.laid).get(ref, ()) if self.sheet is not None else ()

    def lift(self, ref: str, caption: str, why: str) -> None:
        """Fetch a covered page as it was; the look and why are written down before it is shown."""
        if self.sheet is not None:
            case_id = self.sheet.row.case_id
            call = partial(self.port.uncovered, case_id, ref, why, self.port.new_request())
            self.jobs.run(call, partial(self._page_came, "", f"{caption}（已揭开遮盖，已留痕）"))

    @property
    def is_covered(self) -> bool:
        """Whether the page looked at was covered in places, at the counter or behind it."""
        return self.is_laid or (self.sheet is not None and self.page_ref in self.sheet.covered)

    @property
    def is_laid(self) -> bool:
        """Whether the page looked at was covered behind the counter; the counter's own page is as it was."""
        return bool(self.page_ref and self._laid(self.page_ref))

    def _page_came(self, ref: str, caption: str, data: bytes) -> None:
        self.page_ref, self._caption = ref, caption
        self.page_came.emit(data, caption)

    def fetch_page(self, ref: str, then: Callable[[bytes], None]) -> None:
        """A scanned page, for whoever shows it beside another."""
        self.jobs.run(partial(_page, self.port, ref, self._laid(ref)), then)

    # --- the decision -----------------------------------------------------------------------
    def choose_act(self, offer: Offer) -> None:
        """Begin a decision; only taking a case up is sent at once, everything else by F10."""
        if offer.blocked:
            self.notices.tell(offer.name, offer.blocked)
            return
        if self.is_sending:
            return
        self.done.emit("")
        self.offer, self.said, self._request = offer, Decision(act=offer.act), self.port.new_request()
        self.reasons = self.port.reasons(offer.act) if offer.reasoned else ()
        if offer.act == AT_ONCE:
            self.submit()
        else:
            self.decision_changed.emit()

    def say(self, **what: object) -> None:
        """A reason, an amount, days, a desk, a detail; nothing is sent yet."""
        said = replace(self.said, **what)  # type: ignore[arg-type]
        if said != self.said:
            self.said = said
            self._request = self.port.new_request()  # another decision is another request
            self.notices.clear()  # what was missing may be there now
            self.decision_changed.emit()

    def choose_reason(self, nth: int) -> bool:
        """The nth reason of the list, from 1; tells whether there is one."""
        if not 1 <= nth <= len(self.reasons):
            return False
        self.say(reason=self.reasons[nth - 1].code)
        return True

    def say_other(self, words: str) -> None:
        """A reason in the reviewer's own words."""
        self.say(reason=OTHER + words if words.strip() else "")

    def put_aside(self) -> bool:
        """Forget the decision that was begun; tells whether there was one."""
        had = self.offer is not None
        self.offer, self.said, self.reasons = None, Decision(), ()
        if had:
            self.decision_changed.emit()
        return had

    def submit(self) -> None:
        """Send the decision; the same one sent twice counts once."""
        if self.sheet is None or self.offer is None or self.is_sending:
            return
        self.is_sending = True
        self.decision_changed.emit()
        call = partial(self.port.decide, self._masked or self.sheet, self.said, self._request)
        self.jobs.run(call, partial(self._decided, self.offer), self._not_decided)

    def _decided(self, offer: Offer, sheet: CaseSheet) -> None:
        self._reached()
        self.is_sending = False
        self.put_aside()
        self._adopt(sheet)
        self.notices.clear()
        self.done.emit(f"✓ 已{offer.name}，现在是“{sheet.row.step_name}”")
        self.refresh()

    def _not_decided(self) -> None:
        self.is_sending = False
        self.decision_changed.emit()

    # --- trouble ----------------------------------------------------------------------------
    def refused(self, problem: Problem) -> None:
        """A refusal: an absent hub is said once and asked again; what was chosen stays."""
        if problem.code == "hub-away":
            self._look.setInterval(RETRY_MS)
            if not self.is_away:
                self.is_away = True
                self.away_changed.emit(True)
            return
        self.notices.refuse(problem)
        if problem.code in _STALE and self.sheet is not None:
            self.open(self.sheet.row)

    def _reached(self) -> None:
        self._look.setInterval(LOOK_MS)
        if self.is_away:
            self.is_away = False
            self.away_changed.emit(False)


def box_of(share: QRectF) -> Box:
    """A box as the hub keeps it, never beyond the page."""
    x, y = max(0, round(share.x() * WHOLE)), max(0, round(share.y() * WHOLE))
    wide, high = round(share.width() * WHOLE), round(share.height() * WHOLE)
    return x, y, max(1, min(wide, WHOLE - x)), max(1, min(high, WHOLE - y))


def _page(port: ReviewPort, ref: str, laid: Sequence[Box]) -> bytes:
    """A page as it may be seen: what was covered behind the counter is not in the bytes."""
    data = port.page(ref)
    shares = [QRectF(*(one / WHOLE for one in box)) for box in laid]
    return page_files.blackened(data, shares) if shares else data


def _fetched(port: ReviewPort, desk: str) -> tuple[tuple[WorkRow, ...], tuple[tuple[str, int], ...]]:
    """The work of a desk, and how much lies on every one."""
    every = port.work("")
    counted = Counter(row.desk for row in every)
    return (port.work(desk) if desk else every), tuple(sorted(counted.items()))
