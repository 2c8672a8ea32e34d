"""The citizen's screen beside the desk: shows the visit's stage, asks, and brings the answers back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.services.visit_view import VisitView
from drivers.protocols import Rating, Signature
from ui.faces.citizen import SMALL, CitizenWindow
from ui.theme import Theme
from ui.viewmodels import citizen
from ui.viewmodels.citizen import Agreed, CitizenPage, Confirm, GivenUp, objection, page_for
from ui.viewmodels.desk import DeskModel

Answer = Callable[[object], None]
OFF, AUTO, WINDOW = "off", "auto", "window"


class CitizenSide(QObject):
    """Everything runs on the UI thread; lanes ask through `OnScreen`.

    `wish` is the setting `citizen_screen`: `auto` (a second monitor, when there is one), `window` (always)
    or `off`. What is asked (`ask`, `rate`, `sign`) stands before the visit's own page until it is answered,
    called off, or the next number is called.
    """

    def __init__(self, app: QApplication, model: DeskModel, theme: Theme, desk: QWidget, wish: str) -> None:
        super().__init__(desk)
        self._app, self._model, self._desk, self._wish = app, model, desk, wish
        self._hidden = False
        self._asked: tuple[CitizenPage, Answer] | None = None
        self._unanswered: CitizenPage | None = (
            None  # a check nobody answered; it is not asked again by itself
        )
        self.window = CitizenWindow(theme)
        self.window.answered.connect(self._answered)
        self.window.spoke.connect(self._speak)
        model.changed.connect(self._changed)
        model.page_changed.connect(self._render)
        app.screenAdded.connect(self._settle)
        app.screenRemoved.connect(self._settle)
        self._render()
        QTimer.singleShot(0, self, self._settle)

    # --- the screen -------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        """Whether the citizen sees anything."""
        return self.window.isVisible()

    def open_window(self) -> None:
        """Show it in a window of its own, whatever the setting says."""
        self._wish = WINDOW
        self._settle()

    def switch(self) -> bool:
        """F11: cover or uncover what the citizen sees; False when there is no screen."""
        if not self.is_open:
            return False
        self._hidden = not self._hidden
        self._render()
        return True

    @property
    def is_covered(self) -> bool:
        """Whether the clerk has covered it."""
        return self._hidden

    def end(self) -> None:
        """Call off what is asked and close for good."""
        self.cancel()
        self._wish = OFF
        self.window.end()
        self.window.deleteLater()

    # --- asking -----------------------------------------------------------------------------
    def ask(self, page: CitizenPage, answer: Answer) -> None:
        """Show a page until it is answered: `answer` hears Agreed, Signature, Rating or GivenUp once."""
        self.cancel()
        self._asked, self._hidden = (page, answer), False
        self._render()

    def rate(
        self, title: str, number: str, then: Callable[[Rating], None], limit_ms: int = citizen.RATE_MS
    ) -> None:
        """Ask for a rating of one case; an answer always comes: rated, skipped or timeout (未评)."""

        def heard(answer: object) -> None:
            then(answer if isinstance(answer, Rating) else Rating("timeout"))

        self.ask(citizen.Rate(self._model.view.window, limit_ms, title, number), heard)

    def sign(
        self,
        words: str,
        then: Callable[[Signature | None], None],
        limit_ms: int = citizen.SIGN_MS,
    ) -> None:
        """Ask for a name under a sentence; None when nobody signed."""

        def heard(answer: object) -> None:
            then(answer if isinstance(answer, Signature) else None)

        self.ask(citizen.Sign(self._model.view.window, limit_ms, words=words), heard)

    def cancel(self) -> None:
        """Call off what is asked; who asked hears GivenUp."""
        asked, self._asked = self._asked, None
        if asked is not None:
            asked[1](GivenUp(late=False))
            self._render()

    # --- inside -----------------------------------------------------------------------------
    def _changed(self, before: VisitView | None, now: VisitView) -> None:
        called = before is not None and now.visit_open and not before.visit_open
        if called and self._asked is not None:
            self.cancel()
        if now.visit_open and now.ticket != (before.ticket if before else None):
            self._hidden = False
        self._render()

    def _render(self, *_: object) -> None:
        if not self.is_open:  # drawn when somebody can see it: a desk without a second screen pays nothing
            return
        self.window.suit(self._model.view.elder)
        if self._asked is not None and not self._model.view.locked:
            self.window.put(self._asked[0])
            return
        if self._model.view.opened and not self._model.view.locked:
            return  # what the clerk opened for five seconds is for the clerk's eyes
        page = page_for(self._model.view, self._model.page, self._hidden)
        if not isinstance(page, Confirm):
            self._unanswered = None
        if page == self._unanswered:
            page = citizen.served(self._model.view)
        self.window.put(page)

    def _answered(self, page: CitizenPage, answer: object) -> None:
        if self._asked is not None and page == self._asked[0]:
            asked, self._asked = self._asked, None
            asked[1](answer)
            self._render()
        elif isinstance(page, Confirm):
            self._checked(page, answer)

    def _speak(self, words: str, tongue: str) -> None:
        if self._model.counter.can("say"):
            self._model.jobs.aside(partial(self._model.counter.read_aloud, words, tongue))

    def _checked(self, page: Confirm, answer: object) -> None:
        """The citizen's word about the answers: written down like the clerk's own, never submitted by it."""
        if isinstance(answer, Agreed) and answer.yes:
            self._model.do("check", True)
            self._model.notices.tell("群众已在副屏确认无误", "请按 F10 提交。")
            return
        self._unanswered = page
        if isinstance(answer, Agreed):
            self._object(page, answer.wrong)
        else:
            self._model.notices.tell("群众还没有在副屏确认", "可口头核对后按 F10，或再按两次 F8 重新推送。")
        self._render()

    def _object(self, page: Confirm, wrong: tuple[str, ...]) -> None:
        """Back to the form, at the first line the citizen pointed at; each is marked until changed."""
        self._model.go(checking=False)
        if not wrong:
            self._model.do("object_to", *objection("副屏"))
            self._model.notices.tell("群众表示内容有误", "请问清是哪一项，改好后再按 F8 请群众核对。")
            return
        names = [name for (name, _), place in zip(page.lines, page.places, strict=True) if place in wrong]
        first = next((place for place in wrong if place != "identity"), "")
        then = (lambda _: self._model.jump.emit(first)) if first else None
        self._model.do("object_to", *objection("副屏", names), wrong, then=then)
        self._model.notices.tell(f"群众指出不对：{'、'.join(names)}", "改好后再按 F8 请群众核对。")

    def _settle(self, *_: object) -> None:
        """Open, move or hide the window as screens come and go; nothing asked is lost by it."""
        screen = self._second_screen()
        if self._wish == OFF or (self._wish == AUTO and screen is None):
            if self.is_open:
                self.window.put(page_for(self._model.view, self._model.page, True))
            self.window.hide()
        elif screen is not None:
            self.window.setGeometry(screen.geometry())
            self.window.showFullScreen()
        elif not self.is_open:
            self.window.resize(*SMALL)
            self.window.showNormal()
        self._render()

    def _second_screen(self) -> QScreen | None:
        """A screen the desk does not stand on."""
        here = self._desk.window().screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        return others[0] if others else None
