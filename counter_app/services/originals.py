"""Originals on their way between the window and the back office: who holds which pages, by both names.

Every hand-over is a fact and a slip (原件交接单) that both sign; the taker says in a fact of their own
what was counted. At the end of the day the pages handed over are the pages on the slips.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from counter_app.domain.cases import CaseRecord, Fact, MaterialState, PaperRecord
from counter_app.domain.papers import PaperBundle
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.accept import issue
from counter_app.services.contents import from_record
from counter_app.services.office import Office

HANDED, TAKEN = "originals.handed", "originals.taken"
FRONT, BACK = "front", "back"
PAPER_FORMS = ("original", "copy", "signed_form")


class Hand(Value, frozen=True):
    """One side of a hand-over: the person by name and staff number, and where they work."""

    name: str
    no: str = ""
    post: str = ""

    @property
    def words(self) -> str:
        """Name and staff number as papers say them."""
        return self.name + (f"（工号 {self.no}）" if self.no else "")


class Bundle(Value, frozen=True):
    """One material's sheets. `counted` None until the taker has counted them."""

    code: str
    name: str
    form: str
    pages: int
    note: str = ""
    counted: int | None = None


class Handover(Value, frozen=True):
    """One slip: what went where, from whom to whom; `taken_by` "" until it was counted and signed for."""

    slip: str
    towards: str
    giver: Hand
    taker: Hand
    bundles: tuple[Bundle, ...]
    taken_by: str = ""


def hand_over(
    office: Office,
    number: str,
    taker: Hand,
    *,
    towards: str = BACK,
    pages: Mapping[str, int] | None = None,
    notes: Mapping[str, str] | None = None,
) -> PaperRecord:
    """Hand a case's papers to the back office (or back to the front) on a slip of their pages.

    `pages` overrides how many sheets a material has (its scanned pages, else its copies, count).
    Raises Problem `not-found`, `handover-self`, `originals-none`, `field-required` without a taker.
    """
    record = case_of(office, number)
    if not taker.name.strip():
        raise Problem("field-required", "taker", "接收人")
    if taker.no and taker.no == office.actor.clerk_no:
        raise Problem("handover-self", "taker", taker.words)
    movable = _movable(record, of_case(office, record), towards)
    bundles = _told(movable, pages or {}, notes or {})
    if not bundles:
        raise Problem("originals-none", "case", record.number)
    giver = Hand(office.actor.clerk_name, office.actor.clerk_no, _post(office))
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        own = unit.next_number(office.today())
        handover = Handover(own, towards, giver, taker, bundles)
        unit.record(Fact(HANDED, _body(record, handover), record.case_id))
        content = replace(
            from_record(office, record, own, "YJJJ"),
            materials=[],
            giver=giver.words,
            giver_post=giver.post,
            taker=taker.words,
            taker_post=taker.post,
            bundles=[PaperBundle(b.name, b.form, b.pages, b.note) for b in bundles],
        )
        return issue(office, unit, record, content)


def take_over(
    office: Office, slip: str, counted: Mapping[str, int] | None = None, note: str = ""
) -> Handover:
    """Sign for a slip after counting; a count that differs from the slip needs a note.

    Raises Problem `not-found`, `handover-self` (the giver cannot also take), `handover-taken`,
    `reason-needed`.
    """
    record, found = _slip(office, slip)
    if found.taken_by:
        raise Problem("handover-taken", "slip", found.taken_by)
    if found.giver.no and found.giver.no == office.actor.clerk_no:
        raise Problem("handover-self", "slip", found.giver.words)
    given = counted or {}
    bundles = tuple(replace(b, counted=given.get(b.code, b.pages)) for b in found.bundles)
    if any(b.counted != b.pages for b in bundles) and not note.strip():
        raise Problem("reason-needed", "slip", "页数不符")
    body = {
        "case": record.number,
        "slip": slip,
        "clerk_no": office.actor.clerk_no,
        "clerk_name": office.actor.clerk_name,
        "counted": {b.code: b.counted for b in bundles},
        "note": note,
    }
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(TAKEN, body, record.case_id))
    return replace(found, bundles=bundles, taken_by=_taker(body))


