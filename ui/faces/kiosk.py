"""The kiosk's face: a bar, one page, a few tools. It holds a view-model and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from counter_app.catalog.tongues import tongue
from ui.faces.kiosk_covers import KioskCover
from ui.faces.kiosk_tools import KioskTools
from ui.kiosk_registry import screens
from ui.theme import SCALES, Theme, load, other
from ui.tongues import aloud, said_by
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import column, empty, label, put_text, row
from ui.widgets.ink import InkField
from ui.widgets.reworded import reword
from ui.widgets.touch import Tile

TAPS_TO_MANAGE = 5  # on the hall's name, one after the other; nothing else leads to the PIN
EDGE = 40  # px around a page
DENSE = ("matters", "papers")  # pages with many tiles, two in a row also upright
TITLE, NOTICE = "医保自助办理", "办事请看这里，有困难请按“叫工作人员来”"
EVERYDAY, SLOW = 100, 75  # percent of a voice's pace
ELDER_ROWS = 4  # tiles of a page in 长辈版: few enough to read all before choosing


class KioskFace(QWidget):
    """Upright, nothing to touch stands in the upper quarter; lying, the tools are in the bar."""

    def __init__(self, model: KioskModel, hall: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model, self.theme = model, theme
        self._first_theme = theme
        self._screens = screens()
        self._place, self._taps, self._is_loud = "", 0, True
        self.page: QWidget | None = None
        self._was_elder = self._is_below = False
        self._title, self._hall = label("", "h1"), label(hall, "cap")
        self._hall.installEventFilter(self)
        acts = {"sound": self.toggle_sound, "larger": self.larger, "dark": self.darker}
        self._tools = KioskTools({**acts, "elder": model.toggle_elder, "help": model.ring})
        self._build()
        self.cover = KioskCover(model, self)
        model.changed.connect(self.draw)
        model.wiped.connect(self._forget)
        self._dress()

    def _build(self) -> None:
        self._whole = column(self, gap=0)
        self._bar = QFrame()
        self._bar.setObjectName("bar")
        self._bar_line = row(self._bar, (EDGE, 14, EDGE, 14), 18)
        names = column(gap=0)
        names.addWidget(self._title)
        names.addWidget(self._hall)
        self._bar_line.addLayout(names, 1)
        self._notice = label("", "h2", wrap=True)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stage = QScrollArea()
        self._stage.setWidgetResizable(True)
        self._stage.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stage.setAccessibleName("办理页面")
        QScroller.grabGesture(self._stage.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._page_foot = column(margins=(EDGE, 0, EDGE, 18), gap=0)
        self._foot = QFrame()
        self._foot.setObjectName("tools")
        self._foot_line = row(self._foot, (EDGE, 14, EDGE, 14), 18)
        for part in (self._bar, self._notice, self._stage):
            self._whole.addWidget(part, 1 if part is self._stage else 0)
        self._whole.addLayout(self._page_foot)
        self._whole.addWidget(self._foot)
        self._arrange()

    # --- upright or lying ----------------------------------------------------------------------
    @property
    def is_upright(self) -> bool:
        """Whether the screen is higher than wide."""
        return self.height() > self.width()

    def _arrange(self) -> None:
        upright = self.is_upright
        self._title.setWordWrap(upright)  # a long name at the largest letters, on a narrow screen
        self._is_below = upright or self._is_bar_full()
        if self._is_below:
            self._put_tools(self._foot_line)
        self._foot.setVisible(self._is_below)
        self._notice.setVisible(upright)
        if upright:  # the upper quarter is out of reach from a wheelchair
            self._notice.setFixedHeight(max(0, self.height() // 4 - self._bar.sizeHint().height()))
        self._count_room()

    def _is_bar_full(self) -> bool:
        """Whether the tools need more than the bar has, measured there: below, letters are smaller."""
        self._put_tools(self._bar_line)
        return self._tools.width() + self._title.sizeHint().width() > self.width() - EDGE * 3

    def _put_tools(self, line: QHBoxLayout) -> None:
        """Put the tools there; below the page they share its whole width, each as its words need."""
        for one in self._tools.buttons.values():
            line.addWidget(one)
            line.setStretchFactor(one, one.sizeHint().width() if line is self._foot_line else 0)

    def _count_room(self) -> None:
        tile = self.theme.px(50) + 44  # one line of words, its edges, the gap below
        taken = self.theme.px(44) * 2 + 290  # title, the two rows of buttons below, margins
        taken += self.height() // 4 if self.is_upright else self._bar.sizeHint().height()
        taken += self._foot.sizeHint().height() if self._is_below else 0
        self.model.rows = max(2, (self.height() - taken) // tile)
        wide = self.width() >= self.theme.px(1000) and self.model.place in DENSE
        self.model.list_columns = max(1, min(4, self.width() // self.theme.px(400)))
        self.model.columns = 2 if wide or not self.is_upright else 1
        if self.model.is_elder:
            self.model.rows = min(self.model.rows, ELDER_ROWS // self.model.columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another screen, another arrangement."""
        super().resizeEvent(event)
        self._arrange()
        self.cover.spread_again()
        if self.page is not None:
            self.draw()

    # --- pages ---------------------------------------------------------------------------------
    def draw(self) -> None:
        """Make the page anew; the one before is gone with everything in it."""
        say = self._suit()
        self._count_room()
        screen = self._screens[self.model.place]
        before = self.page
        self.page = QWidget()
        inside: QVBoxLayout = column(self.page, (EDGE, 24, EDGE, 24), 0)
        made = screen.build(self.model)
        made.offer_help(partial(self.model.lay, "guide"))
        for part in (made, made.foot):
            reword(part, say)
        inside.addWidget(made, 1)
        if before is not None:
            _blank(before)
        self._stage.setWidget(self.page)
        empty(self._page_foot)
        self._page_foot.addWidget(made.foot)
        made.fold_foot(self.width() - 2 * EDGE)
        at = self.model.at.key if self.model.at and self.model.place == "question" else ""
        place = f"{self.model.place} {at}"
        if place != self._place:
            self._place = place
            self.speak()
        if self.model.place == "ticket":
            self.model.number_is_shown()

    def _suit(self) -> Callable[[str], str] | None:
        """Set letters, words, pace and direction for whoever is here; answers how words are changed."""
        elder, spoken = self.model.is_elder, tongue(self.model.guest.tongue)
        if elder != self._was_elder:
            self._was_elder = elder
            self.theme = load(self.theme.name, SCALES[-1] if elder else self._first_theme.scale)
            self._dress()
            self.model.port.pace(SLOW if elder else EVERYDAY)
        way = Qt.LayoutDirection.RightToLeft if spoken.is_right_to_left else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(way)
        say = said_by(self.model.guest.tongue, elder)
        self._tools.call(self._is_loud, elder, say)
        put_text(self._title, spoken.say(TITLE))
        self._arrange()
        put_text(self._notice, spoken.say(NOTICE) if self.is_upright else "")
        return say

    def speak(self) -> None:
        """Say what the page says, unless somebody wants it quiet; a number is said in any case."""
        if self._is_loud or self.model.place == "ticket":
            self.tell(self._screens[self.model.place].say(self.model))

    def tell(self, words: str) -> None:
        """Say something in the language that was touched; a number in Chinese where a voice has no other."""
        said, code = aloud(words, self.model.guest.tongue)
        if said:
            self.model.port.say(said, code, words if self.model.place == "ticket" else "")

    def _forget(self) -> None:
        """Nothing is left to paste, to read or to look at; the next person finds the everyday looks."""
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        if clipboard.supportsSelection():
            clipboard.clear(clipboard.Mode.Selection)
        self.model.port.hush()
        self._place = ""
        self._is_loud = True
        if self.theme != self._first_theme:
            self.theme = self._first_theme
            self._dress()

    # --- keys, tools ---------------------------------------------------------------------------
    def offer_key(self, event: QKeyEvent) -> bool:
        """A digit of a keypad chooses the tile with that number, F1 explains the page; no other counts."""
        text = event.text()
        if event.key() == Qt.Key.Key_F1 and self.model.cover in ("", "guide"):
            self.model.lay("" if self.model.cover else "guide")
        elif event.key() == Qt.Key.Key_Escape and self.model.cover == "guide":
            self.model.lay("")
        elif not event.isAutoRepeat() and text.isdecimal() and text != "0" and self.cover.isHidden():
            found = self.page.findChildren(Tile) if self.page is not None else []
            at = int(text) - 1
            if at < len(found) and found[at].isEnabled():
                found[at].click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key leads out."""
        if event.key() != Qt.Key.Key_Tab:
            self.offer_key(event)
        event.accept()

    def toggle_sound(self) -> None:
        """Loud or quiet; loud says the page at once."""
        self._is_loud = not self._is_loud
        self._suit()
        self.speak() if self._is_loud else self.model.port.hush()

    def larger(self) -> None:
        """The next size, and round again."""
        at = SCALES.index(self.theme.scale)
        self._restyle(self.theme.name, SCALES[(at + 1) % len(SCALES)])

    def darker(self) -> None:
        """White on black, or back."""
        self._restyle(other(self.theme.name), self.theme.scale)

    def _restyle(self, name: str, scale: int) -> None:
        self.theme = load(name, scale)
        self._dress()
        self.draw()

    def _dress(self) -> None:
        colours = dict(self.theme.colours)
        colours["text2"] = colours["text"]  # every text of a kiosk at least 7 : 1
        theme = Theme(self.theme.name, self.theme.scale, colours)
        self.setStyleSheet(theme.style_sheet("kiosk"))
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Several taps on the hall's name ask for the PIN; anything else begins the count anew."""
        if watched is self._hall and event.type() == QEvent.Type.MouseButtonPress:
            self._taps += 1
            if self._taps >= TAPS_TO_MANAGE:
                self._taps = 0
                self.model.lay("pin")
        return False


def _blank(page: QWidget) -> None:
    """Empty the words of a page that is about to go: it may live until the loop comes round."""
    page.hide()
    for one in page.findChildren(QLabel):
        one.clear()
    for edit in page.findChildren(QLineEdit):
        edit.clear()
    for ink in page.findChildren(InkField):
        ink.wipe()
    for tile in page.findChildren(Tile):
        tile.setAccessibleName("")
        tile.setAccessibleDescription("")
