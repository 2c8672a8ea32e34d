"""What was sealed before this counter knew its hall is sealed for the hall again, as facts of their own.

A fact is never edited: `values.resealed` carries the same values under the hall's key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, Fact
from counter_app.services.ports import Secrets, Storage

KIND = "values.resealed"
AT_ONCE = 20  # cases of one piece: the lane is the clerk's
_MACHINE = Actor("", "", ("system",))
IsOld = Callable[[str], bool]


def waiting(storage: Storage, is_old: IsOld, limit: int = AT_ONCE) -> Sequence[CaseRecord]:
    """Cases of this counter that still hold a value sealed with its own key."""
    found = (case for case in storage.cases_between(None, None) if _old_values(case, is_old))
    return [case for case, _ in zip(found, range(limit), strict=False)]


def reseal(
    storage: Storage, secrets: Secrets, is_old: IsOld, cases: Sequence[CaseRecord], now: datetime
) -> int:
    """Seal a piece again, each case in a unit of its own; how many. Raises Problem `seal-broken`."""
    for case in cases:
        again = {
            key: secrets.seal(secrets.open(sealed, f"{case.case_id}|{key}"), f"{case.case_id}|{key}")
            for key, sealed in _old_values(case, is_old).items()
        }
        answers = {k: {"sealed": again[k]} if k in again else v for k, v in case.answers.items()}
        agent = {k: again.get(k, v) for k, v in case.agent.items()}
        with storage.unit(_MACHINE, now) as unit:
            unit.save_case(replace(case, answers=answers, agent=agent))
            unit.record(Fact(KIND, {"number": case.number, "values": again}, case.case_id))
    return len(cases)


def _old_values(case: CaseRecord, is_old: IsOld) -> Mapping[str, str]:
    """Sealed values of a case by their key: answers, and the number of who acted for somebody."""
    found: dict[str, Any] = {
        key: value["sealed"]
        for key, value in case.answers.items()
        if isinstance(value, Mapping) and "sealed" in value
    }
    if case.agent.get("agnter_certno"):
        found["agnter_certno"] = case.agent["agnter_certno"]
    return {key: sealed for key, sealed in found.items() if is_old(sealed)}
