"""The citizen's screen: a window that is given frozen `CitizenPage` values and nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.registry import citizen_views
from ui.theme import Theme
from ui.viewmodels.citizen import CitizenPage, Wait
from ui.widgets.basic import label, put_text
from ui.widgets.citizen_page import CitizenPageWidget, em_for, sheet

_FLAGS = Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus
SMALL = (1024, 600)  # the size of the window where it has no screen of its own


class CitizenWindow(QWidget):
    """Shows one page at a time; a page that is left is wiped. It takes no keys from the desk.

    `answered` carries the page that was asked and what was answered: Agreed, Signature, Rating, GivenUp.
    """

    answered = Signal(object, object)

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
        put_text(self._window, f"{page.window} 号窗口" if page.window else "")
        widget.put(page)
        self._stack.setCurrentWidget(widget)

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
        self._ending = True
        self.close()

    def _widget(self, page: CitizenPage) -> CitizenPageWidget:
        """The widget of a value's kind, made when it is first needed; KeyError for a kind nobody draws."""
        name = type(page).__name__
        if name not in self._widgets:
            made: CitizenPageWidget = self._views[name].build()
            made.answered.connect(self._told)
            self._widgets[name] = made
            self._stack.addWidget(made)
        return self._widgets[name]

    def _told(self, answer: object) -> None:
        if self.sender() is self.current:
            self.answered.emit(self.page, answer)

    def _fit(self) -> None:
        em = em_for(self.width(), self.height())
        if em != self._em:
            self._em = em
            self.setStyleSheet(sheet(self._theme, em))
