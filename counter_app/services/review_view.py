"""The desk behind the counter as a face draws it: the work of a desk, and one case whole."""

from __future__ import annotations

from counter_app.domain.laid import Box
from counter_app.domain.value import Value


class LightView(Value, frozen=True):
    """One clock: its light, its last day, working days left (negative when late); "" light = no clock."""

    light: str = ""
    due_on: str = ""
    left: int = 0
    provisional: bool = False


class WorkRow(Value, frozen=True):
    """One line of the work list. `person` is masked; `mine` = I hold it; `part` = a share of a joint case."""

    case_id: str
    number: str
    type_name: str
    person: str
    desk: str
    step_name: str
    holder: str
    promised: LightView
    statutory: LightView
    money: bool = False
    deferred: int = 0
    mine: bool = False
    part: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells rows apart: a joint case has one for each desk."""
        return self.case_id, self.part


class Offer(Value, frozen=True):
    """Something that may be done now. `blocked` says beforehand why it may not, "" when it may.

    `needs` names what else must be said: amount, days, desk, way, material, words.
    """

    act: str
    name: str
    reasoned: bool = False
    needs: tuple[str, ...] = ()
    blocked: str = ""


class MaterialLine(Value, frozen=True):
    """One material: state as in MaterialState, its pages by name, until when it may come or is checked."""

    code: str
    name: str
    state: str
    form: str
    copies: int
    pages: tuple[str, ...] = ()
    due_on: str = ""


class AnswerLine(Value, frozen=True):
    """One answer. `hidden` = there is more to see than is shown; the look is recorded.

    `because` says of a sealed value why it cannot be opened here, and what to do.
    """

    key: str
    label: str
    value: str
    hidden: bool = False
    because: str = ""


class TurnLine(Value, frozen=True):
    """One thing that happened: when, what, who, and what was said."""

    at: str
    name: str
    who: str
    desk: str = ""
    words: str = ""


class ObjectionLine(Value, frozen=True):
    """我认为有误, as it was said at the counter: when, about which reason, in whose words."""

    at: str
    about: str
    words: str
    basis: str = ""


class MessageLine(Value, frozen=True):
    """A message to the core platform: which, how it stands, how urgent that looks (ok warn err quiet)."""

    title: str
    state: str
    words: str
    kind: str = "quiet"


class PartLine(Value, frozen=True):
    """One desk's share of a joint case."""

    desk: str
    step: str
    holder: str


class SumLine(Value, frozen=True):
    """One step of the trial calculation with its ground; `amount` in 分 where it has one."""

    text: str
    ground: str = ""


class SumView(Value, frozen=True):
    """The trial calculation beside a case; `because` says why there is none."""

    caption: str = ""
    amount: int | None = None
    lines: tuple[SumLine, ...] = ()
    because: str = ""


class CaseSheet(Value, frozen=True):
    """One case whole."""

    row: WorkRow
    step: str
    accepted_on: str
    received_on: str
    party: str
    agent: str
    situation: str
    answers: tuple[AnswerLine, ...]
    materials: tuple[MaterialLine, ...]
    commitments: tuple[str, ...]
    history: tuple[TurnLine, ...]
    parts: tuple[PartLine, ...]
    offers: tuple[Offer, ...]
    amount: int | None = None
    paid: int = 0
    sum: SumView | None = None
    desks: tuple[str, ...] = ()
    revealed: bool = False
    online: bool = True
    objections: tuple[ObjectionLine, ...] = ()
    messages: tuple[MessageLine, ...] = ()
    covered: tuple[str, ...] = ()  # pages with places covered at the counter; they may be lifted on record
    laid: tuple[tuple[str, tuple[Box, ...]], ...] = ()  # pages covered behind it, with what is drawn black


class Decision(Value, frozen=True):
    """What the reviewer is about to do. `amount` in 分, `days` working days."""

    act: str = ""
    reason: str = ""
    amount: int | None = None
    days: int = 0
    desk: str = ""
    detail: str = ""
