"""疑点 at work: found over the store, seen by who audits, handed over and decided as facts.

A mark stops nothing: acceptance never asks for it, and it stands on no screen and paper of a citizen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from counter_app.catalog.model import Region
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, CaseState, Fact
from counter_app.domain.people import PartyKind
from counter_app.domain.value import Value
from counter_app.policy.rates import Rates
from counter_app.policy.suspicions import (
    KINDS,
    Errand,
    Invoice,
    Mark,
    Seen,
    Sighting,
    Stay,
    Supply,
    marks,
)
from counter_app.problems import Problem
from counter_app.services.ports import Secrets, Storage

HANDED, DECIDED = "suspicion.handed_over", "suspicion.decided"
OUTCOMES = {"cleared": "已排除", "confirmed": "属实", "transferred": "已移送"}
# What was refused, taken back or corrected is asked for again with the same papers, and rightly so.
_LIVE = (CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.DONE)


class Source(Protocol):
    """The part of a counter store the marks are found in."""

    def cases_between(self, first: date | None, last: date | None) -> Sequence[CaseRecord]:
        """Every case of a span of business days, oldest first."""

    def facts_since(self, first: date | None, kinds: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """Envelopes of some kinds from a business day on, in order."""


class Finding(Value, frozen=True):
    """A mark and what has become of it: `new`, `handed_over`, or the outcome of its decision."""

    mark: Mark
    state: str = "new"
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The shape of `suspicions list --json`; case numbers, no persons."""
        mark = self.mark
        return {
            "id": mark.id,
            "kind": mark.kind,
            "title": KINDS[mark.kind] + "疑点",
            "text": mark.text,
            "cases": list(mark.cases),
            "parameter": mark.parameter,
            "value": mark.value,
            "source": mark.source,
            "state": self.state,
            "reason": self.reason,
        }


def find(source: Source, secrets: Secrets, region: Region, on: date, actor: Actor) -> tuple[Finding, ...]:
    """Every mark of this store with its state, for who may see them.

    Raises Problem `auditor-needed` unless the actor is an auditor or a supervisor.
    """
    if not (actor.may("auditor") or actor.may("supervisor")):
        raise Problem("auditor-needed", "suspicions", "查看疑点")
    facts = list(source.facts_since(None, ("case.accepted", HANDED, DECIDED)))
    doubtful = {str(fact.get("case_id")) for fact in facts if _is_doubtful(fact)}
    cases = [case for case in source.cases_between(None, None) if case.state in _LIVE]
    known = _states(facts)
    found = marks(Rates(region, on), seen(cases, doubtful, secrets))
    return tuple(Finding(mark, *known.get(mark.id, ("new", ""))) for mark in found)


def hand_over(storage: Storage, finding: Finding, actor: Actor, now: Any) -> None:
    """Give a mark to 稽核, as a fact. Raises Problem `auditor-needed`, `state-wrong` when it was given."""
    if not (actor.may("auditor") or actor.may("supervisor")):
        raise Problem("auditor-needed", "suspicions", "移交疑点")
    if finding.state != "new":
        raise Problem("state-wrong", "suspicion", finding.state)
    told = finding.as_dict()
    body = {key: told[key] for key in ("kind", "text", "cases", "parameter", "value", "source")}
    with storage.unit(actor, now) as unit:
        unit.record(Fact(HANDED, {"mark": finding.mark.id, **body}))


def decide(storage: Storage, finding: Finding, outcome: str, reason: str, actor: Actor, now: Any) -> None:
    """What 稽核 found, as a fact; it changes no case.

    Raises Problem `auditor-needed`, `usage`, `reason-needed`, `state-wrong` before the hand-over.
    """
    if not actor.may("auditor"):
        raise Problem("auditor-needed", "suspicions", "作出稽核结论")
    if outcome not in OUTCOMES:
        raise Problem("usage", "outcome", "、".join(OUTCOMES))
    if not reason.strip():
        raise Problem("reason-needed", "suspicions", "稽核结论")
    if finding.state != "handed_over":
        raise Problem("state-wrong", "suspicion", finding.state)
    with storage.unit(actor, now) as unit:
        unit.record(Fact(DECIDED, {"mark": finding.mark.id, "outcome": outcome, "reason": reason}))


# --- what the rules look at -----------------------------------------------------------------------


def seen(cases: Any, doubtful: set[str], secrets: Secrets) -> Seen:
    """Cases as the rules see them: numbers of cases and keys of persons, nothing else."""
    gathered: dict[str, list[Any]] = {name: [] for name in Seen.__dataclass_fields__}
    for case in cases:
        gathered["stays"] += _stay(case)
        gathered["sightings"] += _sighting(case, case.case_id in doubtful)
        gathered["supplies"] += _supply(case)
        gathered["errands"] += _errand(case, secrets)
        gathered["invoices"] += _invoices(case)
    return Seen(**gathered)


def _stay(case: CaseRecord) -> list[Stay]:
    first, last = _day(case.answers.get("adm_date")), _day(case.answers.get("dscg_date"))
    return [Stay(case.number, case.person_id, first, last)] if first and last and case.person_id else []


def _sighting(case: CaseRecord, doubtful: bool) -> list[Sighting]:
    """Only who came for themselves at a window was seen."""
    if case.party != PartyKind.SELF.value or not case.person_id:
        return []
    return [Sighting(case.number, case.person_id, case.business_date, doubtful)]


def _supply(case: CaseRecord) -> list[Supply]:
    months = case.answers.get("rx_months")
    if not isinstance(months, int) or not case.person_id:
        return []
    return [Supply(case.number, case.person_id, case.business_date, months)]


def _errand(case: CaseRecord, secrets: Secrets) -> list[Errand]:
    sealed = case.agent.get("agnter_certno", "")
    if not sealed or case.party == PartyKind.EMPLOYER.value:
        return []
    agent = secrets.blind(secrets.open(sealed, f"{case.case_id}|agnter_certno"))
    return [Errand(case.number, agent, case.person_id or case.case_id, case.business_date)]


def _invoices(case: CaseRecord) -> list[Invoice]:
    rows = case.answers.get("invoices")
    if not isinstance(rows, list | tuple):
        return []
    numbers = (f"{row.get('invo_code', '')}-{row.get('invo_no', '')}" for row in rows if row.get("invo_no"))
    return [Invoice(case.number, number) for number in numbers]


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _is_doubtful(fact: Mapping[str, Any]) -> bool:
    evidence = fact["body"].get("evidence") if fact["kind"] == "case.accepted" else None
    return isinstance(evidence, Mapping) and evidence.get("witness") == "doubtful"


def _states(facts: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """What has become of each mark; a later fact stands over an earlier one."""
    read: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
        HANDED: lambda body: ("handed_over", ""),
        DECIDED: lambda body: (str(body["outcome"]), str(body["reason"])),
    }
    return {
        str(fact["body"]["mark"]): read[fact["kind"]](fact["body"]) for fact in facts if fact["kind"] in read
    }
