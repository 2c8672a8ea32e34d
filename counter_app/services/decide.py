"""What happens to a case after it left the window: withdrawn, supplemented, decided, paid, put away.

Each is a new fact, with its own numbered paper where the citizen gets one; nothing written earlier is
changed.
"""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.cases import CaseRecord, Fact, MaterialState
from counter_app.domain.life import Wish
from counter_app.policy.life import made_at_window
from counter_app.services import due, handover
from counter_app.services.accept import issue, seals_for
from counter_app.services.contents import from_record
from counter_app.services.life import asked_of_hub, fact_of, judged, keep, life_of, record_of
from counter_app.services.office import Office


def decide(office: Office, number: str, wish: Wish) -> CaseRecord:
    """Carry out one move; its paper is handed over at once when the window itself does it.

    Raises Problem `not-found`, and what `policy.life.move` and the hub refuse.
    """
    if wish.act == "make_good":
        return make_good(office, number, wish.detail)
    if wish.act == "deliver":
        return handover.deliver(office, number, *wish.detail.split("：", 1))
    record = record_of(office, number)
    if wish.act in ("accept", "defer"):
        kind = office.type(record.type_id)
        promised = kind.limits.promised_for(office.region.id, record.situation)
        wish = replace(wish, days=promised or 0)
        record = replace(record, accepted_at=office.now())
    life = judged(office, record, wish)
    if life.knows(wish.id) and life_of(office, record).knows(wish.id):
        return record
    if not made_at_window(life):
        return asked_of_hub(office, record, wish)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(fact_of(record, life, wish))
        changed = keep(office, unit, record, life)
        handover.draw_up(office, unit, changed, life)
    return changed


def make_good(office: Office, number: str, code: str) -> CaseRecord:
    """A deferred material has arrived (补齐). Raises Problem `not-found`."""
    record = record_of(office, number)
    wish = Wish(office.new_id(), "make_good", detail=code)
    life = judged(office, record, wish)
    materials = tuple(
        replace(m, state=MaterialState.RECEIVED, due_on=None)
        if m.code == code and m.state is MaterialState.DEFERRED
        else m
        for m in record.materials
    )
    changed = due.made_good(office.calendar, replace(record, materials=materials), office.today())
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(fact_of(record, life, wish, {"code": code}))
        return keep(office, unit, changed, life)


def return_originals(office: Office, number: str, reason: str = "") -> CaseRecord:
    """Hand the originals back against a signature. Raises Problem `not-found`."""
    record = record_of(office, number)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        own = unit.next_number(office.today())
        unit.record(
            Fact("material.returned", {"case": record.number, "reason": reason.strip()}, record.case_id)
        )
        reasons = [reason.strip()] if reason.strip() else []
        content = from_record(office, record, own, "THQS")
        issue(office, unit, record, replace(content, reasons=reasons, seals=list(seals_for("THQS"))))
    return record