def handovers(facts: Iterable[Mapping[str, Any]]) -> list[Handover]:
    """Every slip of a case in order, from its facts."""
    found: dict[str, Handover] = {}
    for fact in facts:
        body = fact["body"]
        if fact["kind"] == HANDED:
            found[body["slip"]] = _read(body)
        elif fact["kind"] == TAKEN and body["slip"] in found:
            before = found[body["slip"]]
            bundles = tuple(replace(b, counted=body["counted"].get(b.code)) for b in before.bundles)
            found[body["slip"]] = replace(before, bundles=bundles, taken_by=_taker(body))
    return list(found.values())


def lying(slips: Iterable[Handover], where: str) -> list[Bundle]:
    """What was handed over and lies now at one side, with the pages of its last slip."""
    last: dict[str, tuple[str, Bundle]] = {}
    for slip in slips:
        last |= {bundle.code: (slip.towards, bundle) for bundle in slip.bundles}
    return [bundle for towards, bundle in last.values() if towards == where]


def of_case(office: Office, record: CaseRecord) -> list[Handover]:
    """Every slip of a case."""
    return handovers(facts_of(office, record))


def facts_of(office: Office, record: CaseRecord) -> list[Mapping[str, Any]]:
    """All facts of one case, however many."""
    found: list[Mapping[str, Any]] = list(office.ports.storage.facts(record.case_id, limit=100_000))
    return found


def case_of(office: Office, number: str) -> CaseRecord:
    """The case with a number. Raises Problem `not-found`."""
    record = office.ports.storage.case(number)
    if record is None:
        raise Problem("not-found", "number", number)
    return record


def _movable(record: CaseRecord, slips: list[Handover], towards: str) -> list[Bundle]:
    """What can go: from the back what lies there as counted, else every paper received and still here."""
    away = lying(slips, BACK)
    if towards == FRONT:
        return [replace(b, pages=b.pages if b.counted is None else b.counted, counted=None) for b in away]
    there = {bundle.code for bundle in away}
    return [
        Bundle(m.code, m.name, m.form, len(m.pages) or m.copies or 1)
        for m in record.materials
        if m.state is MaterialState.RECEIVED and m.form in PAPER_FORMS and m.code not in there
    ]


def _told(
    bundles: Iterable[Bundle], pages: Mapping[str, int], notes: Mapping[str, str]
) -> tuple[Bundle, ...]:
    """With the pages and notes the giver says; none of a bundle leaves it out. Raises Problem `not-found`."""
    found = {bundle.code: bundle for bundle in bundles}
    unknown = (set(pages) | set(notes)) - set(found)
    if unknown:
        raise Problem("not-found", "material", "、".join(sorted(unknown)))
    told = [replace(b, pages=pages.get(c, b.pages), note=notes.get(c, "")) for c, b in found.items()]
    return tuple(bundle for bundle in told if bundle.pages > 0)


def _post(office: Office) -> str:
    return f"前台 {office.window} 号窗口" if office.window else ""


def _body(record: CaseRecord, handover: Handover) -> dict[str, Any]:
    def side(hand: Hand) -> dict[str, str]:
        return {"name": hand.name, "no": hand.no, "post": hand.post}

    lines = [
        {"code": b.code, "name": b.name, "form": b.form, "pages": b.pages, "note": b.note}
        for b in handover.bundles
    ]
    return {
        "case": record.number,
        "slip": handover.slip,
        "towards": handover.towards,
        "giver": side(handover.giver),
        "taker": side(handover.taker),
        "bundles": lines,
    }


def _read(body: Mapping[str, Any]) -> Handover:
    bundles = tuple(Bundle(**line) for line in body["bundles"])
    return Handover(body["slip"], body["towards"], Hand(**body["giver"]), Hand(**body["taker"]), bundles)


def _taker(body: Mapping[str, Any]) -> str:
    return Hand(body["clerk_name"], body["clerk_no"]).words


def _slip(office: Office, slip: str) -> tuple[CaseRecord, Handover]:
    paper = office.ports.storage.paper(slip)
    if paper is None or paper.kind != "YJJJ":
        raise Problem("not-found", "slip", slip)
    record = case_of(office, paper.case_number)
    return record, next(h for h in handovers(facts_of(office, record)) if h.slip == slip)
