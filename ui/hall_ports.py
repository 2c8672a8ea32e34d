"""What the other faces of a hall ask: kiosk, guide desk, review, board, manager."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:  # a face asks through these; what they answer is loaded by who makes it
    from counter_app.catalog.reasons import Reason
    from counter_app.domain.actor import Actor
    from counter_app.domain.ticket_slip import TicketSlip
    from counter_app.domain.tickets import Ticket
    from counter_app.services.guide_view import HallNow, Matter, StoryLine, Wanted
    from counter_app.services.hall.board import GroupLine
    from counter_app.services.hall.exceptions import ExceptionRow
    from counter_app.services.hall.floor import FloorView
    from counter_app.services.hall.held_rows import HeldRow
    from counter_app.services.hall.messages import MessageRow
    from counter_app.services.hall.orders import Offer as OrderOffer
    from counter_app.services.hall.orders import Order
    from counter_app.services.hall.tables import HallTable
    from counter_app.services.managing import BadRow, ShiftRow
    from counter_app.services.review_view import CaseSheet, Decision, WorkRow
    from counter_app.services.self_view import Checked as PaperChecked
    from counter_app.services.self_view import Offer, Owed, SelfView, Step
    from counter_app.services.visit_view import VisitView

T = TypeVar("T")


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
    def sign(self, step: Step, picture: bytes) -> SelfView: ...
    def confirm(self, tongue: str = "") -> SelfView: ...
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

    def take_number(self, group: str, tongue: str = "") -> tuple[TicketSlip, bool]:
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

    def say(self, words: str, tongue: str = "", instead: str = "") -> None:
        """Say a sentence aloud, after hushing the one before; returns at once.

        `tongue` is the code of its language, "" for Chinese; a voice that has not that language says
        `instead` in Chinese, or nothing.
        """

    def pace(self, percent: int) -> None:
        """Speak at this pace from the next sentence on, in percent of the everyday one."""

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
        self,
        group: str,
        klass: str,
        needs: Sequence[str],
        note: str = "",
        why: str = "",
        certno: str = "",
    ) -> tuple[TicketSlip, bool]: ...
    def spares(self) -> int: ...
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

    def uncovered(self, case_id: str, ref: str, why: str, request_id: str) -> bytes:
        """A covered page as it was before; the look and its reason are written down first."""

    def cover(self, seen: CaseSheet, ref: str, boxes: Sequence[Sequence[int]], request_id: str) -> CaseSheet:
        """Cover parts of a page for everybody who looks from now on; the case after it."""


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

    def look(self) -> tuple[tuple[GroupLine, ...], str, str]:
        """Who waits for what and about how long; a word to the whole hall, and why no more numbers are
        given, both "" on ordinary days.
        """

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

    def exceptions(self) -> tuple[ExceptionRow, ...]:
        """What did not fit when records came in."""

    def held(self, exception_id: str) -> tuple[HeldRow, ...]:
        """What a lost device sent, masked, for who decides about it."""

    def messages(self) -> tuple[MessageRow, ...]:
        """What the core platform should have and has not confirmed."""

    def statistics(self, span: str) -> tuple[HallTable, ...]:
        """Every table of a span."""

    def carry_out(self, order: Order, offer: OrderOffer) -> None:
        """Carry an order out, once per request. Raises Problem."""

    def export(self, found: Sequence[HallTable], file: Path) -> None:
        """Write tables as .xlsx. Raises Problem."""
