"""What a paper will say: the visit's values gathered into one `PaperContent`.

Nothing is printed in full that hall practice forbids: certificate and account numbers are masked,
diagnoses and diseases go by code, no amount is promised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from counter_app.catalog.model import FieldSpec, Offer, Situation, TransactionType
from counter_app.catalog.papers import STAFF
from counter_app.catalog.values import display
from counter_app.domain import masks
from counter_app.domain.cases import CaseRecord, MaterialRecord, MaterialState
from counter_app.domain.papers import Agency, PaperAnswer, PaperContent, PaperMaterial
from counter_app.domain.people import PartyKind
from counter_app.domain.value import Value
from counter_app.services import cross
from counter_app.services.judge import Judged, Needed, Outcome
from counter_app.services.office import Office
from counter_app.services.spoken_tongue import tongue_of, tongue_of_case
from counter_app.services.state import CaseDraft, PrincipalDraft, VisitState

LEVELS = {
    "区": "各区（县）医保经办窗口",
    "镇街": "镇街医保站",
    "村居": "村居医保服务站",
    "银行点": "银行便民服务点",
    "医院点": "设有医保服务点的定点医院",
}
PRINTED_STATES = {
    MaterialState.RECEIVED,
    MaterialState.BY_CARD,
    MaterialState.SHARED,
    MaterialState.COMMITTED,
    MaterialState.DEFERRED,
}


class Printed(Value, frozen=True):
    """Numbers and moments a content needs from the transaction that issues it."""

    number: str
    case_number: str
    kind: str
    nth: int = 1
    of: int = 1


def compose(
    office: Office, state: VisitState, case: CaseDraft, judged: Judged, printed: Printed
) -> PaperContent:
    """The content of one paper about one case, as things stand."""
    kind = office.type(case.type_id)
    principal = state.principal(case.principal_key)
    assert principal is not None
    now = office.now().replace(microsecond=0).isoformat()
    return PaperContent(
        kind=printed.kind,
        number=printed.number,
        case_number=printed.case_number,
        issued_at=now,
        agency=agency(office),
        type_id=kind.id,
        type_name=kind.title(case.situation),
        situation=situation_name(kind, case.situation),
        national_item=kind.national_item,
        nth=printed.nth,
        of=printed.of,
        submitted_at=state.opened_at[:19] + state.opened_at[-6:]
        if len(state.opened_at) > 25
        else state.opened_at,
        accepted_at=now,
        channel=case.came.channel,
        window=office.window,
        clerk_name=office.actor.clerk_name,
        clerk_no=office.actor.clerk_no,
        helper=state.helped_by,
        materials=_materials(judged.needed),
        answers=_answers(office, case, judged.fields),
        commitments=_commitments(judged.needed),
        excluded_stages=list(kind.paused),
        told=[*cross.said(office, case.came), *kind.notices],
        enquiry_code=printed.case_number,
        is_offline=not office.online(),
        offline_unverified=_unverified(principal),
        account_tail=_account_tail(kind, case),
        demo=office.ports.storage.is_synthetic(),
        pack=kind.pack or kind.version,
        tongue=tongue_of(office, state),
        **_people(principal, office),
        **_limits(judged.outcome),
    )


def agency(office: Office) -> Agency:
    """The issuing agency as the region pack names it; unknown is absent."""
    known = office.region.agency
    return Agency(
        name=known.get("name", ""),
        hall=office.hall_name or known.get("hall", ""),
        address=known.get("address", ""),
        tel=known.get("tel", ""),
        supervision_tel=known.get("supervision_tel", ""),
        region=office.region.id,
        region_name=office.region.name,
    )


def situation_name(kind: TransactionType, code: str) -> str:
    """The name of a situation, "" when the type has none."""
    found: Situation | None = next((s for s in kind.situations if s.code == code), None)
    return found.name if found else ""


def place_of(office: Office, kind: TransactionType) -> list[str]:
    """Where else the matter can be done here, or where to go when this counter does not do it."""
    offer = kind.offered_in.get(office.region.id, Offer())
    if offer.mode in ("不办", "引导"):
        return [f"本窗口不办理此事项{'，' + offer.to if offer.to else ''}。"]
    lines = [f"本事项可在{LEVELS[offer.level]}就近办理。"] if offer.level in LEVELS else []
    online = office.region.texts.get("online", "")
    if online and "online" in kind.channels:
        lines.append(f"也可通过{online}办理。")
    return lines


def from_record(office: Office, record: CaseRecord, number: str, paper: str) -> PaperContent:
    """The content of a later paper (decision, withdrawal) about a case already written down."""
    kind = office.catalogue.types.get(record.type_id)
    return PaperContent(
        kind=paper,
        number=number,
        case_number=record.number,
        issued_at=office.now().replace(microsecond=0).isoformat(),
        agency=agency(office),
        applicant_name=record.principal_name,
        type_id=record.type_id,
        type_name=record.type_name,
        situation=situation_name(kind, record.situation) if kind else record.situation,
        accepted_at=record.accepted_at.replace(microsecond=0).isoformat() if record.accepted_at else "",
        window=office.window,
        clerk_name=office.actor.clerk_name,
        clerk_no=office.actor.clerk_no,
        agent_name=record.agent.get("agnter_name", ""),
        agent_mode=record.party,
        materials=[_record_line(m) for m in record.materials if m.state in PRINTED_STATES],
        enquiry_code=record.number,
        demo=office.ports.storage.is_synthetic(),
        pack=record.pack,
        tongue="" if paper in STAFF else tongue_of_case(office, record.number),
    )


def printed_value(spec: FieldSpec, value: Any, office: Office) -> str:
    """A form answer as it may stand on paper."""
    if spec.type == "table":
        rows: list[Mapping[str, Any]] = value or []
        return "；".join(_row(spec, row, office) for row in rows)
    shown = display(spec, value, office.region)
    return masked(spec, shown)


def masked(spec: FieldSpec, shown: str) -> str:
    """Mask a shown value by the field's sensitivity."""
    if spec.sensitive == "id":
        return masks.certno(shown)
    if spec.sensitive == "bank":
        return masks.bank_card(shown)
    if spec.type == "phone":
        return masks.phone(shown)
    return shown


