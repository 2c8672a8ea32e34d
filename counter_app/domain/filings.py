"""A filing (外来件): a case that began elsewhere and is finished, or refused, at a window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from counter_app.domain.people import Agent, Employer, Person
from counter_app.domain.value import Value, field
from counter_app.problems import Problem


class FilingState(StrEnum):
    """Where a filing stands at this counter."""

    WAITING = "waiting"  # 待办
    TAKEN = "taken"  # 已取到窗口
    DONE = "done"  # 已成为办件
    REFUSED = "refused"  # 已退回


STATE_NAMES: dict[FilingState, str] = {
    FilingState.WAITING: "待办",
    FilingState.TAKEN: "办理中",
    FilingState.DONE: "已成件",
    FilingState.REFUSED: "已退回",
}
# Channels by which a case may come, as screens, papers and reports name them.
CHANNELS: dict[str, str] = {
    "desk": "窗口",
    "kiosk": "自助终端",
    "import": "批量导入",
    "online": "网上（掌上）",
    "hospital": "定点医药机构",
    "enterprise": "企业开办一网通",
    "home_visit": "上门服务",
}


class Filing(Value, frozen=True):
    """One application as it was sent. `answers` are texts as a clerk would type them.

    `origin` names the sender in words, `evidence` how the applicant was identified there ("" = not at
    all), `materials` what each code has come to (received, shared, committed). `address`, `planned_on`
    and `staff` belong to an appointment for a home visit. Moments are ISO with offset.
    """

    filing_id: str
    channel: str
    origin: str
    type_id: str
    filed_at: str
    situation: str = ""
    person: Person | None = None
    employer: Employer | None = None
    party: str = "self"
    agent: Agent = field(default_factory=Agent)
    answers: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, bool] = field(default_factory=dict)
    materials: Mapping[str, str] = field(default_factory=dict)
    evidence: str = ""
    evidence_at: str = ""
    note: str = ""
    planned_on: date | None = None
    address: str = ""
    staff: tuple[str, ...] = ()
    package_id: str = ""
    expires_on: date | None = None
    content_hash: str = ""
    hub_no: int = 0  # where the hub keeps its package; 0 = it came another way
    state: FilingState = FilingState.WAITING
    case_number: str = ""
    reason: str = ""
    later: tuple[str, ...] = ()  # content hashes of issues that came after it had become a case

    @property
    def name(self) -> str:
        """Whom it is for, unmasked."""
        if self.employer is not None:
            return self.employer.emp_name
        return self.person.psn_name if self.person else ""


class FilingPage(Value, frozen=True):
    """What a hub had: filings of good packages, why others were refused, the number of the last one."""

    filings: tuple[Filing, ...] = ()
    problems: tuple[Problem, ...] = ()
    last: int = 0
