"""Writes to the core platform as the hub makes them: noted, sent once, looked up when nobody knows, listed.

Nothing is ever sent twice under doubt: after a lost answer the platform is asked what it has. Only when it
clearly has not got the write may somebody ask again, and that is a new write under a new serial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from counter_app.domain.value import Value
from counter_app.hub.gateway import ledger
from counter_app.hub.gateway.envelope import registered
from counter_app.hub.gateway.ledger import ABSENT, SETTLED, Entry, Planned
from counter_app.hub.gateway.port import KINDS, Answered, Gateway, Message, Outcome
from counter_app.hub.lane import Lane
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity

_SPAN = timedelta(days=366)
# A question may still lie on the way and be done late: "it is not there" is believed only after this.
QUIET = timedelta(minutes=3)


class GatewayDesk(Value, frozen=True):
    """One hall's business with one platform. Any thread may ask; `org` begins every serial."""

    gateway: Gateway
    lane: Lane
    identity: HubIdentity
    hall: str
    org: str
    now: Callable[[], datetime]

    def read(self, infno: str, fields: Mapping[str, Any]) -> Outcome:
        """Ask what changes nothing; may be asked as often as wanted. Raises Problem `gateway-kind`."""
        if infno not in KINDS or KINDS[infno].writes:
            raise Problem("gateway-kind", "infno", infno)
        return self.gateway.ask(Message(infno, fields, self._loose_serial(), at=self.now()))

    def write(self, wish: Planned) -> Entry:
        """Make a change, once per `request_id`; the entry afterwards, `unknown` when nobody knows.

        Asked again it is never sent again: a write still open is looked up. Raises Problem `gateway-kind`,
        `gateway-open`.
        """
        if wish.infno not in KINDS or not KINDS[wish.infno].writes:
            raise Problem("gateway-kind", "infno", wish.infno)
        made, new = self.lane.do(
            lambda c: ledger.plan(c, self.hall, wish, self.org, self.now(), self.identity)
        )
        if not new:
            return self.look_up(made.serial) if made.state in ledger.OPEN else made
        outcome = self.gateway.ask(Message(made.infno, made.fields, made.serial, wish.insuplc, self.now()))
        self._note(made.serial, outcome.how.value, registered(outcome.output) or outcome.ref, outcome.because)
        if outcome.how is Answered.UNKNOWN:
            return self.look_up(made.serial)
        return self.entry(made.serial)

    def look_up(self, serial: str) -> Entry:
        """Ask the platform whether it has an open write; `done` when it has, `absent` when it has not.

        It stays open when that cannot be told either, and for three minutes after it was sent: it may
        still arrive. Raises Problem `not-found`.
        """
        entry = self.entry(serial)
        if entry.state not in ledger.OPEN:
            return entry
        kind = KINDS[entry.infno]
        outcome = self.gateway.ask(
            Message(kind.query, self.asked(entry.infno, entry.fields), self._loose_serial(), at=self.now())
        )
        if outcome.how is not Answered.DONE:
            self._note(serial, Answered.UNKNOWN.value, "", f"查询未果：{outcome.because}")
            return self.entry(serial)
        row = next(_rows_like(outcome.output, kind.rows, kind.same, entry.fields), None)
        if (row is not None) is not kind.undoes:
            number = str((row or {}).get("trt_dcla_detl_sn", ""))
            self._note(serial, Answered.DONE.value, number, "经查询确认")
        elif self.now() - datetime.fromisoformat(entry.at) < QUIET:
            self._note(serial, Answered.UNKNOWN.value, "", "对方暂无这一笔，稍后再查")
        else:
            self._note(serial, ABSENT, "", "经查询，对方没有这一笔")
        return self.entry(serial)

    def settle(self, serial: str, why: str, clerk: str) -> Entry:
        """A person has found out otherwise (电话, 对账单). Raises Problem `reason-needed`, `not-found`."""
        if not why.strip() or not clerk.strip():
            raise Problem("reason-needed", "why", "核对结果和工号")
        self.entry(serial)
        self._note(serial, SETTLED, "", f"{clerk}：{why.strip()}")
        return self.entry(serial)

    def open_list(self) -> Sequence[Entry]:
        """The reconciliation list: every write whose end nobody knows."""
        return self.lane.do(lambda c: ledger.listed(c, self.hall, self.identity))

    def entry(self, serial: str) -> Entry:
        """One entry of the ledger. Raises Problem `not-found`."""
        return self.lane.do(lambda c: ledger.find(c, self.hall, serial, self.identity))

    def _note(self, serial: str, state: str, result: str, because: str) -> None:
        now = self.now()
        self.lane.do(lambda c: ledger.note(c, self.hall, serial, state, now, result, because))

    def asked(self, infno: str, fields: Mapping[str, Any]) -> dict[str, str]:
        """What the query of a write asks for, by the write's fields."""
        asked = {"psn_no": str(fields.get("psn_no", ""))}
        if KINDS[infno].query == "5304":
            first, last = self.now() - _SPAN, self.now() + _SPAN
            asked |= {"begntime": f"{first:%Y-%m-%d}", "endtime": f"{last:%Y-%m-%d}"}
        if KINDS[infno].query == "5302":
            asked["biz_appy_type"] = str(fields.get("biz_appy_type", "03"))
        return asked

    def _loose_serial(self) -> str:
        """The serial of a question that changes nothing: not kept, and different from every one that is."""
        now = self.now()
        return f"{self.org[:12]:0<12}{now:%Y%m%d%H%M%S}Q{now.microsecond // 1000:03d}"


def _rows_like(
    output: Mapping[str, Any], node: str, same: Sequence[str], fields: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """Rows of an answer that are this very write; one source writes a single row without its list."""
    found = output.get(node)
    for row in [found] if isinstance(found, Mapping) else found if isinstance(found, list) else []:
        if isinstance(row, Mapping) and all(_like(row.get(name), fields.get(name)) for name in same):
            yield row


def _like(told: object, sent: object) -> bool:
    """Equal as texts; a date may come back with a time behind it."""
    first, second = str(told or ""), str(sent or "")
    return first == second or (len(second) == 10 and first[:10] == second)
