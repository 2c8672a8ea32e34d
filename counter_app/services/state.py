"""The unfinished visit as frozen values: what is undone, redone, saved as a draft and restored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_app.domain.cases import Came, MaterialState
from counter_app.domain.people import Agent, Employer, Evidence, PartyKind, Person
from counter_app.domain.signatures import Signed, Witnessed
from counter_app.domain.tickets import Ticket
from counter_app.domain.value import Value, field, replace


class Refusal(Value, frozen=True):
    """A refused input that is kept as typed, so that nothing is lost."""

    code: str
    detail: str = ""
    text: str = ""


class Objection(Value, frozen=True):
    """What somebody said against a reason (我认为有误); the fact is in the chain already."""

    about: str
    words: str
    at: str


class Mark(Value, frozen=True):
    """What the clerk did about one material."""

    state: MaterialState
    copies: int = 0
    pages: tuple[str, ...] = ()
    due_on: date | None = None
    approved_by: str = ""


class SpeakerDraft(Value, frozen=True):
    """Who speaks for a principal, in which capacity, and how they were identified."""

    kind: PartyKind = PartyKind.SELF
    agent: Agent = field(default_factory=Agent)
    evidence: Evidence | None = None
    person_id: str = ""


class PrincipalDraft(Value, frozen=True):
    """One 办理对象 of the visit, with the one person present who speaks for them."""

    key: str
    person: Person | None = None
    employer: Employer | None = None
    evidence: Evidence | None = None
    known: bool = True
    card_present: bool = False
    speaker: SpeakerDraft = field(default_factory=SpeakerDraft)

    @property
    def name(self) -> str:
        """The name to show, unmasked."""
        if self.person is not None:
            return self.person.psn_name
        return self.employer.emp_name if self.employer else ""


class CaseDraft(Value, frozen=True):
    """One case on its way. `values` are accepted values, `refused` what was typed and not accepted."""

    case_id: str
    type_id: str
    principal_key: str
    situation: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    asked: Mapping[str, bool] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    tried: bool = False
    checked: bool = False
    held: bool = False
    number: str = ""
    outcome: str = ""
    is_provisional: bool = False  # accepted while the line was cut: 待核
    came: Came = field(default_factory=Came)
    signed: tuple[Signed, ...] = ()
    witnessed: Witnessed | None = None  # read aloud to somebody who cannot write
    objections: tuple[Objection, ...] = ()
    doubts: Mapping[str, str] = field(default_factory=dict)  # place -> digest of what the citizen doubts


class PromptDraft(Value, frozen=True):
    """An open question to the clerk, answered by `Visit.answer`."""

    kind: str
    options: tuple[str, ...]
    person: Person | None = None
    evidence: Evidence | None = None
    detail: str = ""


class VisitState(Value, frozen=True):
    """The whole unfinished visit at one window."""

    visit_id: str = ""
    opened_at: str = ""
    window: str = ""
    clerk_no: str = ""
    ticket: Ticket | None = None
    principals: tuple[PrincipalDraft, ...] = ()
    current_principal: str = ""
    cases: tuple[CaseDraft, ...] = ()
    current_case: str = ""
    helped_by: str = ""
    elder: bool | None = None  # 长辈模式 as somebody chose it for this visit; None: by age
    tongue: str | None = None  # language beside the Chinese on papers, as chosen; None: as the number says
    prompt: PromptDraft | None = None
    held: bool = False
    told: tuple[str, ...] = ()  # numbers of 一次性告知单 handed over, which belong to no case
    batches: tuple[str, ...] = ()  # numbers of the lists accepted in this visit
    came: Came = field(default_factory=Came)  # what every case opened from here on begins with

    @property
    def is_open(self) -> bool:
        """Whether somebody is being served."""
        return bool(self.visit_id)

    @property
    def filings_in_hand(self) -> frozenset[str]:
        """The filings (外来件) this visit has picked up and not accepted."""
        return frozenset(c.came.filing_id for c in self.cases if c.came.filing_id and not c.number)

    def principal(self, key: str = "") -> PrincipalDraft | None:
        """The principal with a key, or the current one."""
        wanted = key or self.current_principal
        return next((p for p in self.principals if p.key == wanted), None)

    def case(self, case_id: str = "") -> CaseDraft | None:
        """The case with an id, or the current one."""
        wanted = case_id or self.current_case
        return next((c for c in self.cases if c.case_id == wanted), None)

    def with_principal(self, changed: PrincipalDraft) -> VisitState:
        """Replace the principal of the same key, or add it at the end."""
        if any(p.key == changed.key for p in self.principals):
            kept = tuple(changed if p.key == changed.key else p for p in self.principals)
        else:
            kept = (*self.principals, changed)
        return replace(self, principals=kept)

    def with_case(self, changed: CaseDraft) -> VisitState:
        """Replace the case of the same id, or add it at the end."""
        if any(c.case_id == changed.case_id for c in self.cases):
            kept = tuple(changed if c.case_id == changed.case_id else c for c in self.cases)
        else:
            kept = (*self.cases, changed)
        return replace(self, cases=kept)
