"""The tasks of a first day in a training hall, and when each is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import tomli

import resources
from counter_app.domain.value import Value
from counter_app.services.visit_view import VisitView


class Task(Value, frozen=True):
    """One thing to do with one's own hands: what, how, and the condition by which it is done."""

    title: str
    how: str
    done: str


def tasks() -> tuple[Task, ...]:
    """The tasks of a first day, in order. Raises KeyError for a condition nobody looks for."""
    table = tomli.loads(resources.read_bytes("training/tasks.toml").decode("utf-8"))
    found = tuple(Task(**row) for row in table["task"])
    for task in found:
        _CONDITIONS[task.done]
    return found


def is_done(task: Task, view: VisitView) -> bool:
    """Whether what the desk shows now has the task done; whoever asks remembers it."""
    return _CONDITIONS[task.done](view)


def _has_received(view: VisitView) -> bool:
    return view.case is not None and any(one.state == "received" for one in view.case.materials)


_CONDITIONS: Mapping[str, Callable[[VisitView], bool]] = {
    "called": lambda view: view.visit_open,
    "witnessed": lambda view: any(one.witness == "verified" for one in view.principals),
    "opened": lambda view: view.case is not None,
    "received": _has_received,
    "checking": lambda view: view.case is not None and view.case.checked,
    "accepted": lambda view: any(tile.number for tile in view.tiles),
    "agent": lambda view: view.speaker is not None and view.speaker.kind == "kin",
    "helped": lambda view: view.helped,
    "elder": lambda view: view.elder,
    "offline": lambda view: not view.online and any(tile.number for tile in view.tiles),
    "locked": lambda view: view.locked,
}
