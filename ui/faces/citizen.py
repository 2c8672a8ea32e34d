"""The citizen's screen: a window that is given frozen `CitizenPage` values and nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from counter_app.catalog.tongues import tongue, tongues
from ui.registry import citizen_views
from ui.theme import Theme
from ui.tongues import aloud, said_by
from ui.viewmodels.citizen import CitizenPage, Wait, Welcome
from ui.viewmodels.guest import Guest
from ui.widgets.basic import label, put_text
from ui.widgets.citizen_page import CitizenPageWidget, em_for, sheet, touch
from ui.widgets.reworded import forget_words, reword_again

_FLAGS = Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus
LARGER, ELDER_PATIENCE = 1.2, 2  # 长辈模式: letters, and how long a page waits for a touch
LOWEST = 540  # px: a screen so low has no room for larger letters
SMALL = (1024, 600)  # the size of the window where it has no screen of its own


class CitizenWindow(QWidget):
    """Shows one page at a time; a page that is left is wiped. It takes no keys from the desk.

    `answered` carries the page that was asked and what was answered: Agreed, Signature, Rating, GivenUp;
    `spoke` a sentence to be said and the code of its language, "" for Chinese.
    """

    answered = Signal(object, object)
    spoke = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, _FLAGS)
        self.setObjectName("citizen")
        self.setWindowTitle("一窗 · 群众副屏")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._theme, self._em, self._ending = theme, 0, False
        self._views = citizen_views()
        self._widgets: dict[str, CitizenPageWidget] = {}
        self._stack = QStackedWidget()
        self._window, self._hall = label(""), label("")
        self._guest, self._is_elder = Guest(), False
        self._next = touch("", self._next_tongue, "c-tongue")
        self._build()
        self.page: CitizenPage = Wait()
        self.put(self.page)

    def _build(self) -> None:
        bar = QFrame()
        bar.setObjectName("c-bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(24, 8, 24, 8)
        put_text(self._hall, "一窗 · 医保综合服务")
        line.addWidget(self._window)
        line.addStretch(1)
        line.addWidget(self._hall)
        line.addSpacing(24)
        line.addWidget(self._next)
        self._next.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(bar)
        stack.addWidget(self._stack, 1)

    def put(self, page: CitizenPage) -> None:
        """Show a value; the page before it is wiped. The same value again changes nothing."""
        current = self.current
        if current is not None and page == self.page:
            return
        self.page = page
        widget = self._widget(page)
        if current is not None and current is not widget:
            current.wipe()
            forget_words(current)
        if isinstance(page, Welcome):
            self._guest = Guest()  # whoever chose a language has gone
        put_text(self._window, f"{page.window} 号窗口" if page.window else "")
        self._prepare(widget)
        widget.put(page)
        self._stack.setCurrentWidget(widget)
        self._say_again()

    def suit(self, is_elder: bool) -> None:
        """长辈模式 on or off: letters, words and patience; the page that stands is changed at once."""
        if is_elder == self._is_elder:
            return
        self._is_elder, self._em = is_elder, 0
        self._fit()
        if self.current is not None:
            self._prepare(self.current)
            self.current.touched()
        self._say_again()

    def _next_tongue(self) -> None:
        """The languages in turn, Chinese after the last."""
        codes = list(tongues())
        at = codes.index(self._guest.tongue)
        self._guest = Guest(codes[(at + 1) % len(codes)])
        if self.current is not None:
            self._prepare(self.current)
            self.current.touched()
        self._say_again()

    def _prepare(self, widget: CitizenPageWidget) -> None:
        widget.patience = ELDER_PATIENCE if self._is_elder else 1
        widget.say = said_by(self._guest.tongue, self._is_elder) or str

    def _say_again(self) -> None:
        spoken = tongue(self._guest.tongue)
        way = Qt.LayoutDirection.RightToLeft if spoken.is_right_to_left else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(way)
        codes = list(tongues())
        after = codes[(codes.index(spoken.code) + 1) % len(codes)]
        put_text(self._next, tongue(after).name)
        self._next.setAccessibleName(f"换语言：{tongue(after).name}")
        say = said_by(spoken.code, self._is_elder)
        for part in (self._window, self._hall, self.current):
            if part is not None:
                reword_again(part, say)

    @property
    def current(self) -> CitizenPageWidget | None:
        """The page that is shown."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, CitizenPageWidget) else None

    def restyle(self, theme: Theme) -> None:
        """Another theme; sizes are the screen's, not the clerk's."""
        self._theme, self._em = theme, 0
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Letters follow the size of the screen."""
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere says that somebody is there."""
        if self.current is not None:
            self.current.touched()
        super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only the desk ends it."""
        if self._ending:
            super().closeEvent(event)
        else:
            event.ignore()

    def end(self) -> None:
        """Wipe and close for good."""
        if self.current is not None:
            self.current.wipe()
            forget_words(self.current)
        self._ending = True
        self.close()

    def _widget(self, page: CitizenPage) -> CitizenPageWidget:
        """The widget of a value's kind, made when it is first needed; KeyError for a kind nobody draws."""
        name = type(page).__name__
        if name not in self._widgets:
            made: CitizenPageWidget = self._views[name].build()
            made.answered.connect(self._told)
            made.spoke.connect(self._spoken)
            self._widgets[name] = made
            self._stack.addWidget(made)
        return self._widgets[name]

    def _told(self, answer: object) -> None:
        if self.sender() is self.current:
            self.answered.emit(self.page, answer)

    def _spoken(self, words: str) -> None:
        """A page has something to say: in the language that stands, with its code."""
        said, code = aloud(words, self._guest.tongue)
        if said:
            self.spoke.emit(said, code)

    def _fit(self) -> None:
        larger = min(LARGER, self.height() / LOWEST) if self._is_elder else 1
        em = round(em_for(self.width(), self.height()) * larger)
        if em != self._em:
            self._em = em
            self.setStyleSheet(sheet(self._theme, em))
