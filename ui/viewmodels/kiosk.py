"""What a kiosk holds: the last snapshot, the page, and which questions have been answered. No rule."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from counter_app.domain.ticket_slip import TicketSlip
from counter_app.services.self_view import Checked, Offer, Owed, SelfView, Step
from drivers.protocols import CardEvent, Scan
from ui.hall_ports import KioskPort
from ui.jobs import Jobs
from ui.viewmodels.kiosk_pages import KioskPages

OWN = frozenset({"balance", "matters", "papers", "owed", "rate"})  # wishes that need somebody known
# Pages that hold an answer which is not given yet.
ANSWERED = frozenset({"question", "rate_why"})


class KioskModel(KioskPages):
    """Turns touches into calls on the services lane, and snapshots into pages."""

    ended = Signal()  # the manager's PIN was right
    rung = Signal()

    def __init__(self, port: KioskPort, jobs: Jobs, first: SelfView) -> None:
        super().__init__(port, jobs, first)
        self.offers: tuple[Offer, ...] = ()
        self.groups: tuple[tuple[str, str], ...] = ()
        self.reasons: tuple[tuple[str, str], ...] = ()

    def _forget(self) -> None:
        super()._forget()
        self.wish = ""
        self.seen: list[str] = []
        self.at: Step | None = None
        self.slip: TicketSlip | None = None
        self.slip_is_printed = False
        self.checked: Checked | None = None
        self._bad: tuple[str, int] = ("", 0)

    # --- moving about ------------------------------------------------------------------------
    def start(self) -> None:
        """Learn what this kiosk offers."""
        self.jobs.run(self.port.kiosk.offers, self._know_offers)

    def _know_offers(self, offers: tuple[Offer, ...]) -> None:
        self.offers = offers

    def want(self, wish: str) -> None:
        """Somebody chose something on the first page; a matter of their own needs to know them first."""
        if self.is_busy:
            return
        self.wish = wish
        if wish in OWN and self.view.person is None:
            self.go("who")
        elif wish == "ticket":
            self._ask_groups()
        else:
            self.go(wish)

    def home(self) -> None:
        """Back to the first page; the person stays known, what was begun stays in the visit's draft."""
        self.wish = ""
        if self.view.visit.case is not None and not self.view.visit.case.number:
            self._do(self.port.kiosk.give_up, lambda view: self.go("home"))
        else:
            self.go("home")

    # --- devices -----------------------------------------------------------------------------
    def take(self, event: object) -> None:
        """A device said something. Pulling the card that proved somebody wipes at once."""
        if isinstance(event, CardEvent) and event.kind == "removed":
            if event.reader and event.reader in self.view.proofs:
                self.wipe()
            return
        if isinstance(event, Scan) and event.kind == "receipt":
            self.verify(event.text)
            return
        if isinstance(event, CardEvent) and event.kind != "fault":
            return
        if isinstance(event, tuple) or type(event).__name__ == "DeviceHealth":
            return
        self._do(partial(self.port.kiosk.take, event), self._identified)

    def _identified(self, view: SelfView) -> None:
        if self.place == "question" and self.at is not None and self.at.kind == "other":
            self._answered(self.at, view)
        elif view.unfinished and view.visit.case is None:
            self.go("unfinished")
        elif self.place in ("who", "home") and self.wish:
            self.want(self.wish)
        elif self.place in ("who", "refused"):
            self.go("home")
        else:
            self.changed.emit()

    # --- a matter ----------------------------------------------------------------------------
    def open(self, code: str) -> None:
        """Begin a matter."""
        self.seen = []
        self._do(partial(self.port.kiosk.open, code), self._advance)

    def resume(self, filing_id: str) -> None:
        """Go on with what was left."""
        self._do(partial(self.port.kiosk.resume, filing_id), self._resumed)

    def _resumed(self, view: SelfView) -> None:
        """What was answered is not asked again; it stands on the page of all answers."""
        self.seen = [s.key for s in view.steps if s.field is not None and s.field.value and s.kind != "ask"]
        self.seen += ["@other"] if self.seen else []
        self._advance(view)

    def supply(self, owed: Owed) -> None:
        """Hand in an owed material."""
        self.seen = ["@situation", "case_no", "given"]
        self._do(partial(self.port.kiosk.supply, owed), self._advance)

    def answer(self, text: str) -> None:
        """Answer the question on the page."""
        step = self.at
        if step is not None:
            self._do(partial(self.port.kiosk.answer, step, text), partial(self._answered, step))

    def skip(self) -> None:
        """Go past a question that only offers something (the other person's card)."""
        if self.at is not None:
            self._answered(self.at, self.view)

    def settle(self, way: str) -> None:
        """Say what becomes of the material on the page."""
        step = self.at
        if step is not None:
            self._do(partial(self.port.kiosk.settle_material, step, way), partial(self._answered, step))

    def sign(self, picture: bytes) -> None:
        """Somebody wrote their name (PNG) under the material on the page."""
        step = self.at
        if step is not None:
            self._do(partial(self.port.kiosk.sign, step, picture), partial(self._answered, step))

    def confirm(self) -> None:
        """All is right: hand it in."""
        self._do(partial(self.port.kiosk.confirm, self.guest.beside), self._confirmed)

    def edit(self, key: str) -> None:
        """Answer one question again; then back to the page of all answers."""
        self.seen = [one for one in self.seen if one != key]
        self._advance(self.view)

    def back(self) -> None:
        """The question before; from the first one back to the choice."""
        self.problem = None
        asked = {step.key for step in self.view.steps}
        while self.seen:
            key = self.seen.pop()
            if key in asked:
                self._advance(self.view)
                return
        self.home()

    def _answered(self, step: Step, view: SelfView) -> None:
        now = next((one for one in view.steps if one.key == step.key), None)
        if now is not None and now.field is not None and now.field.problem is not None:
            self.at, self.problem = now, now.field.problem
            self.changed.emit()
            return
        self.seen.append(step.key)
        self._advance(view)

    def _advance(self, view: SelfView) -> None:
        """The next unanswered question, else all answers, else what came of it."""
        case = view.visit.case
        self.at = next((step for step in view.steps if step.key not in self.seen), None)
        if view.window_only:
            self.go("window")
        elif case is None:
            self.go("home")
        elif case.number:
            self.go("done")
        else:
            self.go("question" if self.at is not None else "check")

    def _confirmed(self, view: SelfView) -> None:
        case = view.visit.case
        wrong = {p.where: p for p in case.problems} if case is not None and not case.number else {}
        place = next((step for step in view.steps if step.key in wrong), None)
        if place is not None:
            self.seen = [key for key in self.seen if key not in wrong]
            self._advance(view)
            if not place.key.startswith("material:"):
                self.problem = wrong[place.key]
                self.changed.emit()
            return
        self._advance(view)

    # --- numbers, papers, rating -------------------------------------------------------------
    def _ask_groups(self) -> None:
        """Whether numbers are given now, and for what; where they are not, the hall's own words are said."""
        self._do_any(self.port.groups, self._know_groups, aside=True)

    def _know_groups(self, groups: tuple[tuple[str, str], ...]) -> None:
        self.groups = groups
        self.go("groups")

    def take_number(self, group: str) -> None:
        """A number for a group, "" for whoever does not know which."""
        self._do_any(partial(self.port.take_number, group, self.guest.beside), self._number, aside=True)

    def _number(self, given: tuple[TicketSlip, bool]) -> None:
        self.slip, self.slip_is_printed = given
        self.go("ticket")

    def number_is_shown(self) -> None:
        """The screen shows the number and it was said: from now on it counts, paper or not."""
        if self.slip is not None:
            self.jobs.aside(partial(self.port.number_counts, self.slip.request_id), lambda done: None)

    def reprint(self, number: str) -> None:
        """Print one of this person's papers again."""
        self._do(partial(self.port.kiosk.reprint, number), lambda view: self.go("printing"))

    def verify(self, text: str) -> None:
        """Judge a paper by its QR; it identifies nobody."""
        self._do_any(partial(self.port.kiosk.verify, text), self._verified)

    def _verified(self, found: Checked) -> None:
        self.checked = found
        self.go("verified")

    def rate(self, case_id: str, level: int, reasons: tuple[str, ...] = ()) -> None:
        """Give a rating; `level` 0 is 不评."""
        self._do_any(partial(self.port.rate, case_id, level, reasons), self._rated)

    def ask_why(self, case_id: str, level: int) -> None:
        """One of the lowest two: ask for the reasons first."""
        self._bad = (case_id, level)
        self.reasons = self.port.reasons(level)
        self.go("rate_why")

    def rate_why(self, reasons: tuple[str, ...]) -> None:
        """The reasons were said."""
        self.rate(*self._bad, reasons)

    def _rated(self, done: object) -> None:
        self._do(self.port.kiosk.view, lambda view: self.go("thanks"))

    # --- covers ------------------------------------------------------------------------------
    def ring(self) -> None:
        """Call somebody of the staff."""
        self.lay("helped")
        self.jobs.aside(partial(self.port.ring, self.place), lambda done: None)
        self.rung.emit()

    def try_pin(self, pin: str) -> None:
        """The manager's PIN ends the kiosk; nothing else does."""
        self.jobs.aside(partial(self.port.check_pin, pin), lambda done: self.ended.emit(), self._pin_wrong)

    def _pin_wrong(self) -> None:
        self.pin_problem, self.problem = self.problem, None
        self.covered.emit()

    # --- what comes by itself ----------------------------------------------------------------
    def adopt(self, view: object) -> None:
        """Something came by itself (a paper left, or did not): look again.

        A page that somebody is answering is left alone: drawing it anew would lose what was touched.
        """
        if self.view.visit.visit_open:
            self._do(self.port.kiosk.view, self._looked, quietly=True)

    def _looked(self, view: SelfView) -> None:
        if self.place not in ANSWERED:
            self.changed.emit()
