"""The joined counter a face is given: the visit on its lane, devices, printing, search."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from counter_app.bootstrap import Parts
from counter_app.desk_devices import DeskDevices
from counter_app.domain import masks
from counter_app.lane import Lane
from counter_app.late import late
from counter_app.paper_lane import PaperLane
from counter_app.services.office import Office
from counter_app.services.visit import Visit
from counter_app.services.visit_view import VisitView
from counter_app.sync_lane import SyncLane
from counter_app.sync_of_desk import sync_turn

if TYPE_CHECKING:
    from counter_app import brought_files, window_front
    from counter_app import sealed_away as sealing
    from counter_app.catalog import search
    from counter_app.catalog.search import Index
    from counter_app.device_bench import DeviceBench
    from counter_app.domain.invoices import Invoice
    from counter_app.services import due, palette, rating, repairs
    from counter_app.services.batch_accept import BatchDone
    from counter_app.services.day import closing
    from counter_app.services.day.closing import Sealed
    from counter_app.services.device_views import DevicesView
    from counter_app.services.filings import Received
    from counter_app.services.palette import PaletteRow
    from counter_app.services.rating import Asking
    from counter_app.services.reports import Table
    from counter_app.services.training import SimulatedAction
    from counter_app.window_front import WindowFront
else:
    brought_files = late("counter_app.brought_files")
    window_front = late("counter_app.window_front")
    sealing = late("counter_app.sealed_away")
    closing = late("counter_app.services.day.closing")
    rating = late("counter_app.services.rating")
    repairs = late("counter_app.services.repairs")
    search = late("counter_app.catalog.search")
    due = late("counter_app.services.due")
    palette = late("counter_app.services.palette")

T = TypeVar("T")
BREATH_S = 0.03  # between two steps of getting ready: the clerk comes first


class Counter(DeskDevices):
    """What `bootstrap.build` returns. Everything that writes runs on the services lane."""

    def __init__(
        self,
        parts: Parts,
        simulated: Sequence[SimulatedAction] | None = None,
        closers: Sequence[Callable[[], None]] = (),
        settled: bool = True,
        later: Sequence[Callable[[], None]] = (),
    ) -> None:
        office, room = parts.office, parts.room
        self.simulated = simulated
        self.visit = Visit(office)
        super().__init__(room)
        self._folder = parts.folder
        self._bench, self._hub = parts.bench, parts.hub
        if parts.bench is not None:
            parts.bench.on_change(self._devices_changed)
        self._closers = (parts.close, *closers)
        self._services = Lane("services")
        self._closing = threading.Event()
        self._settled, self._later, self._is_fresh = settled, later, False
        self._listeners: list[Callable[[VisitView], None]] = []
        self._front: WindowFront | None = None
        self._papers = PaperLane(self.visit, self._services, self._closing, self._tell)
        self._sync = SyncLane(
            self.visit, self._services, sync_turn(parts, self.visit, self._services), self._tell, settled
        )
        self._aside = Lane("aside")
        self._types: Future[Index] | None = None
        self._steps: Iterator[None] | None = None  # towards the first paper
        self._indexed = office.catalogue
        for fault in parts.faults:
            self._services.run(partial(self.visit.tell, fault))
        if settled:
            self._catch_up()

    def _catch_up(self) -> None:
        """What happened while nobody was here: days counted anew, pages swept, papers printed, hub asked."""
        self._services.run(partial(due.recount, self.office))
        self._services.run(self.office.ports.storage.sweep_pages)
        self._services.run(self._papers.print_waiting)
        self._sync.wake()
        self._look_out()

    @property
    def office(self) -> Office:
        """The office as whoever acts now works in it; a hand-over changes the actor."""
        return self.visit.office

    def run(self, call: Callable[[], T]) -> Future[T]:
        """Queue a call on the services lane; papers it promised are printed from the printing lane."""

        def work() -> T:
            result = call()
            self._papers.print_waiting()
            self._sync.wake()
            if isinstance(result, VisitView):
                self._show_outside(result)
            return result

        return self._services.run(work)

    def on_change(self, tell: Callable[[VisitView], None]) -> None:
        """Have snapshots told that come by themselves (a printed paper), from any thread."""
        self._listeners.append(tell)

    def watch(self, tell: Callable[[object], None]) -> None:
        """Have every device event told from a device's thread, until `close`."""
        self._room.watch(tell)

    def turned(self, ref: str, degrees: int) -> bytes:
        """A kept page turned clockwise, to be kept anew; on a worker. Raises Fault, Problem."""
        return self._room.turn_page(self.page(ref), degrees).data

    def page(self, ref: str) -> bytes:
        """A kept page; from any thread. Raises Problem `not-found`, `seal-broken`."""
        return self.office.ports.storage.page(ref)

    @property
    def devices(self) -> DeviceBench:
        """The devices as the device page sees them; every call may wait, so on a worker."""
        assert self._bench is not None, "this counter was joined without its devices"
        return self._bench

    def device_page(self, search: bool = False) -> DevicesView:
        """Everything the device page shows, 报修 that still wait with it; on a worker."""
        waiting = self._services.run(partial(repairs.waiting, self.office)).result()
        return replace(self.devices.look(search), repairs=tuple(repairs.repair_view(row) for row in waiting))

    def _devices_changed(self, role: str) -> None:
        """Another device plays a role: what waited for it is done at once."""
        if "printer" in role:
            self._papers.retry_now()
            self._services.run(self._papers.print_waiting)
        if self._front is not None:
            self._front.again(role)
        self._look_out()

    def _look_out(self) -> None:
        """What stands before the window says what it is doing; a desk with nothing there does nothing."""
        if self._room.has("led") or self._room.has("customer_screen"):
            self._services.run(lambda: self._show_outside(self.visit.view()))

    def _show_outside(self, view: VisitView) -> None:
        if self._front is None and (self._room.has("led") or self._room.has("customer_screen")):
            self._front = window_front.WindowFront(self._room)
        if self._front is not None:
            self._front.see(view)

    def finds_at_once(self) -> bool:
        """Whether the palette's index is there already."""
        return self._index().done()

    def settle_in(self) -> None:
        """Get ready what no card has to wait for: the hub, the palette's index."""
        self._aside.run(self._note_freshness)  # before anybody has worked here
        if not self._settled:
            self._settled = True
            self._sync.settle(self._hub)
            self._catch_up()
        self._index()
        for start in self._later:
            self._aside.run(start)

    def has_news(self) -> bool:
        """Whether these people have not been shown what is new in this version; told once. On a worker."""
        from counter_app.news import take_unseen

        return take_unseen(self._folder, self._is_fresh)

    def _note_freshness(self) -> None:
        self._is_fresh = self.office.ports.storage.chain_head()[0] == 0

    def aside(self, call: Callable[[], T]) -> Future[T]:
        """Queue something slow that nobody waits for, on the lane that closing waits for."""
        return self._aside.run(call)

    def _index(self) -> Future[Index]:
        if self._types is None or self._indexed is not self.office.catalogue:
            self._indexed = self.office.catalogue  # packs of the hall may have come
            self._types = self._aside.run(
                partial(search.prepare, self.office.catalogue, self.office.region.id)
            )
        return self._types

    def is_settling(self) -> bool:
        """Whether the palette's index is being made, which is the longest work of `settle_in`."""
        return self._types is not None and not self._types.done()

    def get_ready(self) -> Future[bool]:
        """One more small step towards the first paper, aside; False once nothing is left or all closes."""
        return self._aside.run(self._take_step)

    def get_all_ready(self) -> None:
        """Every step, aside, with a breath between: for a face where nobody types."""
        self._aside.run(self._take_steps)

    def _take_step(self) -> bool:
        if self._steps is None:
            self._steps = self.office.ports.documents.warm()
        return not self._closing.is_set() and next(self._steps, self) is not self

    def _take_steps(self) -> None:
        while self._take_step():
            self._closing.wait(BREATH_S)

    def search(self, text: str) -> tuple[PaletteRow, ...]:
        """Answers, best first: `@` people, `#` numbers, `<` filings, `!` 待核, `>` commands, types,
        and while the line is cut the number on a slip.

        Where no type has such a name, a command that has it is meant: 开班, 扎账.
        """
        if text.startswith(">"):
            return palette.command_rows(text[1:])
        if text.startswith("@"):
            return self._people(text[1:].strip())
        if text.startswith("#"):
            return self._cases(text[1:].strip())
        if text.startswith("<"):
            self._sync.fetch_soon()
            return palette.filing_rows(self.office, text[1:].strip())
        if text.startswith("!"):
            return palette.verify_rows(self.office, text[1:].strip())
        found = self._index().result().find(text, self.visit.usage())
        types = (
            palette.PaletteRow("type", e.key, e.label, e.hint, e.codes[0] if e.codes else "") for e in found
        )
        rows = (*palette.number_rows(self.office, text), *types)
        return rows or (palette.command_rows(text) if text.strip() else ())

    def check_list(self, word: str, path: str) -> BatchDone:
        """Judge a list, on a worker: only who stands at the window is asked of the services lane.

        The list comes back marked beside the file. Raises Problem, Problems (see `batch.check`).
        """
        return brought_files.check_list(self.visit, self._services, word, path)

    def read_bills(self, path: Path) -> tuple[Invoice, ...]:
        """The electronic invoices in a file or a folder, on a worker.

        Raises Problem `not-found`, `invoice-file`.
        """
        return brought_files.read_bills(path)

    def take_package(self, path: Path) -> Received:
        """Take the filings of a package into the list: read here, on a worker, written on the services lane.

        Raises Problem `not-found`, `package-…`; a single filing that is refused is in the answer.
        """
        return brought_files.take_package(self.office, self._services, path)

    def seal_away(self, to: str) -> Sealed:
        """Seal what could not be sent into a folder, "" for this desk's own; on a worker.

        Raises Problem `store-write`, `package-large`, `hub-keys`.
        """
        folder = Path(to) if to else self._folder / sealing.FOLDER
        done = sealing.sealed_away(self.office, self._folder, folder) or closing.Sealed()
        return replace(done, folder=str(folder))

    def close(self) -> None:
        """Stop the lanes, the devices and the store, in this order."""
        self._closing.set()
        if self._front is not None:
            self._front.leave()
        self._services.run(lambda: None).result()
        self._sync.close()
        self._papers.close()
        self._aside.close()
        self._services.close()
        for close in self._closers:
            close()

    def rating_due(self) -> Asking | None:
        """The next case of the visit whose citizen was not asked; call it on the services lane."""
        return rating.due(self.office, self.visit.state)

    def rate(self, case_id: str, level: int, indicators: Sequence[str] = (), channel: str = "screen") -> None:
        """Keep what a citizen answered, once; 0 is 未评; call it on the services lane.

        Raises Problem `already-rated`, `rating-level`, `rating-indicator`, `not-found`.
        """
        rating.answer(self.office, case_id, level, indicators, channel)

    def reports(self, span: str) -> tuple[Table, ...]:
        """The reports of a span of days, counted on the lane that closing waits for; blocks its caller."""
        from counter_app.services.reports import at_desk  # nobody's first minute needs it

        return self._aside.run(partial(at_desk, self.office, span)).result()

    def save_reports(self, tables: Sequence[Table], span: str) -> Path:
        """Write reports as one .xlsx into the folder `reports` of the data folder; blocks its caller.

        Raises Problem `sheet-write`.
        """
        from counter_app.documents import report_files

        name = tables[0].title if len(tables) == 1 else "报表"
        file = self._folder / "reports" / f"{name}_{span}_{self.office.now():%Y%m%d_%H%M%S}.xlsx"
        file.parent.mkdir(exist_ok=True)
        report_files.write(tables, file)
        return file

    def _people(self, text: str) -> tuple[PaletteRow, ...]:
        if not text:
            return ()
        found = self.office.ports.storage.search_people(text, palette.HITS + 1)
        rows = [
            palette.PaletteRow("person", p.certno, masks.name(p.psn_name), masks.certno(p.certno))
            for p in found
        ]
        return palette.so_many(rows, palette.HITS)

    def _cases(self, text: str) -> tuple[PaletteRow, ...]:
        found = self.office.ports.storage.search_cases(text, palette.HITS + 1)
        rows = [palette.PaletteRow("case", c.number, c.type_name, c.number) for c in found]
        return palette.so_many(rows, palette.HITS)

    def _tell(self, view: VisitView) -> None:
        self._show_outside(view)
        for tell in self._listeners:
            tell(view)
