"""How an answer gets into a case: typed by a clerk, read from a list, sent from elsewhere — one way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.catalog.model import FieldSpec, TransactionType
from counter_app.catalog.values import normalise
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.state import CaseDraft, Refusal

KEPT = 500  # characters of a refused text that are kept beside its refusal


def typed(office: Office, case: CaseDraft, spec: FieldSpec, text: str) -> CaseDraft:
    """Take a text into a field; a refused one is kept beside its refusal, so that nothing is lost."""
    refused = {k: v for k, v in case.refused.items() if k != spec.key}
    try:
        kind_of_document = str(case.values.get("psn_cert_type", ""))
        value = normalise(spec, text, office.region, office.today(), kind_of_document)
    except Problem as problem:
        refused[spec.key] = Refusal(problem.code, problem.detail, text[:KEPT])
        values = {k: v for k, v in case.values.items() if k != spec.key}
        return replace(case, refused=refused, values=values)
    return replace(with_value(case, spec.key, value), refused=refused)


def with_value(case: CaseDraft, key: str, value: Any) -> CaseDraft:
    """An accepted value in its place; nothing takes it away again."""
    values = {**case.values, key: value}
    if value in ("", None):
        del values[key]
    return replace(case, values=values, sources={**case.sources, key: "clerk"})


def with_defaults(office: Office, kind: TransactionType, case: CaseDraft) -> CaseDraft:
    """Lay the type's defaults under what is already known."""
    values, sources = dict(case.values), dict(case.sources)
    for spec in kind.fields:
        if spec.default and spec.key not in values and spec.group != "other":
            values[spec.key] = normalise(spec, spec.default, office.region, office.today())
            sources[spec.key] = "default"
    return replace(case, values=values, sources=sources)
