"""Numbers for people at a kiosk or guide desk: of the hub, or while it is away of those set aside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import Given
from counter_app.problems import Problem
from counter_app.services.ports import Marks
from counter_app.services.spare_numbers import DOUBTED, SpareNumbers, Wish

NOBODY = Actor("", "")


class NumberLine:
    """Asks the hub, and knows what to do when it does not answer. Calls may wait as long as the hub does."""

    def __init__(self, hub: Any, marks: Marks | None = None, spares: SpareNumbers | None = None) -> None:
        self._hub, self._marks, self._spares = hub, marks, spares
        self.away = False  # whether the hub was away when it was asked last

    def status(self) -> Any:
        """What the hall offers now. Raises Problem `hub-away`."""
        try:
            told = self._hub.status()
        except Problem as problem:
            self.away = problem.code == "hub-away"
            raise
        self.away = False
        return told

    def groups(self) -> tuple[tuple[str, str], ...]:
        """Code and name of every group that has a number now. Raises Problem `hub-away`, `line-closed`."""
        try:
            told = self.status()
        except Problem:
            found = self._spares.groups() if self._spares is not None and self.away else ()
            if not found:
                raise
            return found
        if not told["open"]:
            raise Problem("line-closed", "line", str(told["words"]))
        return tuple((str(g["id"]), str(g["name"])) for g in told["groups"])

    def tend(self, status: Any = None) -> None:
        """Keep keys and spare numbers as they should be; away is no matter. For a lane nobody waits for."""
        try:
            if self._marks is not None:
                self._marks.keep_fresh()
            if self._spares is not None:
                self._spares.tend(self._hub, status)
                self.away = False
        except Problem as problem:
            if problem.code != "hub-away":
                raise

    def give(self, request: str, wish: Wish, certno: str = "", actor: Actor = NOBODY, why: str = "") -> Given:
        """A number. Raises Problem `line-closed`, `group-unknown`, `hub-away` where none is set aside."""
        wish = self._marked(wish, certno)
        if self.away and self._spares is not None:
            given = self._spares.give(request, wish)
            if given is not None:
                return given
        try:
            return self._asked(request, wish, certno, actor, why)
        except Problem as problem:
            if problem.code != "hub-away" or self._spares is None:
                raise
            self.away = True
            given = self._spares.give(request + DOUBTED, wish, doubtful=request)
            if given is None:
                raise
            return given

    def spare_count(self) -> int:
        """How many numbers can be given while the hub is away, of all groups."""
        return self._spares.left() if self._spares is not None else 0

    def take_back(self, request: str) -> bool:
        """A spare number nobody was ever told; whether it was one."""
        return self._spares is not None and self._spares.take_back(request)

    def _asked(self, request: str, wish: Wish, certno: str, actor: Actor, why: str) -> Given:
        try:
            return self._take(request, wish, actor, why)
        except Problem as problem:
            if problem.code != "people-key-old" or self._marks is None or not self._marks.renew():
                raise
        return self._take(request, self._marked(wish, certno), actor, why)

    def _take(self, request: str, wish: Wish, actor: Actor, why: str) -> Given:
        given: Given = self._hub.taken(
            request,
            wish.group,
            wish.klass,
            next(iter(wish.marks), ""),
            wish.note,
            needs=wish.needs,
            why=why,
            actor=actor,
            was=wish.marks[1:],
        )
        return given

    def _marked(self, wish: Wish, certno: str) -> Wish:
        return replace(wish, marks=self._marks.of(certno)) if self._marks is not None and certno else wish
