"""The sum behind a case: what the desk shows beside it, and the steps printed when it is decided.

An estimate promises nothing: no acceptance paper carries it. Without a parameter there is none, and
the clerk reads which one is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_app.catalog.model import Region
from counter_app.domain.cases import CaseRecord
from counter_app.domain.papers import PaperStep
from counter_app.domain.value import Value
from counter_app.policy.estimates import SUMS, Filing, estimate
from counter_app.policy.names import NAMES
from counter_app.policy.result import Result, Step
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.state import CaseDraft, VisitState

# The amount of a result that answers “how much is it”, first one present.
HEADLINE = (("fund_pay", "基金支付"), ("fixed_amount", "定额支付"), ("allowance", "生育津贴"))
ON_PAPER = "试算结果（试算仅供参考，以核定金额为准）"


class Trial(Value, frozen=True):
    """One trial calculation: the sum's answer, or why the answers given contradict each other."""

    result: Result
    because: str = ""

    @property
    def amount(self) -> int | None:
        """The amount in 分; None where there is none, never 0 for an unknown."""
        return next((self.result.amounts[k] for k, _ in HEADLINE if k in self.result.amounts), None)

    @property
    def caption(self) -> str:
        """What the amount is."""
        return next((words for key, words in HEADLINE if key in self.result.amounts), "")

    @property
    def missing(self) -> tuple[str, ...]:
        """The parameters this region has not published, in words."""
        return tuple(NAMES[name].label if name in NAMES else name for name in self.result.missing)


def of_draft(office: Office, state: VisitState, case: CaseDraft) -> Trial | None:
    """The trial calculation of an open case; None for a type without a sum or a form that says too little."""
    principal = state.principal(case.principal_key)
    person = principal.person if principal else None
    known = {"insutype": person.insutype, "psn_type": person.psn_type} if person else {}
    return of_answers(office.region, case.type_id, case.situation, {**known, **case.values}, office.today())


def of_record(office: Office, record: CaseRecord) -> Trial | None:
    """The same for a case written down, by the rules of the day it was received."""
    person = office.ports.storage.person(record.person_id) if record.person_id else None
    known = {"insutype": person.insutype, "psn_type": person.psn_type} if person else {}
    answers = {k: v for k, v in record.answers.items() if not (isinstance(v, Mapping) and "sealed" in v)}
    told = {**known, **answers}
    return of_answers(office.region, record.type_id, record.situation, told, record.received_on)


def paper_steps(office: Office, trial: Trial | None) -> list[PaperStep]:
    """The steps as they stand on a decision; nothing where there was no estimate."""
    if trial is None or trial.because or trial.missing or trial.amount is None:
        return []
    steps = [_on_paper(office, step) for step in trial.result.steps]
    return [*steps, PaperStep(ON_PAPER, trial.amount)]


def of_answers(
    region: Region, type_id: str, situation: str, answers: Mapping[str, Any], on: date
) -> Trial | None:
    """The same from answers alone, for whoever has no store; None for a type without a sum."""
    if type_id not in SUMS:
        return None
    insutype, psn_type = str(answers.get("insutype", "")), str(answers.get("psn_type", ""))
    filing = Filing(type_id, answers, region, on, insutype, psn_type, situation)
    try:
        result = estimate(filing)
    except Problem as problem:
        return Trial(Result(), problem.cause)
    return Trial(result) if result is not None else None


def _on_paper(office: Office, step: Step) -> PaperStep:
    """A citizen reads the place's name and since when; rows and parameter names stay in the desk."""
    if not step.parameter:
        return PaperStep(step.text)
    since = step.effective.partition("/")[0]
    place = office.region.name if step.region else ""
    return PaperStep(step.text, region=place, effective="" if since == ".." else since)
