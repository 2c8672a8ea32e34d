"""What the desk holds: the last snapshot, what is under way, and the clerk's place in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.services.device_views import Way
from counter_app.services.filings import Received
from counter_app.services.visit_view import VisitView
from ui.jobs import Jobs
from ui.notices import Notices
from ui.ports import CounterPort, SimulatedAction
from ui.viewmodels.device_watch import DeviceWatch
from ui.viewmodels.edits import PendingEdit, PendingForm
from ui.viewmodels.place import Wish, page_for
from ui.viewmodels.sticks import chosen, place_for

if TYPE_CHECKING:
    from counter_app.domain.invoices import Invoice
    from counter_app.services.batch_accept import BatchDone
    from counter_app.services.day.closing import Sealed


REVEAL_MS = 5_100  # the look lasts 5 s; then the masked snapshot is fetched
AGREE = "agree_and_submit"
ONCE = frozenset(
    [
        "agree_and_submit",
        "submit",
        "submit_all",
        "finish",
        "hold",
        "call_next",
        "serve_walk_in",
        "serve_number",
        "refuse",
        "give_notice",
        "tell_once",
        "tell_card_unlock",
        "unlock",
        "sign_in",
        "sign_out",
        "resume",
        "open_case",
        "add_child",
        "add_employer",
        "answer",
        "witness",
        "attest",
        "toggle_elder",
        "turn_tongue",
        "undo",
        "redo",
        "miss",
        "park",
        "recall",
        "verify",
        "send_back",
        "start_home_visit",
        "book_visit",
        "pick_up",
        "focus_case",
        "announce",
        "outage_over",
        "press_emergency",
        "emergency_answered",
        "cover_hall",
    ]
)
TURNING = ("open_case", "pick_up", "focus_case")  # what is typed next is meant for another case
BY_THING = frozenset({*TURNING, "tell_once", "add_child", "add_employer"})  # another thing, another wish
RESHOWS = frozenset({"undo", "redo", "bring_over", "drop_case", "set_situation"})


class DeskModel(QObject):
    """Turns intentions into calls on the services lane and snapshots into one signal.

    Views call `do`; they hold no rule and never see a service. The forms that `follow` are asked for
    typed text that is not in the visit yet, so that nothing is submitted without it.
    """

    changed = Signal(object, object)  # snapshot before, snapshot now
    page_changed = Signal(str)
    under_way = Signal(str, bool)  # a once-only intention started / ended
    refused = Signal(str)  # an intention came to nothing
    devices = Signal(object)
    act = Signal(str)  # a keymap action a view asks for
    jump = Signal(str)  # a problem's place: field, `material:code`, party, identity
    reshow = Signal()  # the clerk asked for other values: editors show what comes

    def __init__(self, counter: CounterPort, jobs: Jobs, notices: Notices, first: VisitView) -> None:
        super().__init__()
        self.counter = counter
        self.jobs = jobs
        self.notices = notices
        self.view = first
        self.wish = Wish()
        self.page = page_for(first, self.wish)
        self.is_finding = False  # the palette is open: nothing that arrives may take the focus from it
        self.device_watch = DeviceWatch(self)
        self._forms: list[PendingForm] = []
        self._busy: set[tuple[object, ...]] = set()
        self._is_closed = False

    # --- intentions -------------------------------------------------------------------------
    def do(self, verb: str, *arguments: object, then: Callable[[VisitView], None] | None = None) -> bool:
        """Ask the visit for `verb`; pending text goes first. A once-only verb under way is not repeated."""
        wish = self._wish(verb, arguments)
        if self._is_closed or (verb in ONCE and wish in self._busy):
            return False
        if verb in RESHOWS:
            self.reshow.emit()
        edits = [edit for form in self._forms for edit in form.pending()]
        if verb in ONCE:
            self._busy.add(wish)
            self.under_way.emit(verb, True)
        call = partial(_in_order, self.counter, edits, verb, arguments)
        self.jobs.run(call, partial(self._came, wish, edits, then), partial(self._failed, wish, edits))
        return True

    def _wish(self, verb: str, arguments: tuple[object, ...]) -> tuple[object, ...]:
        """What may not be under way twice: the verb; for some, the verb and what it is about."""
        if verb not in BY_THING:
            return (verb,)
        return (verb, *arguments, self.view.case.case_id if self.view.case else "")

    def agree_and_submit(self) -> bool:
        """The citizen agrees and the case is submitted: two verbs, one intention, once."""
        return self.do(AGREE)

    def follow(self, form: PendingForm) -> None:
        """Ask this form too, as long as it is there: editors that go with a window still have a last word."""
        self._forms.append(form)
        form.destroyed.connect(partial(self._forget, form))

    def _forget(self, form: PendingForm, _: object = None) -> None:
        self._forms.remove(form)

    def flush(self) -> None:
        """Hand typed text over now."""
        edits = [edit for form in self._forms for edit in form.pending()]
        if edits and not self._is_closed:
            call = partial(_in_order, self.counter, edits, "view", ())
            self.jobs.run(call, partial(self._came, (), edits, None), partial(self._failed, (), edits))

    def close(self) -> None:
        """Hand over what is typed and ask for nothing more, whatever timer still goes off."""
        self.flush()
        self._is_closed = True

    def is_busy(self, verb: str) -> bool:
        """Whether a once-only intention is under way."""
        return any(wish[0] == verb for wish in self._busy)

    def reveal(self, key: str) -> None:
        """Show a masked value for five seconds, then fetch the masked snapshot again."""
        self.do("reveal", key)
        QTimer.singleShot(REVEAL_MS, self, partial(self.do, "view"))

    def read_card(self) -> None:
        """Read the card again; the event, if the reader hands one back, is taken like any other."""
        self.jobs.aside(self.counter.read_card, self._card_came)

    def simulate(self, action: SimulatedAction) -> None:
        """Let a simulated device do something, away from the store's lane."""
        self.jobs.aside(action.run, partial(self._simulated, action))

    def check_list(self, word: str, path: str, then: Callable[[BatchDone], None]) -> None:
        """Have a list judged away from the desk's lane; nothing is written down."""
        self.jobs.aside(partial(self.counter.check_list, word, path), then)

    def accept_list(self, judged: BatchDone, then: Callable[[BatchDone], None]) -> None:
        """Accept what is good of a judged list."""
        self.jobs.run(partial(self.counter.visit.accept_list, judged.checked), then)

    def read_bills(
        self, path: str, then: Callable[[tuple[Invoice, ...]], None], failed: Callable[[], None]
    ) -> None:
        """Read electronic invoices from a file or a folder, away from the lane."""
        self.jobs.aside(partial(self.counter.read_bills, Path(path.strip().strip('"'))), then, failed)

    def seal_away(
        self, to: str, then: Callable[[Sealed], None], failed: Callable[[], None] | None = None
    ) -> None:
        """Seal what could not be sent into a folder, or ("") onto a stick or the desk's own; off the lane."""
        self.jobs.aside(lambda: self.counter.seal_away(place_for(to)), then, failed)

    def take_package(
        self, path: str, then: Callable[[Received], None], failed: Callable[[], None] | None = None
    ) -> None:
        """Take in a package, the newest of a folder, or ("") the newest on a stick; away from the lane."""
        self.jobs.aside(lambda: self.counter.take_package(chosen(path)), then, failed)

    def _simulated(self, action: SimulatedAction, said: object) -> None:
        if action.is_told:
            self.notices.tell(action.title, str(said))

    def look_at_devices(self) -> None:
        """Fetch the state of the devices for the status bar."""
        self.jobs.aside(self.counter.device_states, self.devices.emit)

    def take_way(self, way: Way) -> None:
        """Go on without a lost device: another one at once, or the number typed."""
        if way.kind == "type":
            self.device_watch.put_away()
            self.go(aside="add_person" if self.view.principals else "")
            self.act.emit("type_number")
            return
        call = partial(self.counter.devices.choose, way.role, way.driver, way.config)
        self.jobs.aside(call, lambda _: self.look_at_devices())

    # --- place ------------------------------------------------------------------------------
    def go(self, **wish: object) -> None:
        """Change where the clerk wants to be (`checking=True`, `aside="speaker"`)."""
        before, self.wish = self.wish, self.wish.changed(**wish)
        if "aside" in wish and "subject" not in wish:
            self.wish = self.wish.changed(subject="", about="")
        self._settle()
        if self.wish.aside == before.aside and self.wish.subject != before.subject:
            self.page_changed.emit(self.page)  # the same page about another thing: entered anew

    def _settle(self) -> None:
        page = page_for(self.view, self.wish)
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)

    # --- snapshots --------------------------------------------------------------------------
    def adopt(self, view: VisitView) -> None:
        """Take a snapshot; an older one than the screen shows is dropped."""
        if view.revision < self.view.revision:
            return
        before, self.view = self.view, view
        self.wish = self.wish.after(before, view)
        if _subject(before) != _subject(view):
            self.notices.move_on()
        if view.notices != before.notices:
            self.notices.adopt(view.notices)
        self._settle()
        self.changed.emit(before, view)

    def _came(
        self,
        wish: tuple[object, ...],
        edits: list[PendingEdit],
        then: Callable[[VisitView], None] | None,
        answer: object,
    ) -> None:
        self._ended(wish)
        for edit in edits:
            edit.arrived()
        if not isinstance(answer, VisitView):
            self.do("view", then=then)
            return
        self.adopt(answer)
        if then is not None:
            then(answer)

    def _failed(self, wish: tuple[object, ...], edits: list[PendingEdit]) -> None:
        if wish:
            self.refused.emit(wish[0])
        self._ended(wish)
        for edit in edits:
            edit.lost()

    def _ended(self, wish: tuple[object, ...]) -> None:
        if wish in self._busy:
            self._busy.discard(wish)
            self.under_way.emit(wish[0], self.is_busy(str(wish[0])))

    def _card_came(self, event: object) -> None:
        if event is not None:
            self.do("take", event)


def _in_order(
    counter: CounterPort, edits: list[PendingEdit], verb: str, arguments: tuple[object, ...]
) -> object:
    """Typed text first: when it is refused, the verb is not tried."""
    for edit in edits:
        edit.call(counter.visit)
    if verb == AGREE:
        checked = counter.visit.check(True)
        return counter.visit.submit() if checked.case is not None and checked.case.checked else checked
    return getattr(counter.visit, verb)(*arguments)


def _subject(view: VisitView) -> tuple[object, ...]:
    """Who and what the window is about."""
    people = tuple(principal.key for principal in view.principals)
    return (view.ticket and view.ticket.number, people, view.case and view.case.case_id)
