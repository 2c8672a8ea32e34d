"""What a face needs of the counter, as Protocols: bootstrap adapts to them, tests fake them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from counter_app.catalog.reasons import Reason
from counter_app.domain.actor import Actor
from counter_app.domain.tickets import Ticket
from counter_app.services.batch_accept import BatchDone
from counter_app.services.batch_list import Checked
from counter_app.services.filings import Received
from counter_app.services.hall.board import GroupLine
from counter_app.services.hall.floor import FloorView
from counter_app.services.hall.orders import Offer, Order
from counter_app.services.hall.tables import HallTable
from counter_app.services.managing import BadRow, ShiftRow
from counter_app.services.palette import PaletteRow
from counter_app.services.reports import Table
from counter_app.services.review_view import CaseSheet, Decision, WorkRow
from counter_app.services.training import SimulatedAction
from counter_app.services.visit_view import VisitView

__all__ = [
    "BoardPort",
    "CounterPort",
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
    def check(self, confirmed: bool = True) -> VisitView: ...
    def receive_only(self) -> VisitView: ...
    def submit(self) -> VisitView: ...
    def submit_all(self) -> VisitView: ...
    def refuse(self, reason: str) -> VisitView: ...
    def give_notice(self) -> VisitView: ...
    def tell_once(self, type_id: str = "", situation: str = "") -> VisitView: ...
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
    def dismiss_notices(self) -> VisitView: ...


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

    def device_states(self) -> Sequence[tuple[str, bool, str]]:
        """Role, whether it works, and the word to show, for each device of this desk."""

    def reports(self, span: str) -> Sequence[Table]:
        """Every report of a span (`services.reports.SPANS`); slow, so never on the UI thread."""

    def on_change(self, tell: Callable[[VisitView], None]) -> None:
        """Have snapshots told that come by themselves (a printed paper), from any thread."""

    def close(self) -> None:
        """Let go of devices and store."""


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

    def carry_out(self, order: Order, offer: Offer) -> None:
        """Carry an order out, once per request. Raises Problem."""

    def export(self, found: Sequence[HallTable], file: Path) -> None:
        """Write tables as .xlsx. Raises Problem."""
