"""What a face needs of the counter, as Protocols: bootstrap adapts to them, tests fake them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from counter_app.catalog.reasons import Reason
from counter_app.domain import outages
from counter_app.domain.actor import Actor
from counter_app.domain.cases import PaperRecord
from counter_app.domain.days import DayState
from counter_app.domain.ticket_slip import TicketSlip
from counter_app.domain.tickets import Ticket
from counter_app.services.batch_accept import BatchDone
from counter_app.services.batch_list import Checked
from counter_app.services.day.closing import Closing
from counter_app.services.day.handing import Desk
from counter_app.services.day.opening import Opening
from counter_app.services.device_views import DevicesView, RoleView, TrialView, Way
from counter_app.services.filings import Received
from counter_app.services.guide_view import HallNow, Matter, StoryLine, Wanted
from counter_app.services.hall.board import GroupLine
from counter_app.services.hall.floor import FloorView
from counter_app.services.hall.orders import Offer as OrderOffer
from counter_app.services.hall.orders import Order
from counter_app.services.hall.tables import HallTable
from counter_app.services.managing import BadRow, ShiftRow
from counter_app.services.palette import PaletteRow
from counter_app.services.rating import Asking
from counter_app.services.repairs import Repair
from counter_app.services.reports import Table
from counter_app.services.review_view import CaseSheet, Decision, WorkRow
from counter_app.services.self_view import Checked as PaperChecked
from counter_app.services.self_view import Offer, Owed, SelfView, Step
from counter_app.services.training import SimulatedAction
from counter_app.services.visit_view import VisitView
from drivers.protocols import Fingerprint, KeyScanner, Rating, Signature

__all__ = [
    "BoardPort",
    "CounterPort",
    "GuidePort",
    "KioskPort",
    "ManagePort",
    "PaletteRow",
    "ReviewPort",
    "SimulatedAction",
    "VisitPort",
]

T = TypeVar("T")


class VisitPort(Protocol):
    """The visit's verbs a face may ask for, each on the services lane; each answers a snapshot.

    A refusal comes as Problem or Problems, or lies inside the snapshot.
    """

    def view(self) -> VisitView: ...
    def call_next(self) -> VisitView: ...
    def recall(self) -> VisitView: ...
    def miss(self) -> VisitView: ...
    def park(self, why: str) -> VisitView: ...
    def serve_walk_in(self) -> VisitView: ...
    def take(self, event: object) -> VisitView: ...
    def type_certno(self, text: str) -> VisitView: ...
    def answer(self, option: str) -> VisitView: ...
    def witness(self, verdict: str) -> VisitView: ...
    def set_speaker(self, kind: str) -> VisitView: ...
    def set_agent(self, key: str, text: str) -> VisitView: ...
    def toggle_help(self) -> VisitView: ...
    def focus_principal(self, key: str) -> VisitView: ...
    def add_child(self, name: str) -> VisitView: ...
    def add_employer(self, uscc: str) -> VisitView: ...
    def open_case(self, type_id: str, situation: str = "") -> VisitView: ...
    def focus_case(self, case_id: str) -> VisitView: ...
    def drop_case(self, case_id: str) -> VisitView: ...
    def set_situation(self, code: str) -> VisitView: ...
    def set_field(self, key: str, text: str) -> VisitView: ...
    def add_row(self, key: str) -> VisitView: ...
    def remove_row(self, key: str, index: int) -> VisitView: ...
    def set_cell(self, key: str, row: int, column: str, text: str) -> VisitView: ...
    def bring_over(self) -> VisitView: ...
    def ask(self, name: str, yes: bool) -> VisitView: ...
    def receive(self, code: str) -> VisitView: ...
    def take_back(self, code: str) -> VisitView: ...
    def commit(self, code: str) -> VisitView: ...
    def defer(self, code: str) -> VisitView: ...
    def add_page(self, case_id: str, code: str, data: bytes) -> VisitView: ...
    def replace_page(self, case_id: str, code: str, nth: int, data: bytes) -> VisitView: ...
    def remove_page(self, case_id: str, code: str, nth: int) -> VisitView: ...
    def check(self, confirmed: bool = True) -> VisitView: ...
    def sign(self, image: bytes, words: str, how: str = "sign", device: str = "") -> VisitView: ...
    def receive_only(self) -> VisitView: ...
    def submit(self) -> VisitView: ...
    def submit_all(self) -> VisitView: ...
    def refuse(self, reason: str) -> VisitView: ...
    def give_notice(self) -> VisitView: ...
    def tell_once(self, type_id: str = "", situation: str = "") -> VisitView: ...
    def tell_card_unlock(self) -> VisitView: ...
    def pick_up(self, filing_id: str) -> VisitView: ...
    def send_back(self, filing_id: str, reason: str) -> VisitView: ...
    def accept_for(self, place: str) -> VisitView: ...
    def start_home_visit(self, staff: Sequence[str]) -> VisitView: ...
    def book_visit(self, number: str, type_id: str, staff: Sequence[str]) -> VisitView: ...
    def verify(self, agrees: bool, why: str, number: str) -> VisitView: ...
    def accept_list(self, checked: Checked) -> BatchDone: ...
    def undo(self) -> VisitView: ...
    def redo(self) -> VisitView: ...
    def hold(self) -> VisitView: ...
    def resume(self, visit_id: str) -> VisitView: ...
    def finish(self) -> VisitView: ...
    def refresh_line(self) -> VisitView: ...
    def reveal(self, key: str) -> VisitView: ...
    def lock(self) -> VisitView: ...
    def unlock(self, passphrase: str) -> VisitView: ...
    def reprint(self, number: str) -> VisitView: ...
    def opening(self, devices: str = "") -> Opening: ...
    def look(self, item: str, ok: bool, note: str = "") -> Opening: ...
    def open_day(self, second: str) -> DayState: ...
    def take_spares(self, kind: str, first: str, last: str = "") -> tuple[str, ...]: ...
    def return_spares(self, kind: str, first: str, last: str = "") -> tuple[str, ...]: ...
    def on_desk(self) -> Desk: ...
    def hand_over(self, to: str, note: str = "") -> VisitView: ...
    def closing(self) -> Closing: ...
    def explain(self, line: str, what: str, why: str) -> Closing: ...
    def close_day(self, second: str) -> PaperRecord: ...
    def announce(self, note: str = "") -> VisitView: ...
    def outage_over(self, note: str = "") -> VisitView: ...
    def cover_hall(self, on: bool) -> VisitView: ...
    def waiting(self) -> Sequence[Ticket]: ...
    def sort(self, number: str, way: outages.Way, note: str = "") -> outages.Sorted: ...
    def owed(self) -> Sequence[outages.Owed]: ...
    def entered(self, mark: str, case: str) -> Sequence[outages.Owed]: ...
    def outage_report(self) -> outages.Report | None: ...
    def report_fault(self, device: str, symptom: str) -> Repair: ...
    def dismiss_notices(self) -> VisitView: ...


class DevicePort(Protocol):
    """The devices of the desk for whoever sets it up; every call may wait, so on a worker.

    A refusal comes as Problem.
    """

    def roles(self) -> Sequence[RoleView]: ...
    def test(self, role: str) -> TrialView: ...
    def choose(self, role: str, driver: str, config: Mapping[str, Any]) -> None: ...
    def restore(self, role: str) -> None: ...
    def ways(self, role: str) -> Sequence[Way]: ...
    def save_profile(self, name: str) -> None: ...
    def use_profile(self, name: str) -> None: ...
    def export_profile(self, name: str, to: str) -> str: ...
    def bring_profile(self, file: str) -> str: ...


class CounterPort(Protocol):
    """The joined counter as a face sees it."""

    @property
    def visit(self) -> VisitPort:
        """The visit; its verbs run on the services lane only."""

    @property
    def simulated(self) -> Sequence[SimulatedAction] | None:
        """What the training panel offers; None outside training."""

    def run(self, call: Callable[[], T]) -> Future[T]:
        """Queue a call on the services lane; calls run one by one, in order."""

    def settle_in(self) -> None:
        """The desk is up: get ready, aside, what it did not have to wait for."""

    def finds_at_once(self) -> bool:
        """Whether `search` for a type answers without waiting; not in the first moments of a start."""

    def search(self, text: str) -> Sequence[PaletteRow]:
        """Answers of the palette, best first; a pure look-up that may run on the UI thread."""

    def watch(self, tell: Callable[[object], None]) -> None:
        """Have every device event told from a device's thread, until `close`."""

    def check_list(self, word: str, path: str) -> BatchDone:
        """Judge a list for a matter, on a worker; its marked copy is left beside it. Raises Problem."""

    def take_package(self, path: Path) -> Received:
        """Take the filings of a package into the list, on a worker. Raises Problem."""

    def read_card(self) -> object:
        """Read the card again; a device event, or None when the event comes through `watch`."""

    def key_scanner(self) -> KeyScanner | None:
        """The scanner that types, if this desk has one and it is open; never waits."""

    def photograph(self, whole: bool) -> bytes:
        """The page under the document camera as JPEG, cut unless `whole`; on a worker. Raises Fault."""

    def turned(self, ref: str, degrees: int) -> bytes:
        """A kept page turned clockwise; on a worker. Raises Fault, Problem."""

    def page(self, ref: str) -> bytes:
        """A kept page, on a worker. Raises Problem."""

    def can(self, what: str) -> bool:
        """Whether a device of this desk can `rate sign finger`; never waits."""

    def sign_on_pad(self, words: str, limit_ms: int) -> Signature:
        """Have a name written on this desk's own sign pad; on a worker. Raises Fault."""

    def press_finger(self, words: str, limit_ms: int) -> Fingerprint:
        """Have a finger pressed; on a worker. Raises Fault."""

    def rate_on_device(self, title: str, limit_ms: int) -> Rating:
        """Ask for a rating on this desk's rater or customer screen; on a worker. Raises Fault."""

    def device_states(self) -> Sequence[tuple[str, bool, str]]:
        """Role, whether it works, and the word to show, for each device of this desk."""

    def rating_due(self) -> Asking | None:
        """The next case of the visit whose citizen was not asked; on the services lane."""

    def rate(self, case_id: str, level: int, indicators: Sequence[str] = (), channel: str = "screen") -> None:
        """Keep what a citizen answered; 0 is 未评. Raises Problem; on the services lane."""

    @property
    def devices(self) -> DevicePort:
        """The devices as the device page sees them."""

    def device_page(self, search: bool = False) -> DevicesView:
        """Everything the device page shows; with `search` what is plugged in is looked for. On a worker."""

    def reports(self, span: str) -> Sequence[Table]:
        """Every report of a span (`services.reports.SPANS`); slow, so never on the UI thread."""

    def save_reports(self, tables: Sequence[Table], span: str) -> Path:
        """Write reports as .xlsx and say where; on a worker. Raises Problem `sheet-write`."""

    def on_change(self, tell: Callable[[VisitView], None]) -> None:
        """Have snapshots told that come by themselves (a printed paper), from any thread."""

    def close(self) -> None:
        """Let go of devices and store."""


