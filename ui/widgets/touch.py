"""The parts every page of a kiosk is made of: large buttons, tiles, leaves of a long list, its frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.value import Value
from counter_app.services.visit_view import ProblemView
from ui.widgets.basic import Button, band, column, label, row

LEAST = 76  # logical px: no target is smaller


class TileWords(Value, frozen=True):
    """One thing to choose: its words, what a touch does, and whether it is chosen already."""

    title: str
    act: Callable[[], object]
    hint: str = ""
    is_on: bool = False
    is_able: bool = True


class Tile(Button):
    """A wide button with a title, a line below it, and a number that the keypad knows too."""

    def __init__(self, words: TileWords, nth: int = 0) -> None:
        super().__init__("")
        self.setProperty("kind", "tile")
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(words.hint)
        self.setCheckable(words.is_on)
        self.setChecked(words.is_on)
        self.setEnabled(words.is_able)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(lambda: words.act())
        self._line = row(self, (22, 10, 22, 10), 18)
        if nth:
            number = label(str(nth), "nth")
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._line.addWidget(number)
        texts = column(gap=2)
        texts.addStretch(1)
        texts.addWidget(label(words.title, "tile", wrap=True))
        if words.hint:
            texts.addWidget(label(words.hint, "cap", wrap=True))
        texts.addStretch(1)
        self._line.addLayout(texts, 1)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As high as its words need."""
        width = max(self.width(), 300)
        return QSize(300, max(LEAST, self._line.heightForWidth(width), self._line.minimumSize().height()))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for wrapped words."""
        return max(LEAST, self._line.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never lower than its words."""
        return QSize(160, max(LEAST, self._line.minimumSize().height()))


def tiles(
    words: Sequence[TileWords], columns: int, numbered: bool = False, first: int = 1
) -> tuple[QGridLayout, list[Tile]]:
    """Tiles in rows of so many."""
    grid = QGridLayout()
    grid.setSpacing(18)
    made = [Tile(one, first + n if numbered and first + n < 10 else 0) for n, one in enumerate(words)]
    for n, one in enumerate(made):
        grid.addWidget(one, n // columns, n % columns)
    for n in range(columns):
        grid.setColumnStretch(n, 1)
    return grid, made


def big(text: str, act: Callable[[], object], kind: str = "") -> QPushButton:
    """A large button with words."""
    made = Button(text)
    if kind:
        made.setProperty("kind", kind)
    made.setMinimumSize(LEAST + 4, LEAST)
    made.clicked.connect(lambda: act())
    return made


@dataclass(frozen=True, slots=True)
class Foot:
    """The buttons at the bottom of a page: back on the left, what goes on at the right."""

    back: tuple[str, Callable[[], object]] | None = None
    on: tuple[str, Callable[[], object]] | None = None
    more: Sequence[tuple[str, Callable[[], object]]] = field(default_factory=tuple)


FOOT_GAP = 18  # px between two buttons of a foot


class Telling(QWidget):
    """A part whose words change under the finger: it goes on telling them in the language of the page."""

    say: Callable[[str], str] = str

    def tell_in(self, say: Callable[[str], str]) -> None:
        """From now on in this language."""
        self.say = say
        self.draw()

    def draw(self) -> None:
        """Show what is to be shown now."""
        raise NotImplementedError


class TouchPage(QWidget):
    """A page: one question or one message, its body, its two buttons."""

    def __init__(self, title: str, hint: str = "", foot: Foot | None = None, role: str = "h1") -> None:
        super().__init__()
        page = column(self, gap=18)
        self.title = label(title, role, wrap=True)
        page.addWidget(self.title)
        if hint:
            page.addWidget(label(hint, "body", wrap=True))
        self.body: QVBoxLayout = column(gap=16)
        page.addLayout(self.body, 1)
        self.on: QPushButton | None = None
        self._has_back = foot is not None and foot.back is not None
        self.foot = QWidget()  # the face puts it below the page, where it never scrolls away
        self._put_foot(foot or Foot())

    def _put_foot(self, foot: Foot) -> None:
        whole = column(self.foot, gap=14)
        line, self._foot_above = row(gap=FOOT_GAP), row(gap=FOOT_GAP)
        self._foot_line, self._aside = line, [big(words, act) for words, act in foot.more]
        whole.addLayout(self._foot_above)
        whole.addLayout(line)
        if foot.back is not None:
            line.addWidget(big(*foot.back))
        line.addStretch(1)
        for one in self._aside:
            line.addWidget(one)
        if foot.on is not None:
            self.on = big(foot.on[0], foot.on[1], "primary")
            self.on.setMinimumWidth(300)
            line.addWidget(self.on)

    def offer_help(self, act: Callable[[], object]) -> None:
        """What explains the page stands beside the way back, on every page at the same side."""
        made = big("怎么用", act)
        self._foot_line.insertWidget(int(self._has_back), made)
        self._aside.append(made)

    def fold_foot(self, width: int) -> None:
        """Where words are too long for one line, what leads aside stands above the ways on."""
        shown = self.foot.findChildren(QPushButton)
        for one in shown:
            one.ensurePolished()  # its letters are those of the machine only from here on
        wide = sum(max(one.sizeHint().width(), one.minimumWidth()) + FOOT_GAP for one in shown)
        if wide <= width:
            return
        self._foot_above.addStretch(1)
        for one in self._aside:
            self._foot_line.removeWidget(one)
            self._foot_above.addWidget(one)

    def tell(self, problem: ProblemView | None) -> None:
        """Say what was wrong with the answer, above everything else of the body."""
        if problem is not None:
            self.body.insertWidget(0, problem_band(problem))


def problem_band(problem: ProblemView) -> QFrame:
    """What is wrong and what to do, in colour, sign and words."""
    made = band("err")
    lines = column(made, (20, 12, 20, 12), 4)
    lines.addWidget(label(f"✕ {problem.title}", "problem", wrap=True))
    lines.addWidget(label(problem.cause + problem.advice, "body", wrap=True))
    return made


def info_band(title: str, text: str = "", kind: str = "info") -> QFrame:
    """A message with its thick left edge."""
    made = band(kind)
    lines = column(made, (20, 14, 20, 14), 4)
    lines.addWidget(label(title, "strong", wrap=True))
    if text:
        lines.addWidget(label(text, "body", wrap=True))
    return made


def pairs(rows: Sequence[tuple[str, str]]) -> QFrame:
    """Names and values, one line each."""
    made = QFrame()
    made.setProperty("line", True)
    grid = QGridLayout(made)
    grid.setContentsMargins(24, 16, 24, 16)
    grid.setVerticalSpacing(12)
    grid.setHorizontalSpacing(24)
    for n, (name, value) in enumerate(rows):
        grid.addWidget(label(name, "body"), n, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(value, "strong", wrap=True), n, 1)
    grid.setColumnStretch(1, 1)
    return made


def changeable(rows: Sequence[tuple[str, str, Callable[[], object]]]) -> QFrame:
    """Names and values, and 改 beside each."""
    made = QFrame()
    made.setProperty("line", True)
    grid = QGridLayout(made)
    grid.setContentsMargins(24, 12, 16, 12)
    grid.setVerticalSpacing(16)
    grid.setHorizontalSpacing(16)
    for n, (name, value, act) in enumerate(rows):
        grid.addWidget(label(name, "body", wrap=True), n, 0)
        grid.addWidget(label(value, "strong", wrap=True), n, 1)
        change = big("改", act)
        change.setAccessibleName(f"修改：{name}")
        grid.addWidget(change, n, 2)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    return made
