"""Every page of the desk, photographed and reviewed at the sizes halls have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from counter_app.catalog.characters import Found
from counter_app.problems import Problem
from counter_app.services.covered import covered
from counter_app.services.visit_view import ChoiceView, CrossView
from drivers.protocols import DeviceHealth, Fault
from tests.fakes import days
from tests.fakes import snapshots as s
from tests.fakes.page_pictures import page_picture
from tests.fakes.report_tables import tables
from tests.ui import checks
from tests.ui.conftest import quiet
from ui.ports import PaletteRow

SCREENS = Path(__file__).resolve().parents[2] / "_screens"
RARE = tuple(
    Found(char, f"U+{ord(char):04X}", reading, strokes)
    for char, reading, strokes in (
        ("䶮", "yǎn", 9),
        ("𠲎", "fèi", 9),
        ("𬱖", "yǐ", 13),
        ("\U0002ebf0", "", 12),
        ("姸", "yán", 9),
    )
)
SIZES = (
    (1280, 672, 100),
    (1366, 728, 100),
    (1920, 1040, 100),
    (1280, 672, 150),
    pytest.param(1366, 728, 125, marks=pytest.mark.long),
    pytest.param(1366, 728, 150, marks=pytest.mark.long),
    pytest.param(1920, 1040, 150, marks=pytest.mark.long),
)


def idle(qtbot: Any, make: Any) -> Any:
    return make(s.EMPTY, simulated=())


def held(qtbot: Any, make: Any) -> Any:
    return make(s.replace(s.EMPTY, held=s.HELD))


def identify(qtbot: Any, make: Any) -> Any:
    return make(s.CALLED)


def choose(qtbot: Any, make: Any) -> Any:
    return make(s.KNOWN)


def fill(qtbot: Any, make: Any) -> Any:
    return make(s.FILLING)


def table(qtbot: Any, make: Any) -> Any:
    return make(s.replace(s.FILLING, case=s.BX02))


def errors(qtbot: Any, make: Any) -> Any:
    return make(s.LONG)


def employer(qtbot: Any, make: Any) -> Any:
    return make(s.replace(s.LONG, current_principal="e1"))


def check(qtbot: Any, make: Any) -> Any:
    made = make(s.LONG)
    made.model.go(checking=True)
    return made


def check_table(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.FILLING, case=s.BX02))
    made.model.go(checking=True)
    return made


def done(qtbot: Any, make: Any) -> Any:
    return make(s.DONE)


def speaker(qtbot: Any, make: Any) -> Any:
    made = make(s.LONG)
    made.model.go(aside="speaker")
    return made


def refuse(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.model.go(aside="refuse")
    return made


def bills(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.model.go(aside="bills")
    return made


def basis(qtbot: Any, make: Any) -> Any:
    made = make(s.LONG)
    made.model.go(aside="basis")
    return made


def basis_sum(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.FILLING, case=s.replace(s.BX02, estimate=s.ESTIMATE)))
    made.model.go(aside="basis")
    return made


def reports(qtbot: Any, make: Any) -> Any:
    made = make(s.EMPTY)
    made.counter.tables = tables()
    made.model.go(aside="reports")
    return made


def reports_one(qtbot: Any, make: Any) -> Any:
    made = reports(qtbot, make)
    quiet(qtbot, made)
    made.page()._open("compression")
    return made


def add_person(qtbot: Any, make: Any) -> Any:
    made = make(s.KNOWN)
    made.model.go(aside="add_person")
    return made


def listed(qtbot: Any, make: Any) -> Any:
    made = make(s.KNOWN)
    made.model.go(aside="list")
    return made


def verify(qtbot: Any, make: Any) -> Any:
    waiting = s.replace(s.DONE.tiles[0], provisional=True)
    made = make(
        s.replace(
            s.DONE,
            case=s.replace(s.DONE_CASE, provisional=True),
            tiles=(waiting, *s.DONE.tiles[1:]),
        )
    )
    made.desk.actions_.run("verify")
    return made


def provisional(qtbot: Any, make: Any) -> Any:
    made = verify(qtbot, make)
    made.model.go(aside="")
    return made


def cross(qtbot: Any, make: Any) -> Any:
    made = crossed(qtbot, make)
    made.desk.actions_.run("cross")
    return made


def crossed(qtbot: Any, make: Any) -> Any:
    offered = CrossView((ChoiceView("370203", "市北区"),), "370203", "市北区", "insured")
    return make(s.replace(s.FILLING, case=s.replace(s.YD01, cross=offered)))


def device_page(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.desk.actions_.run("devices")
    return made


def device_choice(qtbot: Any, make: Any) -> Any:
    made = device_page(qtbot, make)
    quiet(qtbot, made)
    made.page().open_choice("printer")
    return made


def device_drivers(qtbot: Any, make: Any) -> Any:
    made = device_page(qtbot, make)
    quiet(qtbot, made)
    made.page().open_drivers()
    return made


def device_profiles(qtbot: Any, make: Any) -> Any:
    made = device_page(qtbot, make)
    quiet(qtbot, made)
    made.page().open_profiles()
    return made


def device_lost(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    lost(made)
    return made


def lost(made: Any, role: str = "printer", code: str = "printer-absent") -> None:
    """A device that worked is gone."""
    made.counter.tell(DeviceHealth(role, "x.y", True))
    made.counter.tell(DeviceHealth(role, "x.y", False, code, "HP_LaserJet_3F"))


def repair(qtbot: Any, make: Any) -> Any:
    made = device_lost(qtbot, make)
    qtbot.waitUntil(lambda: made.model.device_watch.newest is not None)
    made.desk.actions_.run("repair")
    return made


def alone(page: str, subject: str = "", about: str = "") -> Any:
    def scene(qtbot: Any, make: Any) -> Any:
        made = make(s.EMPTY)
        made.model.go(aside=page, subject=subject, about=about)
        return made

    return scene


def day(part: str, session: Any = s.EMPTY.session) -> Any:
    def scene(qtbot: Any, make: Any) -> Any:
        made = make(s.replace(s.EMPTY, session=session))
        made.counter.visit.answers = days.ANSWERS
        made.desk.actions_.run(f"day_{part}")
        return made

    return scene


def outage(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.EMPTY, hall_now=days.DOWN))
    made.counter.visit.answers = days.ANSWERS
    made.desk.actions_.run("outage")
    return made


def outage_after(qtbot: Any, make: Any) -> Any:
    made = make(s.EMPTY)
    made.counter.visit.answers = days.ANSWERS
    made.desk.actions_.run("hall_page")
    return made


def hall_band(qtbot: Any, make: Any) -> Any:
    return make(s.replace(covered(s.FILLING), hall_now=days.HELP))


def photograph(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.counter.lens = [page_picture(), page_picture("出院小结")]
    made.desk.materials.focus_in("M_SETTLE")
    made.desk.actions_.run("photograph")
    quiet(qtbot, made)
    made.desk.actions_.run("photograph")
    return made


def photograph_cover(qtbot: Any, make: Any) -> Any:
    made = photograph(qtbot, make)
    quiet(qtbot, made)
    made.desk.pages.cover()
    return made


def photograph_compare(qtbot: Any, make: Any) -> Any:
    made = photograph(qtbot, make)
    quiet(qtbot, made)
    made.desk.pages.compare()
    return made


def photograph_none(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.counter.lens = [Fault("page-camera-none", "document_camera")]
    made.desk.materials.focus_in("M_SETTLE")
    made.desk.actions_.run("photograph")
    return made


def filings(qtbot: Any, make: Any) -> Any:
    made = make(s.EMPTY)
    made.counter.rows = (
        PaletteRow("filing", "app:W1", "<异地就医备案　李*芳", "网上·示例平台，2026-11-22 申报，已齐全"),
    )
    made.desk.open_palette("<")
    return made


def palette(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.counter.rows = tuple(PaletteRow("type", c.code, c.label, "ydjy", c.code) for c in s.SUGGESTIONS)
    made.desk.open_palette("")
    return made


def help_keys(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.desk.toggle_help()
    return made


def locked(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.desk.lock()
    return made


def locked_secured(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.EMPTY, session=s.SECURED))
    made.desk.lock()
    return made


def locked_demo(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.EMPTY, session=s.DEMO))
    made.desk.lock()
    return made


def sign_in(qtbot: Any, make: Any) -> Any:
    return make(s.replace(s.EMPTY, session=s.LEFT, locked=True, clerk_no="", clerk_name=""))


def sign_in_new(qtbot: Any, make: Any) -> Any:
    """Everything it can ask at once, refused with its longest words."""
    made = sign_in(qtbot, make)
    made.model.jobs.refused.emit(Problem("code-needed", "code"))
    made.model.jobs.refused.emit(Problem("password-weak", "new_password", "须同时有字母、数字、符号中的两种"))
    return made


def calm(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.desk.show_calm()
    return made


def notice(qtbot: Any, make: Any) -> Any:
    told = s.problem(
        "voucher-expired",
        "",
        "医保码已失效",
        "医保码约一分钟更换一次，这一个已过期。",
        "请参保人刷新医保码后重扫。",
    )
    made = make(s.KNOWN)
    made.counter.put(notices=(told,))
    qtbot.waitUntil(lambda: bool(made.model.notices.current))
    return made


def prompt(kind: str) -> Any:
    def scene(qtbot: Any, make: Any) -> Any:
        return make(s.replace(s.FILLING, prompt=s.PROMPTS[kind]))

    return scene


def rare(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.editor("addr").setFocus()
    made.desk.actions_.run("rare")
    panel = made.desk.actions_.rare.panel
    panel.model.find = lambda text: (RARE, ())
    panel.edit.setText("yan 9")
    panel.model.look("yan 9")
    quiet(qtbot, made)
    return made


SCENES = {
    "idle": idle,
    "held": held,
    "identify": identify,
    "choose": choose,
    "fill": fill,
    "table": table,
    "errors": errors,
    "employer": employer,
    "check": check,
    "check-table": check_table,
    "done": done,
    "speaker": speaker,
    "refuse": refuse,
    "basis": basis,
    "basis-sum": basis_sum,
    "add-person": add_person,
    "list": listed,
    "verify": verify,
    "provisional": provisional,
    "cross": cross,
    "crossed": crossed,
    "send-back": alone("send_back", "app:W1", "异地就医备案　李*芳"),
    "package": alone("package"),
    "bills": bills,
    "home-visit": alone("home_visit"),
    "book-visit": alone("book_visit", "261122-001-A2B-0001-K"),
    "filings": filings,
    "day-open": day("open"),
    "day-hand": day("hand"),
    "day-close": day("close"),
    "day-close-secured": day("close", s.SECURED),
    "day-hand-secured": day("hand", s.SECURED),
    "outage": outage,
    "outage-after": outage_after,
    "hall-band": hall_band,
    "photograph": photograph,
    "photograph-cover": photograph_cover,
    "photograph-compare": photograph_compare,
    "photograph-none": photograph_none,
    "reports": reports,
    "reports-one": reports_one,
    "devices": device_page,
    "devices-choice": device_choice,
    "devices-drivers": device_drivers,
    "devices-profiles": device_profiles,
    "device-lost": device_lost,
    "repair": repair,
    "palette": palette,
    "rare": rare,
    "help": help_keys,
    "locked": locked,
    "locked-secured": locked_secured,
    "locked-demo": locked_demo,
    "sign-in": sign_in,
    "sign-in-new": sign_in_new,
    "calm": calm,
    "notice": notice,
    **{f"prompt-{kind}": prompt(kind) for kind in s.PROMPTS},
}


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_page_is_whole(name: str, width: int, height: int, scale: int, stand: Any, qtbot: Any) -> None:
    def make(view: Any, simulated: Any = None) -> Any:
        return stand(view, (width, height), "light", scale, simulated)

    made = SCENES[name](qtbot, make)
    quiet(qtbot, made)
    picture = SCREENS / f"{name}.{width}x{height}.{scale}.png"
    picture.parent.mkdir(exist_ok=True)
    made.window.grab().save(str(picture))
    assert made.window.size() == QSize(width, height), "the window grew beyond the screen"
    assert checks.clipped(made.window) == []
    assert checks.overlaps(made.window) == []
    assert checks.outside(made.window) == []
    assert checks.small_fonts(made.window) == []
    assert checks.small_targets(made.window) == []
    assert checks.unnamed(made.window) == []


@pytest.mark.parametrize("theme", ["light", "contrast"])
@pytest.mark.parametrize(
    "name",
    ["errors", "table", "done", "palette", "prompt-witness", "locked", "sign-in-new", "idle", "reports-one"],
)
def test_words_are_not_pale(name: str, theme: str, stand: Any, qtbot: Any) -> None:
    def make(view: Any, simulated: Any = None) -> Any:
        return stand(view, (1366, 728), theme, 100, simulated)

    made = SCENES[name](qtbot, make)
    quiet(qtbot, made)
    made.window.grab().save(str(SCREENS / f"{name}.{theme}.png"))
    assert checks.pale(made.window, 4.5) == []


def test_the_checks_can_fail(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    button = made.desk.strip.findChildren(type(made.desk.top.call_button))[0]
    button.setText("一个长得在这里无论如何都放不下的名字")
    made.desk.top.call_button.setFixedSize(20, 20)
    title = made.desk.materials._title
    title.setStyleSheet("color: #cccccc; background: white; font-size: 9px")
    QApplication.processEvents()
    assert checks.clipped(made.window)
    assert checks.small_targets(made.window)
    assert checks.small_fonts(made.window)
    assert checks.pale(made.window)