class KioskVerbs(Protocol):
    """The verbs of a kiosk, each on the services lane; each answers a snapshot."""

    def offers(self) -> tuple[Offer, ...]: ...
    def view(self) -> SelfView: ...
    def take(self, event: object) -> SelfView: ...
    def leave(self) -> SelfView: ...
    def open(self, type_id: str) -> SelfView: ...
    def resume(self, filing_id: str) -> SelfView: ...
    def supply(self, owed: Owed) -> SelfView: ...
    def answer(self, step: Step, text: str) -> SelfView: ...
    def settle_material(self, step: Step, way: str) -> SelfView: ...
    def confirm(self) -> SelfView: ...
    def give_up(self) -> SelfView: ...
    def reprint(self, number: str) -> SelfView: ...
    def verify(self, text: str) -> PaperChecked: ...


class KioskPort(Protocol):
    """The joined kiosk as its face sees it. What asks the hub may take as long as the hub does."""

    @property
    def kiosk(self) -> KioskVerbs:
        """The verbs; on the services lane only."""

    def run(self, call: Callable[[], T]) -> Future[T]:
        """Queue a call on the services lane; calls run one by one, in order."""

    def watch(self, tell: Callable[[object], None]) -> None:
        """Have every device event told from a device's thread, until `close`."""

    def on_change(self, tell: Callable[[VisitView], None]) -> None:
        """Have snapshots told that come by themselves (a printed paper), from any thread."""

    def settle_in(self) -> None:
        """The kiosk is up: get ready, aside, what it did not have to wait for."""

    def groups(self) -> tuple[tuple[str, str], ...]:
        """Code and name of every group people choose from; on a worker."""

    def take_number(self, group: str) -> tuple[TicketSlip, bool]:
        """A number for whoever is here, and whether its paper came out; on a worker."""

    def reasons(self, level: int) -> tuple[tuple[str, str], ...]:
        """Code and words of what somebody may tick with a level; may run on the UI thread."""

    def today(self) -> date:
        """The day of the hall."""

    def number_counts(self, request_id: str) -> None:
        """The number was printed, or shown and said: it counts. Until then a restart takes it back."""

    def rate(self, case_id: str, level: int, reasons: tuple[str, ...]) -> None:
        """A rating, 1 to 5, or 0 for 不评; on the services lane."""

    def ring(self, place: str) -> None:
        """Call somebody of the staff to this kiosk; on a worker."""

    def check_pin(self, pin: str) -> None:
        """Raises Problem `kiosk-pin`, `kiosk-pin-wait` unless it is the manager's; on a worker."""

    def say(self, words: str) -> None:
        """Say a sentence aloud, after hushing the one before; returns at once."""

    def hush(self) -> None:
        """Say nothing more."""

    def close(self) -> None:
        """Let go of devices and store."""


