"""The life of a case: where it stands, who has done what, what each desk of a 联办 still has to do."""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain.cases import CaseState, Clocks
from counter_app.domain.value import Value, field


class Turn(Value, frozen=True):
    """One thing that happened to a case. `id` is the request or fact it came by: no turn counts twice.

    `source` and `target` are steps of the flow (of the desk's own part where one is named); `amount`
    is in 分; `detail` says how (way of delivery, new desk, materials wanted, account's last digits).
    """

    id: str
    act: str
    source: str
    target: str
    at: datetime
    clerk_no: str
    clerk_name: str = ""
    desk: str = ""
    reason: str = ""
    amount: int | None = None
    days: int = 0
    detail: str = ""


class Part(Value, frozen=True):
    """One desk's share of the review; a case has several when desks handle it jointly (联办).

    `first` and `second` are the clerk numbers of who passed 初审 and 复核; `agreed` = this desk is done.
    """

    desk: str
    step: str = "assigned"
    holder: str = ""
    first: str = ""
    second: str = ""
    agreed: bool = False


class Life(Value, frozen=True):
    """A case between receipt and archive. `step` is a step of `flow`; with several desks the earliest.

    `state` is the coarse state that lists and papers speak of. `deferred` holds the codes of materials
    still owed (容缺); `amount` is what review settled and `paid` what has arrived, in 分. `asked_days`
    are working days an extension was asked for and nobody has granted yet. `changed_by` is who changed
    the account after a bounced payment: somebody else must send it again. `since` is the day it came to
    its step, `stopped_on` the day its clocks stopped.
    """

    case_id: str
    number: str
    type_id: str
    flow: str
    step: str
    state: CaseState
    received_on: date
    accepted_on: date | None = None
    clocks: Clocks = field(default_factory=Clocks)
    desks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    deferred: tuple[str, ...] = ()
    amount: int | None = None
    paid: int = 0
    asked_days: int = 0
    changed_by: str = ""
    since: date | None = None
    stopped_on: date | None = None
    history: tuple[Turn, ...] = ()

    def part(self, desk: str) -> Part | None:
        """A desk's share; with no desk named the only one there is, else None."""
        if not desk:
            return self.parts[0] if len(self.parts) == 1 else None
        return next((part for part in self.parts if part.desk == desk), None)

    def knows(self, turn_id: str) -> bool:
        """Whether a turn has been counted already."""
        return any(turn.id == turn_id for turn in self.history)


class Wish(Value, frozen=True):
    """What somebody wants to do to a case. `act` is a verb, `to` a step; one of them is enough.

    `desk` names the part of a joint case, or where a case goes (`assign`, `transfer`: `desks`).
    `reason` is a code or sentence of the list, or `其他：` and words. `amount` in 分, `days` working days.
    """

    id: str
    act: str = ""
    to: str = ""
    desk: str = ""
    desks: tuple[str, ...] = ()
    reason: str = ""
    amount: int | None = None
    days: int = 0
    detail: str = ""
