"""The clerk's desk: seven fixed regions in one window. It holds a view-model and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from counter_app.services.visit_view import VisitView
from ui import keymap
from ui.faces.actions import Actions
from ui.faces.asking import Asking
from ui.faces.held_keys import HeldKeys
from ui.ports import PaletteRow
from ui.theme import Theme
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.place import WIDE
from ui.widgets.banner import Banner
from ui.widgets.basic import column, row, show
from ui.widgets.clipboard import OwnCopies
from ui.widgets.cover import CalmCover
from ui.widgets.dress import dress
from ui.widgets.hall_band import HallBand
from ui.widgets.help import HelpOverlay
from ui.widgets.lock_cover import LockCover
from ui.widgets.materials import Materials
from ui.widgets.page_taker import PageTaker
from ui.widgets.palette import Palette
from ui.widgets.status import StatusBar
from ui.widgets.strip import KeyStrip
from ui.widgets.top_bar import TopBar
from ui.widgets.tray import Tray
from ui.widgets.work_area import WorkArea

if TYPE_CHECKING:
    from ui.faces.citizen_side import CitizenSide


AHEAD_MS = 50  # the desk is drawn and takes a card before anything is made ahead


class Desk(QWidget):
    """Everything below the window frame. Keys come here first (`offer_key`)."""

    def __init__(self, app: QApplication, model: DeskModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.app, self.model, self.theme = app, model, theme
        self.citizen: CitizenSide | None = None  # joined by whoever has a second screen for it
        self._keys = keymap.table()
        self.top, self.banner, self.tray = TopBar(model), Banner(model), Tray(model)
        self.work, self.materials = WorkArea(model), Materials(model)
        self.strip, self.status, self.band = KeyStrip(model), StatusBar(), HallBand(model)
        self._build()
        self.palette_ = Palette(model, self)
        self.help = HelpOverlay(model, self)
        self._sought: str | None = None  # what stood in the palette when the help was opened over it
        self.pages = PageTaker(model, self)
        self.lock_cover = LockCover(model, self)
        self.calm = CalmCover(self, self._after_calm)
        self.asking, self.copies = Asking(self), OwnCopies(self)
        self.actions_ = Actions(self)
        self.held = HeldKeys(app, self, self.model, self.palette_, self.work, self._is_covered)
        self._connect()
        self._size_panes()

    def _build(self) -> None:
        page = column(self, gap=0)
        page.addWidget(self.top)
        page.addWidget(self.band)
        middle = column(margins=(8, 8, 8, 8), gap=8)
        middle.addWidget(self.banner)
        panes = row(gap=8)
        panes.addWidget(self.tray)
        panes.addWidget(self.work, 1)
        panes.addWidget(self.materials)
        middle.addLayout(panes, 1)
        page.addLayout(middle, 1)
        page.addWidget(self.strip)
        page.addWidget(self.status)

    def _connect(self) -> None:
        self.model.changed.connect(self._render)
        self.model.act.connect(self.actions_.run)
        self.model.page_changed.connect(self._make_room)
        self.model.jump.connect(self.jump)
        self.model.devices.connect(self.status.put_devices)
        self.palette_.chosen.connect(self._chosen)
        self.app.focusChanged.connect(self._keep_below)
        self.palette_.left.connect(self.work.enter_again)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.top.tick)
        self._second.timeout.connect(self.status.tick)
        self._second.start()

    def showEvent(self, event: QShowEvent) -> None:
        """The first focus belongs to the page."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._enter)
        for region in (self.work, self.materials):
            QTimer.singleShot(AHEAD_MS, self, region.prepare)

    def _enter(self) -> None:
        if self.lock_cover.isVisible():
            self.lock_cover.take_focus()
        else:
            self.work.enter()

    def _keep_below(self, before: QWidget | None, now: QWidget | None) -> None:
        """While the desk is covered no page takes the keys, whatever happens on it."""
        if now is None or not self.lock_cover.isVisible() or not self.isAncestorOf(now):
            return
        if not self.lock_cover.isAncestorOf(now):
            self.lock_cover.take_focus()

    # --- snapshots --------------------------------------------------------------------------
    def first(self) -> None:
        """Draw the first snapshot."""
        self.work.show_page(self.model.page)
        self._render(None, self.model.view)

    def _render(self, before: VisitView | None, view: VisitView) -> None:
        for region in (self.top, self.band, self.banner, self.tray, self.work, self.materials, self.status):
            region.draw(view)
        if before is not None and before.visit_open and not view.visit_open:
            self.copies.forget()
        self._go_on_about_speaker(before, view)
        if view.locked != (before is not None and before.locked):
            if view.locked:
                self.lock_cover.cover()
            elif not self.lock_cover.lift():
                self.work.page.enter()
        elif view.locked:
            self.lock_cover.cover()  # drawn anew: somebody left, or another took the window

    def _go_on_about_speaker(self, before: VisitView | None, view: VisitView) -> None:
        """Who was just said to be the agent is asked what is still missing, and only that."""
        asked = before is not None and before.prompt is not None and before.prompt.kind == "second_card"
        said = view.speaker is not None and view.speaker.kind in ("kin", "agent")
        is_open = said and view.speaker is not None and not view.speaker.fields.get("agnter_rlts")
        if asked and view.prompt is None and is_open and not self.model.wish.aside:
            self.model.go(aside="speaker")

    # --- keys -------------------------------------------------------------------------------
    def offer_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False leaves it to the widget that has it."""
        chord = chord_of(event)
        if self._is_covered():
            if self.lock_cover.isVisible() and (self._asks_help(chord) or self.lock_cover.offer(event)):
                return True
            return chord.startswith(("F", "Ctrl+", "Alt+"))
        key = self._keys.get(chord)
        if key is None:
            return self._digit(event)
        if event.isAutoRepeat() and key.action not in ("next_field", "previous_field"):
            return True
        return self.actions_.run(key.action)

    def _asks_help(self, chord: str) -> bool:
        """F1 on the locked desk: how to come in; nothing of the work is in it."""
        if chord == "F1":
            self.toggle_help()
        return chord == "F1" or (chord == "Esc" and self.help.fold())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys nobody below wanted."""
        if not self.offer_key(event):
            super().keyPressEvent(event)

    def _digit(self, event: QKeyEvent) -> bool:
        text = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not (plain and len(text) == 1 and text.isascii()):
            return False
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit) and not focus.isReadOnly():
            return False
        if text == "/":
            self.open_palette("")
            return True
        return text.isdecimal() and not event.isAutoRepeat() and self.work.digit(int(text))

    # --- floating things --------------------------------------------------------------------
    def open_palette(self, text: str) -> None:
        """Open the palette under the banner."""
        self.help.fold()
        self._sought = None
        self.pages.fold()
        self.palette_.open(text, self.banner.geometry().bottom() + 4)

    def toggle_help(self) -> None:
        """F1: show the help of what is shown, or fold it."""
        if self._fold_help():
            return
        page = self._help_page()
        self._sought = self.palette_.edit.text() if page == "palette" else None
        self.palette_.fold()
        is_bare = self.lock_cover.isVisible() or not self.banner.isVisible()
        top = self.top.geometry().bottom() if is_bare else self.banner.geometry().bottom()
        self.help.open(top + 4, page)

    def _help_page(self) -> str:
        if self.lock_cover.isVisible():
            return "locked"
        if not self.palette_.isHidden():
            return "palette"
        return "photograph" if not self.pages.isHidden() else self.model.page

    def _fold_help(self) -> bool:
        """Fold the help; a palette that was open comes back with what was typed in it."""
        if not self.help.fold():
            return False
        if self._sought is not None and not self.lock_cover.isVisible():
            self.open_palette(self._sought)
        return True

    def close_one(self) -> None:
        """Esc: one floating thing, one message, one side page; never what was typed."""
        if self._fold_help() or self.pages.fold():
            return
        if not self.palette_.isHidden():
            self.palette_.fold()
        elif self.model.notices.current:
            self.model.notices.clear()
            if self.model.view.notices:
                self.model.do("dismiss_notices")
        elif self.model.device_watch.put_away():
            return
        elif self.model.wish.aside or self.model.wish.checking:
            self.model.go(aside="", checking=False)
        elif self.model.page == "fill" and not self.work.isAncestorOf(QApplication.focusWidget() or self):
            self.work.page.enter()

    def lock(self) -> None:
        """Cover at once, then tell the visit."""
        self.held.drop()
        self.help.fold()
        self.palette_.fold(back=False)
        self.pages.fold()
        self.lock_cover.cover()
        self.model.do("lock")

    def show_calm(self) -> None:
        """Something of ours went wrong."""
        self.calm.cover()

    def _after_calm(self) -> None:
        self.model.do("view")
        self.work.page.enter()

    def _is_covered(self) -> bool:
        return self.lock_cover.isVisible() or self.calm.isVisible()

    def _chosen(self, chosen: PaletteRow) -> None:
        if chosen.kind == "type":
            code, _, situation = chosen.code.partition("/")
            self.model.do("open_case", code, *([situation] if situation else []))
        elif chosen.kind in ("command", "help"):
            if not self.actions_.run(chosen.code):
                self.model.do(chosen.code)
        elif chosen.kind == "person":
            self.model.do("type_certno", chosen.code)
        elif chosen.kind == "ticket":
            self.model.do("serve_number", chosen.code)
        elif chosen.kind == "filing":
            self.model.do("pick_up", chosen.code)
        elif chosen.kind == "verify":
            self.model.go(aside="verify", subject=chosen.code, about=chosen.title)
        else:
            self.model.notices.tell(chosen.title, chosen.hint)

    # --- places -----------------------------------------------------------------------------
    def walk_panes(self, by: int) -> None:
        """F6: top, tray, work area, materials."""
        panes: tuple[tuple[QWidget, Callable[[], object]], ...] = (
            (self.top, self.top.palette_button.setFocus),
            (self.tray, self.tray.focus_in),
            (self.work, self.work.page.enter),
            (self.materials, self.materials.focus_in),
        )
        focus = QApplication.focusWidget()
        at = next((n for n, (pane, _) in enumerate(panes) if focus and pane.isAncestorOf(focus)), 2)
        panes[(at + by) % len(panes)][1]()

    def jump(self, where: str) -> None:
        """Go to where a problem is: a field, a material, who speaks, who it is."""
        if where.startswith("material:"):
            self.materials.focus_in(where.partition(":")[2])
        elif where == "party" or where.startswith("agnter_"):
            self.model.go(aside="speaker", checking=False)
        elif where == "identity":
            self.model.notices.tell(
                "请先核对人证", "看照片与来人是否一致，按 Ctrl+W 记“人证已核”，或按“存疑”。"
            )
        else:
            if self.model.page != "fill":
                self.model.go(aside="", checking=False)
            self.work.jump(where)

    # --- looks ------------------------------------------------------------------------------
    def restyle(self, name: str, scale: int) -> None:
        """Another theme or text size, at once, with everything kept."""
        self.theme = dress(self.app, name, scale)
        if self.citizen is not None:
            self.citizen.window.restyle(self.theme)
        self._size_panes()
        self._render(self.model.view, self.model.view)

    def _size_panes(self) -> None:
        em = self.theme.px(14)
        narrow = self.width() < em * 80
        self.tray.setFixedWidth(round(em * (14 if narrow else 16.5)))
        self.materials.setFixedWidth(round(em * (17.5 if narrow else 22)))

    def _make_room(self, page: str) -> None:
        """A page about the day or the whole hall needs the room of the panes, which are about one person."""
        for pane in (self.banner, self.tray, self.materials):
            show(pane, page not in WIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side panes give way where the window is narrow for the text."""
        super().resizeEvent(event)
        self._size_panes()
        for cover in (self.lock_cover, self.calm):
            if not cover.isHidden():  # also before the window is up: a start may begin covered
                cover.spread()


def chord_of(event: QKeyEvent) -> str:
    """A key event as it stands in the keymap: `Ctrl+K`, `Shift+Return`, `F10`."""
    key = event.key()
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    words = QKeySequence(modifiers.value | int(key)).toString(QKeySequence.SequenceFormat.PortableText)
    return {"Ctrl++": "Ctrl+=", "Ctrl+Shift++": "Ctrl+=", "Ctrl+Shift+=": "Ctrl+="}.get(words, words)
