"""A case (办件) after it has been written down, and the facts that made it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from counter_app.domain.value import Value, field


class CaseState(StrEnum):
    """Where a case stands; each change is an appended fact."""

    RECEIVED = "received"  # 已收件，未受理
    ACCEPTED = "accepted"  # 已受理
    DONE = "done"  # 办结
    REFUSED = "refused"  # 不予办理
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    WITHDRAWN = "withdrawn"  # 撤回
    TERMINATED = "terminated"  # 终止
    REVERSED = "reversed"  # 冲正


class MaterialState(StrEnum):
    """What has become of one required material."""

    MISSING = "missing"  # 缺
    RECEIVED = "received"  # 已收
    BY_CARD = "by_card"  # 读卡/证照免交
    SHARED = "shared"  # 共享免交
    COMMITTED = "committed"  # 承诺
    DEFERRED = "deferred"  # 容缺
    NOT_NEEDED = "not_needed"  # 不适用


class MaterialRecord(Value, frozen=True):
    """One material line of a case.

    `due_on`: of a deferred one the last day to bring it, of a committed one the day by which it is
    checked (None once it has been).
    """

    code: str
    name: str
    state: MaterialState
    form: str = ""
    copies: int = 0
    pages: tuple[str, ...] = ()
    due_on: date | None = None
    original_returned: bool = False


class Paused(Value, frozen=True):
    """Days on which the clocks of a case stand still, both ends included; `last` None while they do."""

    kind: str
    first: date
    last: date | None = None


class Clocks(Value, frozen=True):
    """Both time limits of a case in working days, and their last days as counted so far.

    None where nobody has set a limit. `is_estimated`: counted through a year whose holidays were not
    yet published, so it is counted again. `target_due` is a goal of the house (绿色通道): it orders the
    work and is promised to nobody, so no paper says it.
    """

    statutory_days: int | None = None
    promised_days: int | None = None
    statutory_due: date | None = None
    promised_due: date | None = None
    is_estimated: bool = False
    pauses: tuple[Paused, ...] = ()
    target_due: date | None = None


class Came(Value, frozen=True):
    """How a case came to this counter, so that reports can count by channel.

    `channel`: desk kiosk import online hospital enterprise home_visit. `origin` names who sent it; `key` is a
    blind mark by which the same application is found again, and `row` one of all it said. `place` is
    the district where the person is insured when another one accepts for it (全域通办), and `clock`
    says from whom its time is counted; `staff` are the numbers of those who went along (上门).
    """

    channel: str = "desk"
    origin: str = ""
    filing_id: str = ""
    filed_at: str = ""
    batch: str = ""
    key: str = ""
    row: str = ""
    place: str = ""
    clock: str = ""
    staff: tuple[str, ...] = ()


class Fact(Value, frozen=True):
    """Something that happened, before it gets its place in the chain. `body` is plain JSON data."""

    kind: str
    body: Mapping[str, Any]
    case_id: str = ""
    schema: int = 1
    pack: str = ""


class Recorded(Value, frozen=True):
    """A fact after it got its place: the ids that go on paper."""

    event_id: str
    seq: int
    hash: str


class CaseRecord(Value, frozen=True):
    """The readable state of a case at this counter (a projection of its facts)."""

    case_id: str
    number: str
    type_id: str
    type_name: str
    situation: str
    state: CaseState
    principal_name: str
    person_id: str
    party: str
    pack: str
    received_on: date
    accepted_at: datetime | None
    business_date: date
    due_on: date | None
    answers: Mapping[str, Any]
    materials: tuple[MaterialRecord, ...]
    agent: Mapping[str, str] = field(default_factory=dict)
    helped_by: str = ""
    visit_id: str = ""
    online: bool = True
    synced: bool = False
    clocks: Clocks = Clocks()
    came: Came = Came()


class PaperRecord(Value, frozen=True):
    """One numbered paper: what it says, and what became of its printing.

    `content` is the canonical JSON text the page is rendered from; `sha256` is of the bytes of
    the original that left, "" before. `state` is `queued sent unknown failed`; `printed` counts
    originals handed over (0 or 1), `reprints` the 补打.
    """

    paper_id: str
    number: str
    case_number: str
    case_id: str
    kind: str
    content: str
    content_hash: str
    event_id: str
    signature: Mapping[str, str]
    state: str = "queued"
    sha256: str = ""
    printed: int = 0
    reprints: int = 0
