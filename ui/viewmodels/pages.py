"""Photographing the pages of one material: which page is looked at, what is under way, what was refused."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QTimer, Signal

from counter_app.domain.value import Value
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services.visit_view import CaseView, MaterialView, VisitView
from ui.viewmodels.desk import DeskModel

if TYPE_CHECKING:
    from ui import page_files
else:
    page_files = late("ui.page_files")

VERBS = ("add_page", "replace_page", "mask_page", "remove_page")
TAKING, TURNING, REMOVING = "正在拍摄，请勿移动材料…", "正在转动…", "正在删除…"
COVERING = "正在遮盖…"


class Other(Value, frozen=True):
    """What may stand beside a page: a kept page by its name, or a picture that is at hand."""

    caption: str
    ref: str = ""
    data: bytes = b""


class PagesModel(QObject):
    """Bound to one case and one material from `open` to `close`; a late picture still lands there."""

    changed = Signal()
    picture = Signal(object)  # the bytes of the page looked at, None when there is none
    closed = Signal()

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self._model = model
        self._case_id = self._code = self._shown = ""
        self.name = self.under_way = self.said = ""
        self.refs: tuple[str, ...] = ()
        self.at = 0
        model.changed.connect(self._follow)
        model.jobs.refused.connect(self._refused)
        model.refused.connect(self._came_to_nothing)

    @property
    def is_open(self) -> bool:
        """Whether a material is being photographed."""
        return bool(self._code)

    def open(self, case: CaseView, material: MaterialView) -> None:
        """Look at the last page of a material; of one without pages the first is taken at once."""
        self._case_id, self._code, self.name = case.case_id, material.code, material.name
        self.refs, self.at = material.pages, max(0, len(material.pages) - 1)
        self.under_way = self.said = self._shown = ""
        self._look()
        if not self.refs:
            self.take()

    def close(self) -> None:
        """Let go of the material and of the picture."""
        self._case_id = self._code = self._shown = ""
        self.refs, self.under_way = (), ""

    # --- intentions -------------------------------------------------------------------------
    def take(self, whole: bool = False) -> None:
        """Photograph one more page; `whole` does not look for the sheet."""
        self._photograph(whole, partial(self._keep, "add_page", self._case_id, self._code))

    def retake(self, whole: bool = False) -> None:
        """Photograph the page looked at once more."""
        if not self.refs:
            self.take(whole)
            return
        self._photograph(whole, partial(self._keep, "replace_page", self._case_id, self._code, self.at))

    def turn(self, degrees: int) -> None:
        """Turn the page looked at clockwise."""
        if not self.refs or not self._begin(TURNING):
            return
        keep = partial(self._keep, "replace_page", self._case_id, self._code, self.at)
        self._model.jobs.aside(
            partial(self._model.counter.turned, self.refs[self.at], degrees), keep, self._ended
        )

    def cover(self, boxes: tuple[QRectF, ...]) -> None:
        """Burn covers into the page looked at (shares of it, 0 to 1); the page as it was stays sealed."""
        if not self.refs or not self._begin(COVERING):
            return
        keep = partial(self._keep, "mask_page", self._case_id, self._code, self.at)
        self._model.jobs.aside(partial(self._covered, self.refs[self.at], boxes), keep, self._ended)

    def others(self) -> tuple[Other, ...]:
        """What the page looked at may be compared with: the person's photo, the other pages of the case."""
        view = self._model.view
        person = next((one for one in view.principals if one.key == view.current_principal), None)
        photo = _photo(person.photo) if person is not None else b""
        found = [Other("证件照片", data=photo)] if photo else []
        here = self.refs[self.at] if self.refs else ""
        for material in view.case.materials if view.case is not None else ():
            for nth, ref in enumerate(material.pages, 1):
                if ref != here:
                    found.append(Other(f"{material.name} 第 {nth} 页", ref))
        return tuple(found)

    def fetch(self, ref: str, then: Callable[[bytes], None]) -> None:
        """A kept page, for whoever shows it beside."""
        self._model.jobs.aside(partial(self._model.counter.page, ref), then)

    def say(self, words: str) -> None:
        """Say something beside the page."""
        self.said = words
        self.changed.emit()

    def remove(self) -> None:
        """Take the page looked at away."""
        if self.refs and self._begin(REMOVING):
            self._model.do("remove_page", self._case_id, self._code, self.at)

    def step(self, by: int) -> None:
        """Look at the next or the previous page."""
        if self.refs:
            self.at = max(0, min(len(self.refs) - 1, self.at + by))
            self._look()

    # --- inside -----------------------------------------------------------------------------
    def _photograph(self, whole: bool, then: Callable[[bytes], None]) -> None:
        if self._begin(TAKING):
            self._model.jobs.aside(partial(self._model.counter.photograph, whole), then, self._ended)

    def _covered(self, ref: str, boxes: tuple[QRectF, ...]) -> bytes:
        return page_files.blackened(self._model.counter.page(ref), boxes)

    def _keep(self, verb: str, *place_and_data: object) -> None:
        self._model.do(verb, *place_and_data)

    def _begin(self, words: str) -> bool:
        """One thing at a time; a key pressed twice is one wish."""
        if not self.is_open or self.under_way:
            return False
        self.under_way, self.said = words, ""
        self.changed.emit()
        return True

    def _ended(self) -> None:
        self.under_way = ""
        if self.is_open:
            self.changed.emit()

    def _follow(self, before: VisitView | None, view: VisitView) -> None:
        if not self.is_open:
            return
        case = view.case
        found = next((m for m in case.materials if m.code == self._code), None) if case else None
        if case is None or case.case_id != self._case_id or case.number or found is None:
            self.close()
            self.closed.emit()
            return
        if found.pages != self.refs:
            grew = len(found.pages) > len(self.refs)
            self.refs, self.under_way = found.pages, ""
            self.at = len(self.refs) - 1 if grew else max(0, min(self.at, len(self.refs) - 1))
            self._look()

    def _look(self) -> None:
        """Fetch the picture of the page looked at."""
        ref = self.refs[self.at] if self.refs else ""
        if ref != self._shown:
            self._shown = ref
            self.picture.emit(None)
            if ref:
                self._model.jobs.aside(partial(self._model.counter.page, ref), partial(self._came, ref))
        self.changed.emit()

    def _came(self, ref: str, data: bytes) -> None:
        if ref == self._shown:
            self.picture.emit(data)

    def _refused(self, problem: Problem) -> None:
        if self.is_open:
            self.said = f"{problem.title}：{problem.advice}"
            self.changed.emit()
            QTimer.singleShot(0, self, self._model.notices.clear)  # said here, not again underneath

    def _came_to_nothing(self, verb: str) -> None:
        if verb in VERBS:
            self._ended()


def _photo(text: str) -> bytes:
    """A photo as the card gave it (base64); b"" where it is none."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""
