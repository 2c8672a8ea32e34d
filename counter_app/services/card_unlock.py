"""A locked or forgotten card password has a way on: a slip that says where it is put right."""

from __future__ import annotations

from counter_app.domain.cases import PaperRecord
from counter_app.domain.papers import PaperContent
from counter_app.services.accept import issue_loose
from counter_app.services.contents import agency
from counter_app.services.office import Office

PAPER = "KMJS"
_PLACE = "card_unlock"  # a sentence of the region's texts; unknown is not printed


def slip(office: Office) -> PaperRecord:
    """Number, sign and queue the slip. It belongs to no case and to nobody."""
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        return issue_loose(office, unit, content_of(office, unit.next_number(office.today())))


def content_of(office: Office, number: str) -> PaperContent:
    """What the slip says beyond its form: where this place unlocks cards, if its pack says so."""
    place = office.region.texts.get(_PLACE, "")
    return PaperContent(
        kind=PAPER,
        number=number,
        case_number="",
        issued_at=office.now().replace(microsecond=0).isoformat(),
        agency=agency(office),
        type_id="",
        type_name="",
        window=office.window,
        clerk_no=office.actor.clerk_no,
        told=[f"本地服务网点：{place}"] if place else [],
        demo=office.ports.storage.is_synthetic(),
        pack=office.region.pack,
    )
