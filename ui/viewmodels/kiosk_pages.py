"""One person at a kiosk: the page and what lies over it, for whom it is set, one touch at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from counter_app.problems import Problem
from counter_app.services.self_view import SelfView
from counter_app.services.view_case import problem_view
from counter_app.services.visit_view import ProblemView
from ui.hall_ports import KioskPort
from ui.jobs import Jobs
from ui.viewmodels.guest import Guest


class KioskPages(QObject):
    """`place` is the page; `cover` lies over it ("" = nothing).

    After `wipe` no answer of the person before is delivered any more, however late it comes.
    """

    changed = Signal()
    covered = Signal()
    wiped = Signal()

    def __init__(self, port: KioskPort, jobs: Jobs, first: SelfView) -> None:
        super().__init__()
        self.port, self.jobs = port, jobs
        self.empty = first
        self.columns, self.rows, self.list_columns = 1, 6, 2  # tiles the face has room for
        self.pin_problem: ProblemView | None = None
        self.cover = ""
        self._session = 0
        self._forget()
        jobs.refused.connect(self._refused)

    def _forget(self) -> None:
        """Everything of one person; whoever holds more of them forgets it here too."""
        self.view = self.empty
        self.place = "home"
        self.problem: ProblemView | None = None
        self.is_busy = False
        self.page_nth = 0
        self.guest = Guest()

    @property
    def today(self) -> date:
        """The day of the hall."""
        return self.port.today()

    @property
    def is_elder(self) -> bool:
        """长辈版: by what was touched, else by the age of who is here and the region's age of 老年人."""
        wanted = self.guest.wants_elder
        return self.view.visit.elder if wanted is None else wanted

    def toggle_elder(self) -> None:
        """Larger, fewer, plainer, slower, or back; until this person leaves."""
        self.page_nth = 0
        self.suit(replace(self.guest, wants_elder=not self.is_elder))

    def suit(self, guest: Guest) -> None:
        """Set the pages for somebody, until they leave."""
        self.guest = guest
        self.changed.emit()

    def go(self, place: str) -> None:
        """Show another page."""
        self.place, self.page_nth = place, 0
        self.problem = None if place != "refused" else self.problem
        self.changed.emit()

    def turn(self, by: int) -> None:
        """The next or previous leaf of a long list."""
        self.page_nth = max(0, self.page_nth + by)
        self.changed.emit()

    def lay(self, cover: str) -> None:
        """Lay something over the page, or ("") lift it."""
        self.cover = cover
        self.covered.emit()

    def wipe(self) -> None:
        """Nothing of this person stays: not on the screen, not in the clipboard, not in the visit."""
        self._session += 1
        self._forget()
        self.cover = ""
        self.pin_problem = None
        self.wiped.emit()
        self.changed.emit()
        self.covered.emit()
        self.jobs.run(self.port.kiosk.leave, partial(self._left, self._session))

    def _left(self, session: int, view: SelfView) -> None:
        self.empty = view
        if session == self._session and self.view.person is None:
            self.view = view

    def _do(
        self, call: Callable[[], SelfView], then: Callable[[SelfView], None], quietly: bool = False
    ) -> None:
        def came(view: SelfView) -> None:
            self.view = view
            then(view)

        self._do_any(call, came, quietly)

    def _do_any(
        self,
        call: Callable[[], Any],
        then: Callable[[Any], None],
        quietly: bool = False,
        aside: bool = False,
    ) -> None:
        """One touch at a time: what is touched meanwhile does nothing. `aside`: off the store's lane."""
        if self.is_busy and not quietly:
            return
        self.is_busy = self.is_busy or not quietly
        session = self._session
        run = self.jobs.aside if aside else self.jobs.run
        run(call, partial(self._came, session, then, quietly), partial(self._failed, session))

    def _came(self, session: int, then: Callable[[Any], None], quietly: bool, answer: Any) -> None:
        if session != self._session:
            return
        if not quietly:
            self.is_busy = False
            self.problem = None
        then(answer)

    def _failed(self, session: int) -> None:
        if session == self._session:
            self.is_busy = False
            if self.problem is not None:
                self.go("refused")

    def _refused(self, problem: Problem) -> None:
        self.problem = problem_view(problem)
