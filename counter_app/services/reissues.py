"""A filing that is sent again with other contents: it replaces what nobody has picked up, and nothing else.

What a window has in hand, or what has become a case, stays as it is; the clerk is told what changed. Neither
the old nor the new content of an answer is told, its label is: notices stand on a screen others see.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.cases import Fact
from counter_app.domain.codec import from_plain
from counter_app.domain.filings import Filing, FilingState
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.ports import Unit
from counter_app.services.state import VisitState

# What of a filing is no answer: its attributes, and how a clerk names them.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "事项": ("type_id",),
    "情形": ("situation",),
    "申请人信息": ("person", "employer"),
    "代办人": ("party", "agent"),
    "情况选择": ("asked",),
    "材料": ("materials",),
    "核验方式": ("evidence", "evidence_at"),
    "备注": ("note",),
    "上门安排": ("planned_on", "address", "staff"),
}


def is_known(before: Filing, filing: Filing) -> bool:
    """Whether nothing new came: the same content, one the clerk was told of, or an older issue come late."""
    if filing.content_hash in (before.content_hash, *before.later):
        return True
    return datetime.fromisoformat(filing.filed_at) < datetime.fromisoformat(before.filed_at)


def may_replace(filing: Filing) -> bool:
    """Only who sent it may send it anew: what was put together here (上门预约) comes in no package."""
    return bool(filing.package_id)


def write(office: Office, again: Iterable[tuple[Filing, Filing]]) -> tuple[Problem, ...]:
    """Keep each second issue with its fact; what the clerk must be told of those that had been picked up."""
    found = tuple(again)
    if not found:
        return ()
    in_hand = _in_hand(office)
    told = []
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        for before, filing in found:
            changed = changes(office, before, filing)
            is_done, is_held = before.state is FilingState.DONE, filing.filing_id in in_hand
            _record(unit, filing, changed, not is_done and not is_held)
            if is_done:
                later = (*before.later, filing.content_hash)
                unit.save_filing(replace(before, later=later, hub_no=max(before.hub_no, filing.hub_no)))
            else:  # a case in hand was filled already: only who drops it and picks it up again meets this
                unit.save_filing(filing)
            if is_done or is_held:
                told.append(_problem(before, changed, is_done))
    return tuple(told)


def changes(office: Office, before: Filing, after: Filing) -> tuple[str, ...]:
    """What is different, by the names a clerk reads, in the order of the form."""
    kind = office.catalogue.types.get(after.type_id)
    labels = {spec.key: spec.label for spec in kind.fields} if kind is not None else {}
    answered = [*labels, *sorted({*before.answers, *after.answers} - labels.keys())]
    fields = (
        labels.get(key, key) for key in answered if before.answers.get(key, "") != after.answers.get(key, "")
    )
    parts = (
        name
        for name, attributes in _PARTS.items()
        if any(getattr(before, one) != getattr(after, one) for one in attributes)
    )
    return (*parts, *fields)


def _record(unit: Unit, filing: Filing, changed: tuple[str, ...], is_replaced: bool) -> None:
    body: dict[str, Any] = {
        "filing_id": filing.filing_id,
        "channel": filing.channel,
        "filed_at": filing.filed_at,
        "package_id": filing.package_id,
        "content_hash": filing.content_hash,
        "changed": list(changed),
        "replaced": is_replaced,
    }
    unit.record(Fact("filing.reissued", body))


def _problem(before: Filing, changed: tuple[str, ...], is_done: bool) -> Problem:
    words = "、".join(changed) or "申报时间"
    if is_done:
        return Problem("filing-late", before.filing_id, f"受理号 {before.case_number}，变动：{words}")
    return Problem("filing-changed", before.filing_id, words)


def _in_hand(office: Office) -> frozenset[str]:
    """The filings some visit of this desk has picked up, held ones too."""
    drafts = (from_plain(VisitState, json.loads(body)) for _, body, _ in office.ports.storage.drafts())
    return frozenset(one for state in drafts for one in state.filings_in_hand)
