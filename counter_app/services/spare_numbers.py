"""Spare numbers at a kiosk or guide desk: fetched while the hub is there, given while it is away, told later.

Everything lies in one small file of the data folder (`numbers.spare`, 0600), written whole and fsynced before
a number is spoken of: whatever happens between, none is given twice and none that was given is forgotten.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.codec import from_plain, to_plain
from counter_app.domain.tickets import Given, Ticket, TicketState, ticket_id_of
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals.files import write_private

FILE = "numbers.spare"
ENOUGH, LOW = 30, 15  # numbers of a group a machine holds; below LOW it asks for more
DOUBTED = "-s"  # behind the id of a request that nobody answered, and that a spare number stands for
_PROGRAM = Actor("", "", ("system",))
_log = logging.getLogger(__name__)


class Wish(Value, frozen=True):
    """What somebody wants a number for: group and class by code, opaque marks, needs by id."""

    group: str = ""
    klass: str = ""
    marks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    note: str = ""


class Handed(Value, frozen=True):
    """A spare number that was given: by which request, when (ISO, aware), to what wish."""

    request: str
    number: str
    at: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class Stock:
    """What the file holds. `doubtful` requests may have reached the hub unanswered, and shall not count."""

    day: str = ""
    hall: str = ""
    words: str = ""  # why no numbers are given, as the hub said last
    groups: tuple[tuple[str, str], ...] = ()
    free: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asking: Mapping[str, str] = field(default_factory=dict)  # group: "request count", until it was answered
    handed: tuple[Handed, ...] = ()
    doubtful: tuple[str, ...] = ()


class SpareNumbers:
    """The numbers one machine holds. Any thread may ask; one at a time gets an answer."""

    def __init__(
        self, folder: Path, holder: str, now: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._file, self._holder, self._now, self._new_id = folder / FILE, holder, now, new_id
        self._lock, self._tending = threading.RLock(), threading.Lock()
        self._dry: set[tuple[str, str]] = set()  # groups that have no more numbers on a day
        self._stock = _read(self._file)

    # --- while the hub is there ---------------------------------------------------------------
    def tend(self, hub: Any, status: Mapping[str, Any] | None = None) -> None:
        """Tell the hub what was given, then fetch what is missing; one at a time. Raises `hub-away`."""
        with self._tending:
            self._tell(hub)
            self._know(status if status is not None else hub.status())
            for code, _ in self._stock.groups:
                self._fill(hub, code)

    def _know(self, told: Mapping[str, Any]) -> None:
        """The hall as it says it is: its groups, and whether numbers are given at all."""
        groups = tuple((str(g["id"]), str(g["name"])) for g in told["groups"])
        words = "" if told["open"] else str(told["words"])
        with self._lock:
            self._keep(replace(self._of_today(), hall=str(told["hall"]), groups=groups, words=words))

    def _fill(self, hub: Any, group: str) -> None:
        with self._lock:
            stock = self._of_today()
            have = len(stock.free.get(group, ()))
            if have >= LOW or stock.words or (stock.day, group) in self._dry:
                return
            if group not in stock.asking:
                asking = {**stock.asking, group: f"{self._new_id()} {ENOUGH - have}"}
                self._keep(replace(stock, asking=asking))
            day = stock.day
            request, _, count = self._stock.asking[group].partition(" ")
        numbers = self._fetched(hub, request, group, int(count))
        if not numbers:
            self._dry.add((day, group))
        with self._lock:
            stock = self._stock
            asking = {code: one for code, one in stock.asking.items() if code != group}
            free = {**stock.free, group: (*stock.free.get(group, ()), *numbers)} if stock.day == day else {}
            self._keep(replace(stock, free=free, asking=asking))

    def _fetched(self, hub: Any, request: str, group: str, count: int) -> Sequence[str]:
        """A block of numbers, none where the group has no more today. Raises Problem `hub-away`."""
        try:
            return tuple(hub.set_aside(request, group, count, self._holder))
        except Problem as problem:
            if problem.code == "hub-away":
                raise
            return ()

    def _tell(self, hub: Any) -> None:
        """Call off what may have reached the hub without an answer; then tell what was given."""
        for request in self._stock.doubtful:
            given = hub.taken(request)
            if given.ticket.state is TicketState.WAITING:
                hub.act(given.ticket.ticket_id, "cancel", f"{request}-back", _PROGRAM, "断网时改发备用号")
            with self._lock:
                left = tuple(one for one in self._stock.doubtful if one != request)
                self._keep(replace(self._stock, doubtful=left))
        for handed in self._stock.handed:
            if _refused(hub, handed):
                words = f"备用号 {handed.number} 未能登记，请为群众补号"
                hub.say(f"{handed.request}-lost"[:128], "help.asked", _PROGRAM, words, self._holder)
            with self._lock:
                kept = tuple(one for one in self._stock.handed if one.request != handed.request)
                self._keep(replace(self._stock, handed=kept))

    # --- while it is away -----------------------------------------------------------------------
    def groups(self) -> tuple[tuple[str, str], ...]:
        """The groups that still have spare numbers of today. Raises Problem `line-closed`."""
        with self._lock:
            stock = self._of_today()
            if stock.words:
                raise Problem("line-closed", "line", stock.words)
            return tuple(group for group in stock.groups if stock.free.get(group[0]))

    def give(self, request: str, wish: Wish, doubtful: str = "") -> Given | None:
        """A spare number for today, None when there is none; `doubtful` is a request nobody answered.

        Who waits already with a spare number of this machine gets that one. Raises Problem `line-closed`.
        """
        with self._lock:
            stock = self._of_today()
            if stock.words:
                raise Problem("line-closed", "line", stock.words)
            before = next((one for one in stock.handed if set(one.wish.marks) & set(wish.marks)), None)
            group = wish.group or next((code for code, _ in stock.groups), "")
            free = stock.free.get(group, ())
            if before is None and not free:
                return None
            doubts = stock.doubtful + ((doubtful,) if doubtful else ())
            if before is not None:
                self._keep(replace(stock, doubtful=doubts))
                return self._given(before)
            handed = Handed(request, free[0], self._now().isoformat(), replace(wish, group=group))
            left = {**stock.free, group: free[1:]}
            self._keep(replace(stock, free=left, handed=(*stock.handed, handed), doubtful=doubts))
            return self._given(handed)

    def take_back(self, request: str) -> bool:
        """Nobody was ever told this number: it is not reported, and not given again. Whether it was ours."""
        with self._lock:
            ours = (request, request + DOUBTED)
            kept = tuple(one for one in self._stock.handed if one.request not in ours)
            if len(kept) == len(self._stock.handed):
                return False
            self._keep(replace(self._stock, handed=kept))
            return True

    @property
    def untold(self) -> int:
        """How many given numbers the hub has not heard of."""
        return len(self._stock.handed)

    def left(self) -> int:
        """How many numbers can still be given today, of all groups; none while the hall gives none."""
        with self._lock:
            stock = self._of_today()
            return 0 if stock.words else sum(map(len, stock.free.values()))

    def free(self, group: str) -> Sequence[str]:
        """The numbers of a group that can still be given today."""
        with self._lock:
            return self._of_today().free.get(group, ())

    # --- inside -----------------------------------------------------------------------------------
    def _given(self, handed: Handed) -> Given:
        wish, at = handed.wish, datetime.fromisoformat(handed.at)
        ticket = Ticket(
            ticket_id_of(self._stock.hall, handed.request),
            handed.number,
            wish.group,
            wish.klass,
            TicketState.WAITING,
            at,
            note=wish.note,
            needs=wish.needs,
        )
        return Given(ticket, 0, 0, 0, is_spare=True)

    def _of_today(self) -> Stock:
        """After midnight the numbers of yesterday are worth nothing; what was given of them is still told."""
        today: date = self._now().date()
        if self._stock.day != today.isoformat():
            self._keep(replace(self._stock, day=today.isoformat(), free={}, asking={}, words=""))
        return self._stock

    def _keep(self, stock: Stock) -> None:
        if stock == self._stock:
            return
        try:
            write_private(self._file, json.dumps(to_plain(stock), ensure_ascii=False).encode("utf-8"))
        except OSError as error:
            raise Problem("store-write", self._file.name, error.strerror or "") from error
        self._stock = stock


def _refused(hub: Any, handed: Handed) -> bool:
    """Whether the hub refuses it for good. Raises Problem `hub-away`."""
    wish = handed.wish
    try:
        hub.taken(
            handed.request,
            wish.group,
            wish.klass,
            next(iter(wish.marks), ""),
            wish.note,
            needs=wish.needs,
            spare=handed.number,
            taken_at=datetime.fromisoformat(handed.at),
            was=wish.marks[1:],
        )
    except Problem as problem:
        if problem.code == "hub-away":
            raise
        _log.warning("the spare number %s could not be told: %s", handed.number, problem.code)
        return True
    return False


def _read(file: Path) -> Stock:
    """What was kept. Raises Problem `store-key`: numbers that were given must not be forgotten silently."""
    if not file.exists():
        return Stock()
    try:
        return from_plain(Stock, json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Problem("spare-file", file.name, file.name) from error
