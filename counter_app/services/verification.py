"""待核: what was accepted while the line was cut is looked up once it is back, and said so.

An offline acceptance keeps its day and its number (`CaseRecord.online` stays False for ever); whether
somebody has compared it with the hub since is a fact of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.catalog.model import Catalogue
from counter_app.domain.cases import CaseRecord, Fact
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.ports import Storage

VERIFIED, DOUBTED = "case.verified", "case.doubted"
_MOST = 1000


def to_verify(storage: Storage, catalogue: Catalogue) -> Sequence[CaseRecord]:
    """Cases still to be compared, the oldest first; a matter that needs no line never waits."""
    found = (case for case in storage.unverified(_MOST) if _needs_it(catalogue, case))
    return tuple(found)


def verified(office: Office, number: str, agrees: bool = True, why: str = "") -> CaseRecord:
    """Write down what comparing an offline acceptance with the hub has shown.

    One that agrees is done with. One that does not stays on the list, with the reason, until it has been
    put right and compared again. Raises Problem `not-found`, `hub-away`, `verify-not-due`,
    `verify-unsent` (the hub has not taken the facts yet, or has set one aside), `reason-needed`.
    """
    storage = office.ports.storage
    record = storage.case(number)
    if record is None:
        raise Problem("not-found", "number", number)
    if not office.online():
        raise Problem("hub-away", "case")
    if record.case_id not in {case.case_id for case in to_verify(storage, office.catalogue)}:
        raise Problem("verify-not-due", "case", number)
    if not record.synced:
        raise Problem("verify-unsent", "case", number)
    if not agrees and not why.strip():
        raise Problem("reason-needed", "case", "核验不符")
    body = {"case": number, "agrees": agrees, "why": why.strip()}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(VERIFIED if agrees else DOUBTED, body, record.case_id))
    return record


def _needs_it(catalogue: Catalogue, case: CaseRecord) -> bool:
    kind = catalogue.types.get(case.type_id)
    return kind is None or kind.offline == "accept_only"