def _row(spec: FieldSpec, row: Mapping[str, Any], office: Office) -> str:
    cells = [printed_value(c, row[c.key], office) for c in spec.columns if c.key in row and c.printed]
    return " ".join(cells)


def place_name(office: Office, code: str) -> str:
    """The name of an administrative division, the code itself where the pack does not know it."""
    return next((choice.label for choice in office.region.admdvs if choice.code == code), code)


def with_people(content: PaperContent, principal: PrincipalDraft, office: Office) -> PaperContent:
    """The content with the principal (number masked) and whoever speaks for them."""
    return replace(content, **_people(principal, office))


def _people(principal: PrincipalDraft, office: Office) -> dict[str, Any]:
    told: dict[str, Any] = {"agent_mode": principal.speaker.kind.value}
    if principal.employer is not None:
        name, uscc = principal.employer.emp_name, principal.employer.uscc
        told |= {"emp_name": name, "uscc": uscc, "applicant_name": name}
    elif principal.person is not None:
        person = principal.person
        told |= {
            "applicant_name": person.psn_name,
            "applicant_certno": masks.certno(person.certno) if person.certno else "",
            "insutype": person.insutype,
            "insuplc": place_name(office, person.insuplc_admdvs),
        }
    if principal.speaker.kind is PartyKind.SELF:
        return told
    agent = principal.speaker.agent
    return told | {
        "agent_name": agent.agnter_name,
        "agent_certno_tail": agent.agnter_certno[-4:],
        "agent_relation": agent.agnter_rlts,
    }


def _limits(outcome: Outcome) -> dict[str, Any]:
    return {
        "statutory_days": outcome.statutory_days,
        "statutory_basis": outcome.basis if outcome.statutory_days is not None else "",
        "promised_days": outcome.promised_days,
        "due_on": outcome.due.isoformat() if outcome.due else "",
        "due_is_estimated": outcome.estimated,
    }


def _materials(wanted: tuple[Needed, ...]) -> list[PaperMaterial]:
    lines = []
    for needed in wanted:
        if needed.mark.state in PRINTED_STATES:
            is_late = needed.mark.state is MaterialState.DEFERRED
            due: date | None = needed.mark.due_on if is_late else None
            copies = needed.mark.copies or needed.spec.copies
            lines.append(
                PaperMaterial(
                    name=needed.spec.name,
                    form=needed.spec.form,
                    copies=copies,
                    source=needed.mark.state.value,
                    original_returned=not needed.spec.original,
                    due_on=due.isoformat() if due else "",
                )
            )
    return lines


def _record_line(record: MaterialRecord) -> PaperMaterial:
    is_late = record.state is MaterialState.DEFERRED
    due = record.due_on.isoformat() if record.due_on and is_late else ""
    return PaperMaterial(
        record.name, record.form, record.copies, record.state.value, record.original_returned, due
    )


def _answers(office: Office, case: CaseDraft, shown: tuple[FieldSpec, ...]) -> list[PaperAnswer]:
    on_banner = {
        "psn_name",
        "certno",
        "psn_cert_type",
        "insutype",
        "insuplc_admdvs",
        "psn_no",
    }
    if case.values.get("certno"):
        on_banner |= {"gend", "brdy"}  # the number says both; whoever has none is told apart by them
    lines = []
    for spec in shown:
        value = case.values.get(spec.key)
        hidden = spec.sensitive == "diagnosis" or not spec.printed or spec.key in on_banner
        if not hidden and value not in (None, "", []) and not spec.key.startswith("agnter_"):
            lines.append(PaperAnswer(spec.label, printed_value(spec, value, office)))
    return lines


def _commitments(needed: tuple[Needed, ...]) -> list[str]:
    return [n.spec.commit_text or n.spec.name for n in needed if n.mark.state is MaterialState.COMMITTED]


def _unverified(principal: PrincipalDraft) -> list[str]:
    return list(principal.evidence.unverified) if principal.evidence else []


def _account_tail(kind: TransactionType, case: CaseDraft) -> str:
    for spec in kind.fields:
        if spec.type == "bank_card" and case.values.get(spec.key):
            return str(case.values[spec.key])[-4:]
    return ""
