"""B: who the case is for, how we know, and — in another colour — who speaks for them."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from counter_app.services.visit_view import PersonView, VisitView
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.people import banner, speaker, told_apart
from ui.widgets.basic import Elided, button, column, label, put_text, row, show, style
from ui.widgets.chips import ChipRow
from ui.widgets.glyphs import legible
from ui.widgets.portrait import Portrait


class Banner(QFrame):
    """The insured person left, the speaker right; the two never look alike."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("办理对象")
        self._model = model
        self._key = ""
        self._portrait = Portrait(72)
        self._name = Elided("", "h2")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._about = label("", "strong")
        self._certno = label("", "value")
        self._reveal = button("显示5秒 Ctrl+R", partial(model.act.emit, "reveal"), "person")
        self._witness = button("人证已核 Ctrl+W", partial(model.do, "witness", "verified"), "person")
        self._doubt = button("存疑", partial(model.do, "witness", "doubtful"), "person", "人证存疑")
        self._chips = ChipRow()
        self._details = Elided("", "soft")
        self._empty = label("还没有办理对象　插社保卡、扫医保码，或输入证件号码", "soft", wrap=True)
        self._switch = PrincipalSwitch(model)
        self._speaker = SpeakerBlock(model)
        self._build()

    def _build(self) -> None:
        line = row(self, (12, 5, 6, 5), 12)
        line.addWidget(self._portrait)
        self._person = QWidget()
        stack = column(self._person, gap=2)
        first = row(gap=8)
        for part in (self._name, self._about, self._certno):
            first.addWidget(part)
        first.addStretch(1)
        second, third = row(gap=8), row(gap=6)
        second.addWidget(self._chips, 1)
        second.addWidget(self._switch)
        third.addWidget(self._details, 1)
        for made in (self._witness, self._doubt, self._reveal):
            third.addWidget(made)
        for one in (first, second, third):
            stack.addLayout(one)
        line.addWidget(self._person, 1)
        line.addWidget(self._empty, 1)
        line.addWidget(self._speaker)
        self._hold_height()

    def changeEvent(self, event: QEvent) -> None:
        """One height for every state, so that nothing below ever jumps."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._hold_height()

    def _hold_height(self) -> None:
        self.setFixedHeight(round(self.fontMetrics().height() * 4.0) + 18)

    def draw(self, view: VisitView) -> None:
        """Draw the current principal."""
        person = next((p for p in view.principals if p.key == view.current_principal), None)
        show(self._person, person is not None)
        show(self._empty, person is None)
        show(self._speaker, person is not None)
        self._switch.put(view.principals, view.current_principal)
        self._portrait.put(person.photo if person else "", bool(person and person.is_employer))
        self._speaker.put(view)
        if person is None:
            return
        self._key = person.key
        words = banner(person)
        self._name.put(words.name)
        put_text(self._about, words.about)
        put_text(self._certno, words.certno)
        put_text(self._reveal, "正在显示" if person.revealed else "显示5秒 Ctrl+R")
        show(self._reveal, bool(words.certno) and not person.is_employer)
        waits = person.evidence in ("card", "id_card", "voucher") and not person.witness
        show(self._witness, waits)
        show(self._doubt, waits)
        self._chips.put(words.chips)
        self._details.put(words.details)

    @property
    def key(self) -> str:
        """The principal shown."""
        return self._key


class PrincipalSwitch(QWidget):
    """Which of several principals is current; hidden while there is one."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self._model = model
        self._people: tuple[tuple[str, str], ...] = ()
        self._buttons: list[QPushButton] = []
        self._line = row(self, gap=4)

    def put(self, people: tuple[PersonView, ...], current: str) -> None:
        """Show a button per principal, the current one pressed."""
        show(self, len(people) > 1)
        named = tuple(told_apart(people).items())
        if named != self._people:
            self._people = named
            self._rebuild()
        for (key, _), made in zip(self._people, self._buttons, strict=True):
            made.setChecked(key == current)

    def _rebuild(self) -> None:
        for old in self._buttons:
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for nth, (key, name) in enumerate(self._people, 1):
            made = button(
                f"{nth} {_short(name)}", partial(self._choose, key), "person", f"第 {nth} 位办理对象 {name}"
            )
            made.setCheckable(True)
            made.setToolTip(name)
            self._buttons.append(made)
            self._line.addWidget(made)

    def _choose(self, key: str) -> None:
        self._model.do("focus_principal", key)


class SpeakerBlock(QFrame):
    """Who stands here for the insured person."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setProperty("band", "strip")
        self.setAccessibleName("由谁办理")
        self._help = label("帮办", "chip")
        self._help.setProperty("chip", "info")
        self._elder = label("长辈", "chip")
        self._elder.setProperty("chip", "info")
        self._tongue = label("", "chip")
        self._tongue.setProperty("chip", "info")
        self._title = Elided("", "h3")
        self._line = Elided("", "small")
        self._change = button("更换", partial(model.act.emit, "speaker"), "person", "更换办理身份 Ctrl+D")
        stack = column(self, (12, 6, 8, 6), 2)
        first = row(gap=6)
        first.addWidget(self._title, 1)
        first.addWidget(self._change)
        second = row(gap=6)
        second.addWidget(self._line, 1)
        for chip in (self._tongue, self._elder, self._help):
            second.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        stack.addLayout(first)
        stack.addLayout(second)
        self._size()

    def put(self, view: VisitView) -> None:
        """Draw the speaker."""
        words = speaker(view.speaker)
        alone = view.speaker is None or view.speaker.kind == "self"
        style(self, band="strip" if alone else "defer" if words.complete else "warn")
        self._title.put(words.title)
        self._line.put(words.line)
        show(self._help, view.helped)
        show(self._elder, view.elder)
        self._tongue.setText(f"单据附{view.tongue}")
        show(self._tongue, bool(view.tongue))

    def changeEvent(self, event: QEvent) -> None:
        """Keep its share of the width at every text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size()

    def _size(self) -> None:
        em = self.fontMetrics().height()
        self.setFixedWidth(round(em * 14.5))


# What `told_apart` puts behind a name that two people share; a unit's own name may have brackets too.
_MARK = re.compile(r"（(?:尾号 (?P<tail>\w{4})|\d+ 岁)）$")


def _short(name: str) -> str:
    mark = _MARK.search(name)
    bare = name[: mark.start()] if mark is not None else name
    short = legible(bare if len(bare) <= 4 else bare[:3] + "…")
    if mark is None:
        return short
    return f"{short} {mark['tail']}" if mark["tail"] else short + mark[0]
