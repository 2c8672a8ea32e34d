"""What each key does: one small function per action of the keymap, none of them holding a rule."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from counter_app.problems import Problem
from counter_app.services.visit_view import VisitView
from ui import theme
from ui.faces.device_actions import DeviceActions
from ui.faces.rare_actions import RareActions
from ui.faces.ways import Ways

if TYPE_CHECKING:
    from ui.faces.desk import Desk

DWELL_S = 0.5  # a page must have been seen this long before a key may submit from it
NO_SCREEN = "本机没有接群众副屏"


class Actions:
    """Actions by name. `run` tells whether a name is known."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._model = desk.model
        self._ways = Ways(desk)
        self._asking = desk.asking
        self.rare = RareActions(desk)
        self._shown_at = time.monotonic()
        self._model.page_changed.connect(self._page_changed)
        self._table: dict[str, Callable[[], object]] = {
            **self._over(),
            **self._case(),
            **self._people(),
            **self._form(),
            **self._ways.table(),
            **DeviceActions(desk).table(),
            **self.rare.table(),
        }

    def run(self, action: str) -> bool:
        """Do it."""
        act = self._table.get(action)
        if act is None:
            return self._numbered(action)
        act()
        return True

    @property
    def was_seen(self) -> bool:
        """Whether the page has stood long enough for a key to submit from it."""
        return time.monotonic() - self._shown_at >= DWELL_S

    # --- tables -----------------------------------------------------------------------------
    def _over(self) -> dict[str, Callable[[], object]]:
        desk = self._desk
        return {
            "help": desk.toggle_help,
            "palette": partial(desk.open_palette, ""),
            "filings": partial(desk.open_palette, "<"),
            "close": desk.close_one,
            "lock": desk.lock,
            "theme": lambda: desk.restyle(theme.other(desk.theme.name), desk.theme.scale),
            "larger": partial(self._scale, 1),
            "smaller": partial(self._scale, -1),
            "normal_size": partial(self._scale, 0),
            "next_pane": partial(desk.walk_panes, 1),
            "previous_pane": partial(desk.walk_panes, -1),
            "reports": partial(self._anywhere, "reports"),
            "news": partial(self._anywhere, "news"),
            "citizen_screen": self._citizen_screen,
        }

    def _case(self) -> dict[str, Callable[[], object]]:
        model, materials = self._model, self._desk.materials
        return {
            "add_case": self._add_case,
            "materials": self._materials,
            "receive": partial(materials.act, "receive"),
            "defer": partial(materials.act, "defer"),
            "commit": partial(materials.act, "commit"),
            "photograph": partial(self._in_case, self._photograph),
            "check": self._check,
            "confirm": partial(self._in_case, partial(model.do, "check", True, then=self._confirmed)),
            "submit": self._submit,
            "submit_all": self._submit_all,
            "give_notice": partial(self._in_case, partial(model.do, "give_notice")),
            "tell_once": self._tell_once,
            "tell_card_unlock": self._tell_card_unlock,
            "sign": partial(self._in_case, self._asking.sign),
            "finger": partial(self._in_case, self._asking.finger),
            "attest": partial(self._aside, "attest", True),
            "receive_only": partial(self._in_case, partial(model.do, "receive_only")),
            "refuse": self._refuse,
            "basis": partial(self._aside, "basis", True),
            "bills": partial(self._aside, "bills", True),
        }

    def _people(self) -> dict[str, Callable[[], object]]:
        model = self._model
        return {
            "read_card": model.read_card,
            "call": self._call,
            "call_next": partial(model.do, "call_next"),
            "speaker": partial(self._aside, "speaker", False),
            "add_person": partial(self._aside, "add_person", False),
            "add_employer": partial(self._aside, "add_person", False),
            "list": partial(self._aside, "list", False),
            "add_child": partial(model.do, "add_child", ""),
            "next_principal": self._next_principal,
            "reveal": self._reveal,
            "witness": partial(self._with_person, partial(model.do, "witness", "verified")),
            "hold": partial(self._in_visit, partial(model.do, "hold")),
            "finish": partial(self._in_visit, partial(model.do, "finish")),
            "serve_walk_in": partial(model.do, "serve_walk_in"),
            "recall": partial(self._in_visit, partial(model.do, "recall")),
            "miss": partial(self._in_visit, partial(model.do, "miss")),
            "toggle_elder": partial(self._in_visit, partial(model.do, "toggle_elder")),
            "turn_tongue": partial(self._in_visit, partial(model.do, "turn_tongue")),
            "toggle_help": partial(self._with_person, partial(model.do, "toggle_help")),
        }

    def _form(self) -> dict[str, Callable[[], object]]:
        work, model = self._desk.work, self._model
        return {
            "next_field": partial(work.step, 1),
            "previous_field": partial(work.step, -1),
            "next_error": partial(work.walk_errors, 1),
            "previous_error": partial(work.walk_errors, -1),
            "bring_over": partial(self._in_case, partial(model.do, "bring_over")),
            "undo": partial(model.do, "undo"),
            "redo": partial(model.do, "redo"),
        }

    def _numbered(self, action: str) -> bool:
        name, _, number = action.rpartition("_")
        if name == "field" and number.isdecimal():
            self._desk.work.focus_nth(int(number))
        elif name == "case" and number.isdecimal():
            tile = next((t for t in self._model.view.tiles if t.nth == int(number)), None)
            if tile is not None:
                self._model.do("focus_case", tile.case_id)
        else:
            return False
        return True

    # --- the few with more to say -----------------------------------------------------------
    def _check(self) -> None:
        """F8: on the form, look for what is wrong and show the answers; on the answers, go back."""
        if self._model.page == "check":
            self._model.go(checking=False)
            return
        self._in_case(partial(self._model.do, "check", False, then=self._checked))

    def _checked(self, view: VisitView) -> None:
        if view.case is not None and not view.case.problems and not view.case.number:
            self._model.go(checking=True)

    def _confirmed(self, view: VisitView) -> None:
        """Agreed but not submitted: turn to the next case that is still open."""
        current = view.case.case_id if view.case else ""
        waiting = [t for t in view.tiles if not t.number and t.case_id != current and t.step != "check"]
        if view.case is not None and view.case.checked and waiting:
            self._model.do("focus_case", waiting[0].case_id)
        else:
            self._model.go(checking=False)

    def _submit(self) -> None:
        """F10: from the answers it says that the citizen agreed; from the form it leads to them first."""
        case = self._model.view.case
        if case is None or case.number:
            self._tell("没有待提交的办件", "按 F2 加办一件，或按 Ctrl+1…9 切换。")
        elif self._model.page == "check":
            if self.was_seen and not self._model.is_busy("agree_and_submit"):
                self._model.agree_and_submit()
        elif case.checked:
            self._model.do("submit")
        else:
            self._check()

    def _submit_all(self) -> None:
        waiting = [tile for tile in self._model.view.tiles if not tile.number]
        if not waiting:
            self._tell("没有待提交的办件")
        elif not any(tile.step == "check" for tile in waiting):
            self._tell("还没有核对过的办件", "请逐件按 F8 核对，群众确认后再全部提交。")
        else:
            self._model.do("submit_all")

    def _photograph(self) -> None:
        """Ctrl+S: the pages of the current material; once more, the next page."""
        case, material = self._model.view.case, self._desk.materials.current
        if self._desk.pages.again() or case is None:
            return
        if case.number:
            self._tell("这一件已经受理", "材料影像随件封存，不能再加。")
        elif material is None:
            self._tell("没有要拍的材料", "先用 F4 和上下键选中一份材料。")
        else:
            self._model.flush()
            self._desk.pages.open(case, material)

    def _call(self) -> None:
        """F9: call; while a number is at the window, the visit asks what becomes of it."""
        view = self._model.view
        if view.ticket is not None and not view.principals:
            self._model.do("recall")
        elif view.tiles and all(tile.number for tile in view.tiles):
            self._model.do("finish", then=self._then_call)  # nothing is left to ask about
        else:
            self._model.do("call_next")

    def _then_call(self, view: VisitView) -> None:
        if not view.visit_open:
            self._model.do("call_next")

    def _add_case(self) -> None:
        if self._model.view.principals:
            self._desk.open_palette("")
        else:
            self._tell("还没有办理对象", "请插卡、扫医保码，或输入证件号码。")

    def _tell_once(self) -> None:
        """Ctrl+I: of the row chosen in the palette, else of the case in hand; else ask which."""
        row = self._desk.palette_.current
        if row is None and self._desk.palette_.edit.text() and not self._desk.palette_.isHidden():
            self._tell("没有找到可出告知单的事项", "可换首字母、代码或别的叫法，选中后再按 Ctrl+I。")
        elif row is not None and row.kind == "type":
            self._desk.palette_.fold()
            self._model.do("tell_once", row.code, then=self._told)
        elif self._model.view.case is not None:
            self._model.do("tell_once", then=self._told)
        else:
            self._desk.open_palette("")
            self._tell("出哪一项的告知单", "选中事项后再按 Ctrl+I。")

    def _refuse(self) -> None:
        """Ctrl+J: of a filing chosen in the palette, send it back; else refuse the case in hand."""
        row = self._desk.palette_.current
        if row is not None and row.kind == "filing":
            self._ways.send_back_row(row)
        else:
            self._aside("refuse", True)

    def _tell_card_unlock(self) -> None:
        def told(view: VisitView) -> None:
            self._tell("解锁指引已送打印", "本次可改用身份证或医保码继续办理。")

        self._model.do("tell_card_unlock", then=told)

    def _told(self, view: VisitView) -> None:
        self._tell("一次性告知单已送打印")

    def _citizen_screen(self) -> None:
        """F11: cover what the citizen sees, or show it again."""
        side = self._desk.citizen
        if side is None or not side.switch():
            self._tell(NO_SCREEN, "核对时请把屏幕转向群众，或逐项读给群众听。")
        elif side.is_covered:
            self._tell("群众副屏已遮住", "再按 F11 恢复。")
        else:
            self._tell("群众副屏已恢复")

    def _materials(self) -> None:
        if not self._desk.materials.focus_in():
            self._tell("没有要收的材料")

    def _aside(self, page: str, needs_case: bool) -> None:
        view = self._model.view
        if needs_case and (view.case is None or (view.case.number and page == "refuse")):
            self._tell("没有打开的办件", "按 F2 加办一件。")
        elif not view.principals:
            self._tell("还没有办理对象", "请插卡、扫医保码，或输入证件号码。")
        else:
            self._model.flush()
            self._model.go(aside="" if self._model.wish.aside == page else page)

    def _anywhere(self, page: str) -> None:
        """A page about nobody in particular; once more, back."""
        self._model.flush()
        self._model.go(aside="" if self._model.wish.aside == page else page)

    def _next_principal(self) -> None:
        view = self._model.view
        keys = [person.key for person in view.principals]
        if len(keys) > 1:
            at = keys.index(view.current_principal) if view.current_principal in keys else -1
            self._model.do("focus_principal", keys[(at + 1) % len(keys)])

    def _reveal(self) -> None:
        """Ctrl+R: the masked field somebody stands in, else the person on the banner."""
        field = self._desk.work.masked_here()
        if self._model.view.principals and (field or self._desk.banner.key):
            self._model.reveal(field or self._desk.banner.key)

    def _in_case(self, act: Callable[[], object]) -> None:
        if self._model.view.case is None:
            self._model.notices.refuse(Problem("not-open"))
        else:
            act()

    def _in_visit(self, act: Callable[[], object]) -> None:
        if self._model.view.visit_open:
            act()
        else:
            self._tell("窗口空闲", "按 F9 呼叫下一位。")

    def _with_person(self, act: Callable[[], object]) -> None:
        if self._model.view.principals:
            act()
        else:
            self._model.notices.refuse(Problem("nobody-identified"))

    def _tell(self, title: str, text: str = "") -> None:
        self._model.notices.tell(title, text)

    def _scale(self, by: int) -> None:
        self._desk.restyle(self._desk.theme.name, theme.step(self._desk.theme.scale, by))

    def _page_changed(self, page: str) -> None:
        self._shown_at = time.monotonic()
