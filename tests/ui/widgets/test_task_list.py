"""The checklist of a first day: ticked by what the desk shows, and a tick stays."""

from __future__ import annotations

from typing import Any

from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import YD01
from ui.faces.demo_panel import DemoPanel
from ui.viewmodels.tasks import is_done, tasks
from ui.widgets.task_list import TaskList

LEARNING = s.replace(s.EMPTY, training=True)
WHOLE = s.replace(
    s.LONG,
    locked=True,
    case=s.replace(YD01, checked=True),
    tiles=(s.replace(s.TILES[0], number="261122-001-A2B-0001-K"),),
    principals=(s.replace(s.LONG.principals[0], witness="verified"),),
)


def test_each_task_has_its_own_condition_and_can_be_done() -> None:
    assert len({task.done for task in tasks()}) == len(tasks())
    assert not any(is_done(task, LEARNING) for task in tasks())
    assert [task.title for task in tasks() if not is_done(task, WHOLE)] == []


def test_a_tick_stays_when_the_visit_is_over(stand: Any) -> None:
    made = stand(LEARNING)
    listed = TaskList(made.model)
    assert listed.done == frozenset()
    listed.look(s.replace(LEARNING, visit_open=True))
    listed.look(LEARNING)
    assert listed.done == {tasks()[0].title}
    assert not listed._rows[0][2].isVisibleTo(listed)
    assert listed._rows[1][2].isVisibleTo(listed)
    listed.look(WHOLE)
    assert "全部完成" in listed._head.text()


def test_the_panel_of_a_training_has_tasks_and_devices_that_of_a_demo_only_devices(stand: Any) -> None:
    made = stand(LEARNING)
    panel = DemoPanel(made.model, [])
    assert panel.tasks.done == frozenset()
    made = stand(s.EMPTY)
    assert not hasattr(DemoPanel(made.model, []), "tasks")
