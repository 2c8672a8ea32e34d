"""A simulated device that waits for a person, behind a compiled library: what the four families share.

Who stands before it answers when somebody acts (`devices simulate`), or at once as the mode says. A library
that is gone is asked for no more.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_library import DEEDS, Cable, Call, Reply, library

WAIT, SILENT, DONE, CANCEL, LATE = "wait", "silent", "ok", "cancel", "late"
_MODES = (
    Choice(WAIT, "等人操作"),
    Choice(SILENT, "一直不应答"),
    Choice(DONE, "马上完成"),
    Choice(CANCEL, "取消"),
    Choice(LATE, "超时无人"),
    Choice("crash", "厂商库崩溃"),
    Choice("exit", "厂商库退出"),
    Choice("hang", "厂商库不返回"),
    Choice("overrun", "厂商库写越界"),
    Choice("garbage", "数据混乱"),
)
_LONGEST_S = 600.0
_PATIENCE_S = 5.0
_KEPT = 50


@dataclass
class _Question:
    """What is being asked now; a byte on `answered` ends the wait."""

    what: str
    end: socket.socket
    answered: socket.socket
    act: str = ""
    given: Mapping[str, str] = field(default_factory=dict)


class AskedDevice:
    """Base of a simulated device; a family says its `name`, `title`, library, acts, and what it replies.

    `shown` is everything it ever showed, oldest first. `config` opens the family's driver on it. Raises Fault
    `device-unavailable` where no library can be compiled.
    """

    name = ""
    title = ""
    more_modes: tuple[Choice, ...] = ()
    risky: tuple[str, ...] = ()  # the calls in which the library crashes, hangs or overruns

    def __init__(self, folder: Path, source: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lib = library(source, folder)
        wire = lib.with_name(lib.name + ".wire")
        self.config: Mapping[str, str] = {"lib": str(lib), "port": str(wire)}
        self.mode = WAIT
        self.shown: list[str] = []
        self._question: _Question | None = None
        self._changed = threading.Condition()
        self._cable = Cable(wire, self._heard)

    def acts(self) -> tuple[Action, ...]:
        """What the person before it can do, besides going away."""
        raise NotImplementedError

    def reply(self, call: Call) -> Reply:
        """What the device answers one call of its library."""
        raise NotImplementedError

    def actions(self) -> tuple[Action, ...]:
        """The person's acts, cancel, look, behave, plug."""
        modes = Parameter("mode", "表现", (*_MODES, *self.more_modes), WAIT)
        return (
            *self.acts(),
            Action(CANCEL, "按取消"),
            Action("look", "看" + self.title),
            Action("behave", self.title + "的表现", (modes,)),
            Action("unplug", "拔掉" + self.title),
            Action("plug", "接上" + self.title),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action in ("unplug", "plug"):
            self._cable.unplug() if action == "unplug" else self._cable.plug()
            return "已拔掉" if action == "unplug" else "已接上"
        if action == "look":
            return self.seen() or "（空）"
        if action == "behave":
            self._behave(given.get("mode", WAIT))
            return "好"
        if action != CANCEL and action not in {act.name for act in self.acts()}:
            raise Refused(f"没有这个动作：{action}")
        self._act(action, given)
        return "好"

    def seen(self) -> str:
        """What a person before it sees now."""
        question = self._question
        return question.what if question is not None else ""

    def show(self, words: str) -> None:
        """Keep what is shown now."""
        self.shown = [*self.shown[-_KEPT:], words]

    def close(self) -> None:
        """Take it away."""
        self._cable.unplug()

    def asked(self, call: Call, what: str, limit_s: float = _LONGEST_S) -> tuple[str, Mapping[str, str]]:
        """Wait for the person: what they did (an act, cancel, late) and with which values."""
        if self.mode not in (WAIT, SILENT):
            return self.mode, {}
        end, answered = socket.socketpair()
        question = _Question(what, end, answered)
        with end, answered:
            self._put(question)
            # Something to read on the library's own line means that it is gone: it has nothing more to say.
            select.select([end, call.link], [], [], min(limit_s, _LONGEST_S))
            self._put(None, question)
        return (question.act, question.given) if question.act else (LATE, {})

    def forget(self) -> None:
        """The library asks no more; who waited for the person hears so."""
        with self._changed:
            if self._question is not None:
                self._settle(self._question, CANCEL, {})

    def _behave(self, mode: str) -> None:
        if mode not in {choice.code for choice in (*_MODES, *self.more_modes)}:
            raise Refused(f"没有这种表现：{mode}")
        self.mode = mode

    def _act(self, action: str, given: Mapping[str, str]) -> None:
        """Let the person do it, who waits a moment until asked."""
        until = time.monotonic() + _PATIENCE_S
        with self._changed:
            while self._question is None or self.mode == SILENT:
                left = until - time.monotonic()
                if left <= 0:
                    raise Refused(f"{self.title}没有在等人操作")
                self._changed.wait(left)
            self._settle(self._question, action, given)

    def _settle(self, question: _Question, act: str, given: Mapping[str, str]) -> None:
        """Only under the lock."""
        self._question = None
        question.act, question.given = act, given
        question.answered.send(b".")

    def _put(self, question: _Question | None, instead_of: _Question | None = None) -> None:
        with self._changed:
            if instead_of is None or self._question is instead_of:
                self._question = question
            self._changed.notify_all()

    def _heard(self, call: Call) -> Reply:
        if self.mode in DEEDS and call.name in self.risky:
            return Reply(deed=self.mode)
        return self.reply(call)
