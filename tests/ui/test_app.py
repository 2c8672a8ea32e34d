from __future__ import annotations

import builtins
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.problems import Problem
from counter_app.settings import Settings
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02
from tests.fakes.desk import FakeCounter
from tests.fakes.stand import quiet
from ui.app import Starter, application, place_of

HEAVY = (
    "sqlalchemy",
    "sqlcipher3",
    "reportlab",
    "pypinyin",
    "smartcard",
    "qrcode",
    "cryptography",
    "msgspec",
)
FIRST_PAINT = """
import sys
from counter_app.settings import Settings
from ui.app import Starter, application
app, theme = application(Settings())
starter = Starter(app, lambda: None, Settings(), theme, False)
starter.window.painted.disconnect()
def painted():
    print(" ".join(m for m in sys.argv[1].split(",") if m in sys.modules) or "light")
    app.exit(0)
starter.window.painted.connect(painted)
starter.show()
sys.exit(app.exec())
"""


def test_an_import_no_longer_passes_through_qt(qapp: QApplication) -> None:
    application(Settings())
    assert builtins.__import__.__name__ != "__feature_import__"


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    told = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, ",".join((*HEAVY, "counter_app.catalog", "ui.faces.desk"))],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.strip() == "light", told.stderr


def test_the_window_comes_first_and_the_desk_follows(qtbot: Any, qapp: QApplication) -> None:
    app, theme = application(Settings())
    counter = FakeCounter(s.EMPTY, simulated=())
    starter = Starter(app, lambda: counter, Settings(lock_after_s=0), theme, True)
    starter.show()
    assert starter.window.desk is None
    qtbot.waitUntil(lambda: starter.window.desk is not None, timeout=5000)
    assert starter.window.desk.model.page == "idle"
    assert starter._panel is not None
    starter.close()
    assert counter.closed
    starter.window.close()
    starter.window.deleteLater()


def test_what_stands_in_the_way_of_starting_is_said(qtbot: Any, qapp: QApplication) -> None:
    app, theme = application(Settings())

    def refuse() -> Any:
        raise Problem("store-locked")

    starter = Starter(app, refuse, Settings(), theme, False)
    starter.show()
    words = lambda: [w.text() for w in starter.window.findChildren(QLabel)]  # noqa: E731
    qtbot.waitUntil(lambda: "数据文件夹正被使用" in words(), timeout=5000)
    starter.close()
    starter.window.deleteLater()


def test_a_fault_of_ours_is_calm_and_logged_without_values(
    stand: Callable[..., Any], qtbot: Any, expect_log: Callable[[str], None]
) -> None:
    made = stand(s.FILLING)
    app, theme = application(Settings())
    starter = Starter(app, lambda: made.counter, Settings(), theme, False)
    starter._keeper = type("Keeper", (), {"desk": made.desk, "close": lambda self: None})()
    expect_log("fault in the desk: ValueError at ")
    fault = ValueError("370102194803121526")
    assert "370102" not in place_of(fault)
    starter.calm(ValueError, fault)
    assert made.desk.calm.isVisible()
    made.desk.calm._button.click()
    assert made.desk.calm.isHidden()
    starter.window.deleteLater()


def test_a_desk_is_freed_when_its_window_closes(stand: Callable[..., Any], qtbot: Any) -> None:
    made = stand(s.FILLING)
    for page in ("check", "speaker", "basis", "refuse"):
        made.model.go(checking=page == "check", aside="" if page == "check" else page)
    made.model.go(checking=False, aside="")
    gone: list[str] = []
    made.desk.destroyed.connect(lambda: gone.append("desk"))
    made.window.close()
    made.window.deleteLater()
    made.desk = made.model = made.window.desk = None
    qtbot.waitUntil(lambda: gone == ["desk"])


def test_visits_leave_no_widgets_behind(stand: Callable[..., Any], qtbot: Any) -> None:
    from PySide6.QtWidgets import QWidget

    made = stand(s.EMPTY)

    def visit() -> None:
        made.counter.put(**_of(s.FILLING))
        qtbot.waitUntil(lambda: made.model.page == "fill")
        made.counter.put(case=BX02)
        qtbot.waitUntil(lambda: "invoices" in made.desk.work.page.form.rows)
        made.counter.put(**_of(s.DONE))
        qtbot.waitUntil(lambda: made.model.page == "done")
        made.counter.put(**_of(s.EMPTY))
        qtbot.waitUntil(lambda: made.model.page == "idle")
        quiet(qtbot, made)  # a page that still grows would be counted half

    def count() -> int:
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
        QApplication.processEvents()
        return len(made.window.findChildren(QWidget))

    work = made.desk.work
    qtbot.waitUntil(lambda: len(work._pages) == len(work._found))  # every page is built ahead
    visit()
    before = count()
    for _ in range(5):
        visit()
    assert count() <= before


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_this_pyside_loses_no_reference_to_none(qtbot: Any, size: Callable[[str], int]) -> None:
    shown = QLabel()
    before = sys.getrefcount(None)
    for n in range(size("none_references")):
        shown.setText(str(n))
    assert sys.getrefcount(None) > before - 50


def _of(view: Any) -> dict[str, Any]:
    people = ("ticket", "visit_open", "principals", "current_principal", "speaker")
    cases = ("tiles", "case", "suggestions", "saved_at")
    return {name: getattr(view, name) for name in (*people, *cases)}
