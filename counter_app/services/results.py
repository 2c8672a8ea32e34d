"""What a query found, for its paper: only what this counter holds, and as of when; nothing is invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from counter_app.catalog.model import FieldSpec, TransactionType
from counter_app.catalog.papers import RESULTS
from counter_app.catalog.values import display
from counter_app.domain.money import display as yuan
from counter_app.domain.papers import PaperAnswer, PaperContent
from counter_app.domain.people import Employer, Person
from counter_app.domain.value import Value, replace
from counter_app.services.office import Office
from counter_app.services.state import CaseDraft, PrincipalDraft

ASKED = "q_kind"  # the field in which a clerk chooses what is looked up
ABSENT = "本机没有这项数据，未列出"
# What belongs to each choice of ASKED; a choice with nothing here is said to be absent.
_OF_CHOICE = {"state": ("psn_insu_stas", "psn_type", "emp_name"), "account": ("balc",)}
_LABELS = {
    "psn_insu_stas": "参保状态",
    "psn_type": "人员类别",
    "emp_name": "参保单位",
    "balc": "个人账户余额",
}
_KNOWN = frozenset(one.name for kind in (Person, Employer) for one in fields(kind))
_OF_PAPER = {
    "JFZM": ("psn_insu_stas", "psn_type", "emp_name"),
    "CBPZ": ("psn_insu_stas", "psn_type", "emp_name", "balc"),
}


def with_results(
    office: Office, kind: TransactionType, case: CaseDraft, principal: PrincipalDraft, told: PaperContent
) -> PaperContent:
    """The content of a result paper with what was found; any other paper as it is."""
    if told.kind not in RESULTS:
        return told
    found, as_of = [], ""
    if principal.employer is not None:
        found = list(_of_employer(principal.employer))
    elif principal.person is not None:
        found, as_of = _found(office, kind, case, principal.person, told.kind), principal.person.as_of[:10]
    asked = _asked(kind, told)
    return replace(told, results=found, as_of=as_of, materials=[], commitments=[], answers=asked)


def _asked(kind: TransactionType, told: PaperContent) -> list[PaperAnswer]:
    """What was asked for; what the data say of the person stands under the results instead."""
    known = {field.label for field in kind.fields if field.key in _KNOWN or field.key.startswith("coner_")}
    return [answer for answer in told.answers if answer.label not in known]


def _found(
    office: Office, kind: TransactionType, case: CaseDraft, person: Person, paper: str
) -> list[PaperAnswer]:
    lines = _Lines(office, {field.key: field for field in kind.fields}, case.values, person)
    if paper in _OF_PAPER:
        return list(lines.of(_OF_PAPER[paper]))
    asked = case.values.get(ASKED)
    found: list[PaperAnswer] = []
    for code in asked if isinstance(asked, list | tuple) else ["state"]:
        found += list(lines.of(_OF_CHOICE.get(code, ()))) or [lines.absent(code)]
    return found


class _Lines(Value, frozen=True):
    """The labelled lines about one person: as the form says it now, else as the local copy does."""

    office: Office
    specs: Mapping[str, FieldSpec]
    values: Mapping[str, Any]
    person: Person

    def of(self, keys: Iterable[str]) -> Iterator[PaperAnswer]:
        for key in keys:
            value = self.values.get(key) or getattr(self.person, key)
            if value not in (None, ""):
                yield PaperAnswer(_LABELS[key], self._shown(key, value))

    def absent(self, code: str) -> PaperAnswer:
        spec = self.specs.get(ASKED)
        names = {choice.code: choice.label for choice in spec.choices} if spec else {}
        return PaperAnswer(names.get(code, code), ABSENT)

    def _shown(self, key: str, value: Any) -> str:
        if key == "balc":
            return f"{yuan(value)} 元"
        return display(self.specs[key], value, self.office.region) if key in self.specs else str(value)


def _of_employer(employer: Employer) -> Iterator[PaperAnswer]:
    for label, value in (
        ("单位编号", employer.emp_no),
        ("法定代表人", employer.legrep_name),
        ("单位地址", employer.addr),
    ):
        if value:
            yield PaperAnswer(label, value)
