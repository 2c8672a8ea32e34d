"""Work left unfinished at a kiosk: parked under its person, and taken up again wherever they come next.

It becomes a filing of channel `kiosk`: kept here, and sent to the hub as a package this device has signed,
so that every window and every other kiosk of the hall can take it up, once.
"""

from __future__ import annotations

import json
from typing import Any, Protocol

from counter_app.catalog.model import FieldSpec
from counter_app.domain.cases import MaterialState
from counter_app.domain.filings import Filing, FilingState
from counter_app.domain.people import Agent
from counter_app.problems import Problem
from counter_app.services import filings
from counter_app.services.office import Office
from counter_app.services.self_view import Unfinished
from counter_app.services.state import CaseDraft, VisitState

CHANNEL = "kiosk"
DAYS_KEPT = 30  # calendar days after which a package of a kiosk is worth nothing any more
_SENT = {MaterialState.RECEIVED, MaterialState.SHARED, MaterialState.COMMITTED}


class Parking(Protocol):
    """Seals filings into a package of this device and carries it to the hub."""

    def sealed(self, filing: Filing) -> Filing:
        """The filing as every other machine will read it: its id and its hash are final."""

    def send(self, filing: Filing) -> None:
        """Hand it to the hub. Raises Problem `hub-away`, and what the hub refuses."""


def filing_of(office: Office, state: VisitState, case: CaseDraft) -> Filing:
    """What somebody has answered so far, as it would have been sent from elsewhere."""
    principal = state.principal(case.principal_key)
    known = principal is not None and principal.evidence is not None
    kind = office.type(case.type_id)
    specs = {spec.key: spec for spec in kind.fields}
    told = {k: v for k, v in case.values.items() if k in specs and case.sources.get(k) in ("clerk", "card")}
    return Filing(
        filing_id=case.case_id,
        channel=CHANNEL,
        origin="",
        type_id=case.type_id,
        filed_at=office.now().isoformat(),
        situation=case.situation,
        person=principal.person if principal else None,
        employer=principal.employer if principal else None,
        party=principal.speaker.kind.value if principal else "self",
        agent=principal.speaker.agent if principal else Agent(),
        answers={key: text_of(specs[key], value) for key, value in told.items()},
        asked=dict(case.asked),
        materials={code: m.state.value for code, m in case.marks.items() if m.state in _SENT},
        evidence=principal.evidence.kind.value if known and principal and principal.evidence else "",
        evidence_at=principal.evidence.at if known and principal and principal.evidence else "",
    )


def text_of(spec: FieldSpec, value: Any) -> str:
    """An accepted value as a text that is accepted again."""
    if spec.type == "table":
        return json.dumps(value, ensure_ascii=False)
    if spec.type == "money":
        return f"{value // 100}.{value % 100:02d}"
    if spec.type == "bool":
        return "yes" if value else "no"
    return ",".join(str(one) for one in value) if isinstance(value, list) else str(value)


def park(office: Office, parking: Parking, state: VisitState) -> tuple[Filing, ...]:
    """Park every unfinished case of a visit: kept here first, then sent; a hub that is away gets it later."""
    waiting = [case for case in state.cases if not case.number and is_worth_keeping(office, state, case)]
    made = tuple(parking.sealed(filing_of(office, state, case)) for case in waiting)
    if made:
        filings.receive(office, made)
    send_again(office, parking)
    return made


def is_worth_keeping(office: Office, state: VisitState, case: CaseDraft) -> bool:
    """Whether somebody is known whose work it is, and it may come by a kiosk; a bare question is not kept."""
    principal = state.principal(case.principal_key)
    person = principal.person if principal else None
    known = bool(person and person.certno)
    return known and CHANNEL in office.type(case.type_id).channels


def send_again(office: Office, parking: Parking) -> None:
    """Send what the hub does not have yet. Away is no matter: it stays here and goes next time."""
    for filing in office.ports.storage.filings(FilingState.WAITING.value):
        if filing.channel == CHANNEL and not filing.hub_no:
            try:
                parking.send(filing)
            except Problem as problem:
                if problem.code == "hub-away":
                    return
                raise


def unfinished_of(office: Office, certno: str) -> tuple[Unfinished, ...]:
    """What this person left at a kiosk, newest first, as far as it is known here."""
    found = [
        filing
        for filing in office.ports.storage.filings(FilingState.WAITING.value)
        if filing.channel == CHANNEL and filing.person is not None and filing.person.certno == certno
        if filings.is_doable(office, filing) and not _is_over(office, filing)
    ]
    return tuple(_line(office, filing) for filing in reversed(found))


def _is_over(office: Office, filing: Filing) -> bool:
    return filing.expires_on is not None and filing.expires_on < office.today()


def _line(office: Office, filing: Filing) -> Unfinished:
    kind = office.type(filing.type_id)
    begun = filing.filed_at[:16].replace("T", " ")
    return Unfinished(filing.filing_id, kind.plain_name or kind.title(filing.situation), begun)
