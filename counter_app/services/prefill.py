"""What the clerk need not type: values the card, the hub or an earlier case already knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_app.catalog.model import FieldSpec, TransactionType
from counter_app.domain.codec import to_plain
from counter_app.domain.people import EvidenceKind, Person
from counter_app.services.state import CaseDraft, PrincipalDraft, VisitState

FROM_PERSON = [
    "psn_name",
    "psn_cert_type",
    "certno",
    "gend",
    "brdy",
    "naty",
    "tel",
    "addr",
    "insutype",
    "psn_type",
    "psn_insu_stas",
    "psn_idet_type",
    "insuplc_admdvs",
    "psn_no",
    "emp_name",
    "card_no",
]
FROM_EMPLOYER = {
    "emp_name": "emp_name",
    "uscc": "uscc",
    "emp_no": "emp_no",
    "legrep_name": "legrep_name",
    "tel": "tel",
    "addr": "addr",
    "emp_addr": "addr",
    "bank_acctname": "emp_name",
    "bank_name": "bank_name",
    "bank_acct": "bank_acct",
}
# The two first characters of a unified code say who registered what (GB 32100-2015, table 1).
KIND_BY_CODE = {
    "11": "government",
    "12": "institution",
    "51": "social",
    "52": "nonprofit",
    "91": "enterprise",
    "92": "individual",
}
CONTACT = {
    "coner_name": "agnter_name",
    "coner_tel": "agnter_tel",
}  # who to ring when the person has no telephone
# Fields of a type that ask again, by another name and required, what the hub tells of a person.
SAME_AS = {"psn_idet_kind": "psn_idet_type"}
FLEXIBLE = ("1103", "1203")  # national codes of those insured as employees without an employer
FROM_DOCUMENT = {"psn_name", "certno", "gend", "brdy", "naty", "card_no", "psn_cert_type"}


def filled(kind: TransactionType, case: CaseDraft, state: VisitState) -> CaseDraft:
    """Fill every empty field that somebody else already knows; what the clerk typed stays."""
    values, sources = dict(case.values), dict(case.sources)
    principal = state.principal(case.principal_key)
    for spec in kind.fields:
        if spec.key in case.refused or (spec.key in values and sources.get(spec.key) == "clerk"):
            continue
        known = _known(spec, principal, case, state)
        if known is not None:
            values[spec.key], sources[spec.key] = known
    return replace(case, values=values, sources=sources)


def _known(
    spec: FieldSpec, principal: PrincipalDraft | None, case: CaseDraft, state: VisitState
) -> tuple[Any, str] | None:
    if principal is None or spec.group == "other":
        return None
    if spec.key.startswith("agnter_") or spec.key in CONTACT:
        value = getattr(principal.speaker.agent, CONTACT.get(spec.key, spec.key), "")
        return (value, "card") if value and principal.speaker.kind != "self" else None
    if principal.person is not None and spec.key in FROM_PERSON:
        value = to_plain(getattr(principal.person, spec.key))
        if value:
            return value, _origin(spec.key, principal)
    if principal.person is not None and _told_of(principal.person, spec.key):
        return _told_of(principal.person, spec.key), "hub"
    if principal.employer is not None and _of_employer(principal, spec.key):
        return _of_employer(principal, spec.key), "card" if spec.key == "legrep_certno" else "hub"
    if spec.key == "insu_year" and principal.evidence is not None and case.values.get("brdy"):
        is_child = principal.evidence.kind is EvidenceKind.CHILD  # insured from the year it was born in
        return (int(str(case.values["brdy"])[:4]), "default") if is_child else None
    return _earlier(spec, case, state)


def _told_of(person: Person, key: str) -> str:
    """What follows from what the hub tells of a person; "" when nothing does."""
    if key == "matn_trt_dclaer_type":  # whose standard a birth is paid by
        if person.insutype == "310":
            return "flexible" if person.psn_type in FLEXIBLE else "employee"
        return ""  # a resident may be an employee's spouse without work: the clerk asks
    return str(getattr(person, SAME_AS[key])) if key in SAME_AS else ""


def _of_employer(principal: PrincipalDraft, key: str) -> str:
    employer, agent = principal.employer, principal.speaker.agent
    assert employer is not None
    if key == "emp_type":
        return KIND_BY_CODE.get(employer.uscc[:2], "") if principal.known else ""
    if key == "legrep_certno":  # the legal representative came in person
        return (
            agent.agnter_certno if employer.legrep_name and employer.legrep_name == agent.agnter_name else ""
        )
    if key.startswith("bank_") and not employer.bank_acct:
        return ""  # whose account it is means nothing without the account
    name = FROM_EMPLOYER.get(key)
    return str(getattr(employer, name)) if name else ""


def _origin(key: str, principal: PrincipalDraft) -> str:
    by_document = principal.evidence is not None and principal.evidence.kind != EvidenceKind.TYPED
    return "card" if key in FROM_DOCUMENT and by_document else "hub"


def _earlier(spec: FieldSpec, case: CaseDraft, state: VisitState) -> tuple[Any, str] | None:
    for other in state.cases:
        same_person = other.principal_key == case.principal_key and other.case_id != case.case_id
        if same_person and spec.source in ("earlier", "hub", "card") and other.values.get(spec.key):
            return other.values[spec.key], "earlier"
    return None


def answers_to_bring(kind: TransactionType, before: Mapping[str, Any], case: CaseDraft) -> dict[str, Any]:
    """Answers of the last case of this type that this one still lacks (照上次带入)."""
    keys = {
        s.key
        for s in kind.fields
        if s.source in ("clerk", "earlier") and s.sensitive == "none" and s.type != "table"
    }
    return {k: v for k, v in before.items() if k in keys and v not in ("", None) and k not in case.values}
