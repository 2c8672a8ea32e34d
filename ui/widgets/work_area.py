"""D: notices, the open question, and under them the page of the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget
from shiboken6 import isValid

from counter_app.services.visit_view import VisitView
from ui.registry import pages
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import column, is_tight, show
from ui.widgets.device_bar import DeviceBar
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import PageWidget
from ui.widgets.prompt_bar import PromptBar

if TYPE_CHECKING:
    from ui.widgets.form import Form

PREPARE_MS = 20  # between two turns of work ahead
GIVES_WAY = 15  # turns it waits for a key's or a card's answer, so that no turn has both
REST_MS = 1000  # while somebody is served, the pages seldom used wait; seldom is soon enough to ask
POLISHED = 25  # widgets per turn
MAIN = ("identify", "choose", "fill", "check", "done", "speaker")  # what a visit goes through, built first


class PageStack(QStackedLayout):
    """Pages in one place, of which only the shown one is ever measured, and fills whatever room there is.

    A plain stack asks every page it holds for its size whenever a line of text changes anywhere.
    """

    def sizeHint(self) -> QSize:
        """No wish of its own: the place is given."""
        return QSize(0, 0)

    def minimumSize(self) -> QSize:
        """A page that needs more scrolls."""
        return QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        """No: the place is given."""
        return False


class WorkArea(QFrame):
    """Shows one page; pages are built when first needed."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("办理区")
        self._model = model
        self._found = pages()
        self._pages: dict[str, PageWidget] = {}
        self._turned_to: VisitView | None = None
        self._is_served = False
        self._waited = 0  # turns in which work ahead gave way
        self._bare: list[QWidget] = []  # of the page built ahead last, without its style yet
        self.notices = NoticeBar(model)
        self.prompt = PromptBar(model)
        self.lost = DeviceBar(model)
        self._inside = QWidget()
        self._stack = PageStack(self._inside)
        stack = column(self, (1, 1, 1, 1), 0)
        stack.addWidget(self.lost)
        stack.addWidget(self.notices)
        stack.addWidget(self.prompt)
        stack.addWidget(self._inside, 1)
        model.page_changed.connect(self.show_page)

    @property
    def page(self) -> PageWidget:
        """The page shown."""
        return self._pages[self._model.page]

    def draw(self, view: VisitView) -> None:
        """Draw the question and the page; a page that was just turned to is drawn already."""
        had = self.prompt.isVisible()
        self.prompt.put(view.prompt)
        show(self._inside, view.prompt is None or not is_tight(self))
        if self._turned_to is not view or had or view.prompt is not None:
            self.page.draw(view)
        self._turned_to = None
        if had:
            self.enter()
        if self._is_served and not view.visit_open:
            QTimer.singleShot(0, self, self._forget)
        self._is_served = view.visit_open

    def _forget(self) -> None:
        if not self._model.view.visit_open:
            for page in self._pages.values():
                page.forget()

    def show_page(self, step: str) -> None:
        """Turn to another page; its form keeps what was typed."""
        if step not in self._pages:
            self._make(step)
        page = self._pages[step]
        page.draw(self._model.view)
        self._turned_to = self._model.view
        self._stack.setCurrentWidget(page)
        self.enter()

    def enter(self) -> None:
        """Give the focus to the page, unless a question or the palette is open."""
        if self._model.view.prompt is None and not self._model.is_finding:
            self.page.enter()

    def enter_again(self) -> None:
        """Something floating that kept the focus has gone: the open question first, else the page."""
        if self._model.view.prompt is not None:
            self.prompt.enter()
        else:
            self.enter()

    def prepare(self) -> None:
        """Work ahead of the first use of each page, a little at a time; goes on until all are there.

        The pages of a visit come first. The others are built while nobody is served, or when they are asked
        for: no key then meets a page that is being built for later. While an answer is awaited it gives way.
        """
        if self._gives_way():
            QTimer.singleShot(PREPARE_MS, self, self.prepare)
            return
        missing = next((step for step in (*MAIN, *self._found) if step not in self._pages), "")
        is_ours = missing in MAIN or self._model.page == "idle"
        if self._bare:
            self._polish()
        elif missing and is_ours and not self._found.is_loaded(missing):
            self._found.load(missing)  # one turn to import it, the next to build it
        elif missing and is_ours:
            self._bare = self._make(missing).findChildren(QWidget)
        if missing or self._bare:
            QTimer.singleShot(PREPARE_MS if is_ours or self._bare else REST_MS, self, self.prepare)

    def _gives_way(self) -> bool:
        """Whether to leave this turn to what is under way; what takes long holds nothing up."""
        is_busy = self._model.jobs.under_way > 0 or self._model.counter.is_settling()
        self._waited = self._waited + 1 if is_busy else 0
        return 0 < self._waited <= GIVES_WAY

    def _polish(self) -> None:
        """Give the style sheet to some widgets of a page built ahead; one that has been shown has it."""
        for part in self._bare[:POLISHED]:
            if isValid(part):
                part.ensurePolished()
        del self._bare[:POLISHED]

    def _make(self, step: str) -> PageWidget:
        made: PageWidget = self._found[step].build(self._model)
        made.setAccessibleName(self._found[step].title)
        self._pages[step] = made
        self._stack.addWidget(made)
        return made

    def step(self, by: int) -> bool:
        """Next or previous editor of the page."""
        return self.page.step(by)

    def digit(self, number: int) -> bool:
        """A digit outside an editor: the question first, then the page."""
        return self.prompt.digit(number) or self.page.digit(number)

    def focus_nth(self, nth: int) -> None:
        """Alt+n."""
        form = getattr(self.page, "form", None)
        if form is not None:
            form.focus_nth(nth)

    def masked_here(self) -> str:
        """The masked field somebody stands in, "" for none."""
        form: Form | None = getattr(self.page, "form", None)
        return form.masked_here() if form is not None else ""

    def walk_errors(self, by: int) -> None:
        """Alt+Down, Alt+Up: the next place to mend; where nothing is wrong, what is still empty."""
        summary, form = getattr(self.page, "summary", None), getattr(self.page, "form", None)
        if (summary is None or not summary.walk(by)) and form is not None:
            form.focus_first_open()

    def jump(self, where: str) -> bool:
        """Go to a problem's place on the page."""
        return self.page.jump(where)