class GuidePort(Protocol):
    """What the guide desk needs; every verb may take as long as the hub does, so on a lane."""

    @property
    def actor(self) -> Actor:
        """Who works here."""

    def now(self) -> HallNow: ...
    def story(self, ticket_id: str) -> tuple[StoryLine, ...]: ...
    def take(
        self, group: str, klass: str, needs: Sequence[str], note: str = "", why: str = ""
    ) -> tuple[TicketSlip, bool]: ...
    def promote(self, ticket_id: str, klass: str, why: str) -> Ticket: ...
    def describe(self, ticket_id: str, needs: Sequence[str], note: str) -> Ticket: ...
    def assist(self, ticket_id: str, helper: str) -> Ticket: ...
    def merge(self, ticket_id: str, number: str, why: str) -> Ticket: ...
    def reissue(self, ticket_id: str, why: str) -> tuple[TicketSlip, bool]: ...
    def revive(self, ticket_id: str) -> Ticket: ...
    def cancel(self, ticket_id: str, why: str) -> Ticket: ...
    def answer(self, place: str) -> None: ...
    def matters(self, text: str) -> tuple[Matter, ...]: ...
    def situations(self, code: str) -> tuple[tuple[str, str], ...]: ...
    def wanted(self, code: str, situation: str = "") -> tuple[Wanted, ...]: ...
    def tell(self, code: str, situation: str, items: Sequence[Wanted]) -> bool: ...


