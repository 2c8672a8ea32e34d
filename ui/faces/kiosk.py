"""The kiosk's face: a bar, one page, a few tools. It holds a view-model and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from ui.faces.kiosk_covers import KioskCover
from ui.kiosk_registry import screens
from ui.theme import SCALES, Theme, load, other
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import column, empty, label, row
from ui.widgets.ink import InkField
from ui.widgets.touch import Tile, big

TAPS_TO_MANAGE = 5  # on the hall's name, one after the other; nothing else leads to the PIN
EDGE = 40  # px around a page
DENSE = ("matters", "papers")  # pages with many tiles, two in a row also upright
SOUNDS = ("声音：开", "声音：关")


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
        self._title, self._hall = label("医保自助办理", "h1"), label(hall, "cap")
        self._hall.installEventFilter(self)
        self._tools = self._make_tools()
        self._build()
        self.cover = KioskCover(model, self)
        model.changed.connect(self.draw)
        model.wiped.connect(self._forget)
        self._dress()

    def _make_tools(self) -> dict[str, QPushButton]:
        made = {
            "sound": big(SOUNDS[0], self.toggle_sound),
            "larger": big("字更大", self.larger),
            "dark": big("黑底", self.darker),
            "help": big("叫工作人员来", self.model.ring),
        }
        for one in made.values():
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

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
        line = self._foot_line if upright else self._bar_line
        for one in self._tools.values():
            line.addWidget(one, 1 if upright else 0)
        self._foot.setVisible(upright)
        self._notice.setVisible(upright)
        self._notice.setText("办事请看这里，有困难请按“叫工作人员来”" if upright else "")
        if upright:  # the upper quarter is out of reach from a wheelchair
            self._notice.setFixedHeight(max(0, self.height() // 4 - self._bar.sizeHint().height()))
        self._count_room()

    def _count_room(self) -> None:
        tile = self.theme.px(50) + 44  # one line of words, its edges, the gap below
        taken = self.theme.px(44) * 2 + 290  # title, the two rows of buttons below, margins
        taken += self.height() // 4 if self.is_upright else self._bar.sizeHint().height()
        taken += self._foot.sizeHint().height() if self.is_upright else 0
        self.model.rows = max(2, (self.height() - taken) // tile)
        wide = self.width() >= self.theme.px(1000) and self.model.place in DENSE
        self.model.list_columns = max(1, min(4, self.width() // self.theme.px(400)))
        self.model.columns = 2 if wide or not self.is_upright else 1

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
        self._count_room()
        screen = self._screens[self.model.place]
        before = self.page
        self.page = QWidget()
        inside: QVBoxLayout = column(self.page, (EDGE, 24, EDGE, 24), 0)
        made = screen.build(self.model)
        inside.addWidget(made, 1)
        if before is not None:
            _blank(before)
        self._stage.setWidget(self.page)
        empty(self._page_foot)
        self._page_foot.addWidget(made.foot)
        at = self.model.at.key if self.model.at and self.model.place == "question" else ""
        place = f"{self.model.place} {at}"
        if place != self._place:
            self._place = place
            self.speak()
        if self.model.place == "ticket":
            self.model.number_is_shown()

    def speak(self) -> None:
        """Say what the page says, unless somebody wants it quiet; a number is said in any case."""
        if self._is_loud or self.model.place == "ticket":
            self.model.port.say(self._screens[self.model.place].say(self.model))

    def _forget(self) -> None:
        """Nothing is left to paste, to read or to look at; the next person finds the everyday looks."""
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        if clipboard.supportsSelection():
            clipboard.clear(clipboard.Mode.Selection)
        self.model.port.hush()
        self._place = ""
        if self.theme != self._first_theme:
            self.theme = self._first_theme
            self._dress()

    # --- keys, tools ---------------------------------------------------------------------------
    def offer_key(self, event: QKeyEvent) -> bool:
        """Digits of a keypad choose the tile with that number; every other key does nothing."""
        text = event.text()
        if not event.isAutoRepeat() and text.isdigit() and text != "0" and self.cover.isHidden():
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
        self._tools["sound"].setText(SOUNDS[0] if self._is_loud else SOUNDS[1])
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
