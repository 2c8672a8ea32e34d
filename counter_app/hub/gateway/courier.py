"""Carries the messages of cases to the core platform, one after the other, beside whatever the hall does.

Everything it knows is in the store, so it may die anywhere: what was sent has its serial in the ledger and
is looked up, what was not is sent. A platform that is away costs waiting here and nothing anywhere else.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from counter_app.catalog.model import Region
from counter_app.database import Database
from counter_app.domain.cases import CaseState
from counter_app.hub import lives
from counter_app.hub.field_keys import keys_of
from counter_app.hub.gateway import errands, wanted
from counter_app.hub.gateway.desk import GatewayDesk
from counter_app.hub.gateway.errands import DROPPED, OPEN, WAITING, Errand
from counter_app.hub.gateway.filling import Filled, answers_of, filled
from counter_app.hub.gateway.ledger import Planned
from counter_app.hub.gateway.wanted import TAKEN_BACK, Types
from counter_app.hub.rows import to_ms
from counter_app.problems import Problem

FIRST_S, LONGEST_S = 5.0, 1800.0
# A try is three questions at most; whoever finds it taken for longer than that may try in its place.
_QUESTIONS = 3
_AT_ONCE = 20
_LATER = frozenset({"gateway-away", "gateway-open", "gateway-sealed", "gateway-later"})
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Courier:
    """One hall's courier. `limit_s` is how long the platform may take to answer one question."""

    desk: GatewayDesk
    database: Database
    types: Types
    region: Region | None = None
    limit_s: float = 30.0
    chance: Callable[[], float] = random.random

    def begin(self) -> None:
        """Be there from now on: what is decided after this returned is carried."""
        self._collect()

    def turn(self) -> int:
        """Read the feed on, then try what is due; how many were tried. Stops early when nobody answers."""
        desk, hall = self.desk, self.desk.hall
        self._collect()
        waiting = self._read(lambda c: errands.due(c, hall, to_ms(desk.now()), _AT_ONCE))
        for nth, errand in enumerate(waiting, 1):
            if self._taken(errand) and not self._carried(errand):
                return nth
        return len(waiting)

    def _collect(self) -> None:
        desk, hall = self.desk, self.desk.hall
        while self._read(lambda c: wanted.behind(c, hall)):
            desk.lane.do(lambda c: wanted.collect(c, hall, self.types, to_ms(desk.now())))

    def _taken(self, errand: Errand) -> bool:
        lease_ms = int(_QUESTIONS * self.limit_s * 1000) + 1000
        until = to_ms(self.desk.now()) + lease_ms
        return self.desk.lane.do(lambda c: errands.take(c, self.desk.hall, errand, until))

    def _carried(self, errand: Errand) -> bool:
        """One try. False when the platform does not answer: the next one would only wait as long."""
        is_there = True
        try:
            self._try(errand)
        except Problem as problem:
            is_there = problem.code != "gateway-away"
            state = WAITING if problem.code in _LATER else "refused"
            self._put(errand, state=state, because=_because(problem))
        except Exception as error:  # one bad case delays no other; no word of it may name a person
            _log.error("a message could not be carried: %s", type(error).__name__)
            self._put(errand, because="系统内部错误，稍后自动再试")
        wait_ms = int(self._wait_s(errand.tries) * 1000)
        desk = self.desk
        desk.lane.do(lambda c: errands.close(c, desk.hall, errand.id, desk.now(), wait_ms))
        return is_there

    def _try(self, errand: Errand) -> None:
        if errand.state not in OPEN:
            return  # it ended and was not told yet
        if errand.serial:
            self.desk.look_up(errand.serial)
        elif errand.undoes:
            self._cancel(errand)
        elif self._is_due(errand):
            self._send(errand, self._filled(errand))

    def _is_due(self, errand: Errand) -> bool:
        """Whether the case is done still: under review again it waits, given up it is dropped."""
        kept = self._read(lambda c: lives.found(c, self.desk.hall, errand.case_id))
        state = kept.life.state.value if kept is not None else CaseState.DONE.value
        if state in TAKEN_BACK:
            self._put(errand, state=DROPPED, because="未发送，案件已不再办理")
            return False
        if state != CaseState.DONE.value:
            raise Problem("gateway-later", "case", "案件正在重审，办结后再发送")
        return True

    def _filled(self, errand: Errand) -> Filled:
        desk = self.desk
        keys = desk.lane.do(lambda c: keys_of(c, desk.hall, desk.identity, to_ms(desk.now())))
        answers = self._read(lambda c: answers_of(c, desk.hall, errand.case_id, keys))
        kind = self.types[errand.type_id]
        return filled(desk, kind, errand.infno, answers, errand.field, self.region)

    def _send(self, errand: Errand, what: Filled) -> None:
        subject = f"{errand.number} {errand.field}".strip()
        wish = Planned(errand.request_id, errand.infno, subject, what.fields, errand.clerk, what.insuplc)
        self.desk.write(wish)

    def _cancel(self, errand: Errand) -> None:
        """Take back what was registered; what never was needs nothing, what nobody knows waits."""
        first = self._read(lambda c: errands.find(c, self.desk.hall, errand.undoes))
        if first is None or first.state in ("absent", "refused", DROPPED):
            self._put(errand, state=DROPPED, because="原登记没有办成，无须撤销")
        elif first.state == WAITING:
            self._put(first, state=DROPPED, because="未发送，案件已不再办理")
            self.desk.lane.do(lambda c: errands.close(c, self.desk.hall, first.id, self.desk.now()))
            self._put(errand, state=DROPPED, because="原登记没有发送，无须撤销")
        elif first.state == "done":
            entry = self.desk.entry(first.serial)
            fields = {"psn_no": entry.fields.get("psn_no", ""), "trt_dcla_detl_sn": first.result}
            self._send(errand, Filled({**fields, "memo": "原办件已撤销"}))
        elif first.state == "settled":
            raise Problem("gateway-fields", errand.infno, "原登记是人工办结的，请在核心系统里人工撤销")
        else:
            raise Problem("gateway-later", "message", "原登记的结果还不明")

    def _put(self, errand: Errand, **values: str) -> None:
        self.desk.lane.do(lambda c: errands.put(c, self.desk.hall, errand.id, **values))

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self.database.read() as connection:
            return work(connection)

    def _wait_s(self, tries: int) -> float:
        """Twice as long each time, up to half an hour, and never all at the same moment."""
        return min(LONGEST_S, FIRST_S * 2.0 ** min(tries, 12)) * (0.5 + self.chance() / 2)


def _because(problem: Problem) -> str:
    words: Mapping[str, str] = {
        "gateway-away": "核心系统没有应答",
        "gateway-sealed": "受理设备还没有上传可开启的信息",
        "gateway-open": "上一笔还没有结果",
    }
    said = words.get(problem.code, problem.title if problem.code == "gateway-fields" else "")
    return "：".join(part for part in (said, problem.detail) if part)