class ReviewPort(Protocol):
    """What a face behind the counter needs; every verb may take as long as the hub does, so on a lane."""

    @property
    def actor(self) -> Actor:
        """Who works here."""

    def new_request(self) -> str:
        """An id by which a decision that is sent again counts once."""

    def work(self, desk: str = "") -> tuple[WorkRow, ...]:
        """What lies on a desk ("" = on every one), nearest deadline first."""

    def sheet(self, case_id: str, part: str = "") -> CaseSheet:
        """One case whole, masked; of a joint case what is to be done in one part."""

    def reveal(self, case_id: str, part: str, request_id: str) -> CaseSheet:
        """The same with nothing masked; the look is written down first."""

    def reasons(self, act: str) -> tuple[Reason, ...]:
        """The reasons to choose from; no question to the hub, may run on the UI thread."""

    def decide(self, seen: CaseSheet, said: Decision, request_id: str) -> CaseSheet:
        """Carry a decision out; the case after it."""

    def page(self, ref: str) -> bytes:
        """A scanned page. Raises Problem `page-away`."""


class BoardPort(Protocol):
    """What a board needs of its hub. `follow` runs until `close`; the others may take as long as the hub."""

    def follow(
        self,
        tell: Callable[[Mapping[str, Any]], None],
        opened: Callable[[], None],
        lost: Callable[[], None],
    ) -> None:
        """Tell every fact of the line, in order, on the caller's thread. Raises Problem `token-…`."""

    def tickets(self, day: date) -> Sequence[Ticket]:
        """The tickets of a day."""

    def look(self) -> tuple[tuple[GroupLine, ...], str]:
        """Who waits for what and about how long; a word to the whole hall, "" on ordinary days."""

    def close(self) -> None:
        """Follow nothing more."""


class ManagePort(Protocol):
    """What a hall's manager needs; every verb may take as long as the hub does, so on a lane."""

    @property
    def actor(self) -> Actor:
        """Who manages here."""

    def new_request(self) -> str:
        """An id by which an order that is sent again counts once."""

    def today(self) -> date:
        """The hall's day; may run on the UI thread."""

    def floor(self) -> FloorView:
        """The live hall."""

    def shifts(self, day: date) -> tuple[ShiftRow, ...]:
        """Who sits where on a day."""

    def overdue(self) -> tuple[WorkRow, ...]:
        """Cases whose last day has passed or is near."""

    def bad_answers(self) -> tuple[BadRow, ...]:
        """Bad ratings to be answered."""

    def statistics(self, span: str) -> tuple[HallTable, ...]:
        """Every table of a span."""

    def carry_out(self, order: Order, offer: OrderOffer) -> None:
        """Carry an order out, once per request. Raises Problem."""

    def export(self, found: Sequence[HallTable], file: Path) -> None:
        """Write tables as .xlsx. Raises Problem."""
