"""A counter with a working visit and no store: enough of one to drive every page of the desk.

It refuses to work on the UI thread, keeps a list of what was asked, and lets a test put any snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from counter_app.services.device_views import DevicesView
from counter_app.services.reports import Table
from counter_app.services.visit_view import (
    CaseView,
    VisitView,
)
from tests.fakes.beside_desk import BesideDesk
from tests.fakes.device_bench import FakeBench
from tests.fakes.sealing import Sealing
from tests.fakes.visit import FakeVisit, turned
from ui.ports import PaletteRow, SimulatedAction

T = TypeVar("T")


class FakeCounter(BesideDesk, Sealing):
    """One lane, one visit, devices that are all there."""

    def __init__(
        self,
        view: VisitView,
        cases: dict[str, CaseView] | None = None,
        simulated: Sequence[SimulatedAction] | None = None,
    ) -> None:
        super().__init__()
        Sealing.__init__(self)
        self.visit: Any = FakeVisit(view, cases)
        self.simulated = simulated
        self.tell: Callable[[object], None] = lambda event: None
        self.changed: Callable[[VisitView], None] = lambda view: None
        self.rows: tuple[PaletteRow, ...] = ()
        self.states: tuple[tuple[str, bool, str], ...] = (
            ("card", True, ""),
            ("scanner", True, ""),
            ("printer", True, ""),
        )
        self.keys: Any = None
        self.lens: list[bytes | Exception] = []  # what the document camera sees next
        self.shots: list[bool] = []
        self.live: Callable[[], bytes] | None = None  # what it sees all the time, where it can tell
        self.looks = 0
        self.closed = False
        self.has_fresh_news = False
        self.judged: Any = None
        self.listed: tuple[str, str] = ("", "")
        self.received: Any = None
        self.packages: list[Path] = []
        self.tables: tuple[Table, ...] = ()
        self.spans: list[str] = []
        self.saved_reports: list[tuple[tuple[str, ...], str]] = []
        self.devices = FakeBench()
        self._lane = ThreadPoolExecutor(1)

    def run(self, call: Callable[[], T]) -> Future[T]:
        return self._lane.submit(call)

    def settle_in(self) -> None:
        pass

    def is_settling(self) -> bool:
        return False

    def get_ready(self) -> Future[bool]:
        return self._lane.submit(bool)

    def has_news(self) -> bool:
        return self.has_fresh_news

    def finds_at_once(self) -> bool:
        return True

    def search(self, text: str) -> Sequence[PaletteRow]:
        return [row for row in self.rows if not text or text in row.hint or text in row.title]

    def watch(self, tell: Callable[[object], None]) -> None:
        self.tell = tell

    def check_list(self, word: str, path: str) -> Any:
        self.listed = (word, path)
        if isinstance(self.judged, Exception):
            raise self.judged
        return self.judged

    def read_bills(self, path: Path) -> Any:
        if isinstance(self.received, Exception):
            raise self.received
        return self.received

    def take_package(self, path: Path) -> Any:
        self.packages.append(path)
        if isinstance(self.received, Exception):
            raise self.received
        return self.received

    def read_card(self) -> object:
        return None

    def key_scanner(self) -> Any:
        return self.keys

    def photograph(self, whole: bool) -> bytes:
        self.shots.append(whole)
        seen = self.lens.pop(0)
        if isinstance(seen, Exception):
            raise seen
        return seen

    def preview(self) -> bytes:
        self.looks += 1
        return self.live() if self.live else b""

    def turned(self, ref: str, degrees: int) -> bytes:
        return turned(self.page(ref), degrees)

    def page(self, ref: str) -> bytes:
        return self.visit.pages[ref]

    def device_states(self) -> Sequence[tuple[str, bool, str]]:
        return self.states

    def device_page(self, search: bool = False) -> DevicesView:
        return self.devices.view

    def reports(self, span: str) -> Sequence[Table]:
        self.spans.append(span)
        return self.tables

    def rating_due(self) -> Any:
        return None

    def rate(self, case_id: str, level: int, indicators: Sequence[str] = (), channel: str = "") -> None:
        self.visit.asked.append(("rate", (case_id, level, tuple(indicators), channel)))

    def save_reports(self, tables: Sequence[Table], span: str) -> Path:
        self.saved_reports.append((tuple(table.id for table in tables), span))
        return Path("reports") / f"{span}.xlsx"

    def on_change(self, tell: Callable[[VisitView], None]) -> None:
        self.changed = tell

    def close(self) -> None:
        self.closed = True
        self._lane.shutdown(wait=True)

    def put(self, **changes: Any) -> None:
        """A snapshot that comes by itself, told from the lane; `told` waits until it was."""
        self.visit.now = replace(self.visit.now, revision=self.visit.now.revision + 1, **changes)
        view = self.visit.now
        self._lane.submit(lambda: self.changed(view))

    def told(self) -> None:
        """Whatever was given to the lane until now has been told (the screen still has to hear it)."""
        self._lane.submit(lambda: None).result(timeout=60)
