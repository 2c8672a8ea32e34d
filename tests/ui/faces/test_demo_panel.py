"""The training panel: every device by its name, and what can be done to one once its name is pressed."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton

from counter_app.services.training import SimulatedAction
from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from ui.faces.demo_panel import DemoPanel

OPEN = "▾ 演示设备：点一下就像真的"


def actions(did: list[str]) -> list[SimulatedAction]:
    rows = (
        ("取号机", "取一个号"),
        ("读卡器", "插卡　王敏"),
        ("签名板", "接上签名板"),
        ("签名板", "群众签字"),
    )
    return [SimulatedAction(title, group, partial(did.append, title)) for group, title in rows]


def titles(panel: DemoPanel) -> list[str]:
    return [made.text() for made in panel.findChildren(QPushButton) if made.isVisible()]


def test_a_device_is_opened_by_its_name_and_made_to_act(stand: Any, qtbot: Any) -> None:
    did: list[str] = []
    made = stand(s.FILLING)
    panel = DemoPanel(made.model, actions(did))
    qtbot.addWidget(panel)
    panel.beside(made.window)
    assert titles(panel) == [OPEN, "▾ 取号机", "取一个号", "▾ 读卡器", "插卡　王敏", "▸ 签名板"]
    panel.groups["签名板"].head.click()
    assert titles(panel)[-3:] == ["▾ 签名板", "接上签名板", "群众签字"]
    next(one for one in panel.findChildren(QPushButton) if one.text() == "接上签名板").click()
    quiet(qtbot, made)
    assert did == ["接上签名板"]
    panel.groups["签名板"].head.click()
    assert titles(panel)[-1] == "▸ 签名板"


def test_folded_it_lies_over_nothing_the_page_says(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    panel = DemoPanel(made.model, actions([]))
    qtbot.addWidget(panel)
    panel.beside(made.window)
    before = panel.geometry()
    panel.head.click()
    assert titles(panel) == ["▸ 演示设备"]
    work = made.desk.work
    page = work.rect().translated(work.mapToGlobal(work.rect().topLeft()))
    assert not panel.geometry().intersects(page)
    panel.head.click()
    assert titles(panel)[:2] == [OPEN, "▾ 取号机"]
    assert panel.geometry() == before


def test_a_reader_that_is_plugged_in_while_the_check_page_is_up_can_be_used(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.model.go(checking=True)
    quiet(qtbot, made)
    shown = lambda: "按指纹" in [b.text() for b in made.window.findChildren(QPushButton) if b.isVisible()]  # noqa: E731
    assert not shown()
    made.counter.able = {"finger"}
    made.model.go(checking=False)
    made.model.go(checking=True)
    quiet(qtbot, made)
    assert shown()
