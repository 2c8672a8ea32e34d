"""一次性告知单: everything to bring, said once, before anybody stands in line twice.

It is numbered and signed like every paper (so it can be verified and counted), belongs to no case
and bears no seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from counter_app.catalog.evaluate import needed_materials
from counter_app.catalog.model import Catalogue, MaterialSpec, TransactionType
from counter_app.catalog.names import context_for
from counter_app.catalog.papers import papers_for
from counter_app.domain.cases import MaterialState, PaperRecord
from counter_app.domain.papers import PaperContent, PaperMaterial
from counter_app.domain.people import PartyKind
from counter_app.domain.value import Value
from counter_app.services.accept import issue_loose, seals_for
from counter_app.services.contents import agency, place_of, situation_name, with_people
from counter_app.services.judge import materials_of, questions_of
from counter_app.services.office import Office
from counter_app.services.spoken_tongue import tongue_of
from counter_app.services.state import CaseDraft, PrincipalDraft, VisitState

ON_OCCASION = "（视情形）"
# What may become of a material, by the first that holds; the paper says it in words.
_EASE = (
    ("by_card", MaterialState.BY_CARD),
    ("share", MaterialState.SHARED),
    ("commit", MaterialState.COMMITTED),
)


class Asked(Value, frozen=True):
    """What somebody asked about: a type and situation, for a person or for nobody in particular."""

    kind: TransactionType
    situation: str
    materials: tuple[PaperMaterial, ...]
    principal: PrincipalDraft | None = None
    tongue: str = ""

    @property
    def party(self) -> str:
        """Who speaks for the principal."""
        return self.principal.speaker.kind.value if self.principal else PartyKind.SELF.value


def of_case(office: Office, state: VisitState, case: CaseDraft) -> Asked:
    """Only what this person needs in this situation, as far as the form is filled."""
    kind = office.type(case.type_id)
    wanted = [n.spec for n in materials_of(office, state, case) if n.required]
    lines = tuple(_line(spec, spec.name) for spec in wanted)
    spoken = tongue_of(office, state)
    return Asked(kind, case.situation, lines, state.principal(case.principal_key), spoken)


def of_person(office: Office, state: VisitState, case: CaseDraft) -> Asked:
    """The same for a case nobody has opened: what an answer may add is there, marked 视情形."""
    found = of_case(office, state, case)
    known = {one.name for one in found.materials}
    for other in _as_it_may_be(office, state, case):
        more = [n.spec for n in materials_of(office, state, other) if n.required and n.spec.name not in known]
        known |= {spec.name for spec in more}
        lines = tuple(_line(spec, spec.name + ON_OCCASION) for spec in more)
        found = replace(found, materials=(*found.materials, *lines))
    return found


def _as_it_may_be(office: Office, state: VisitState, case: CaseDraft) -> Iterator[CaseDraft]:
    """The case with one more answer: each question with yes, each unanswered choice in every way."""
    for question in questions_of(office, state, case):
        yield replace(case, asked={**case.asked, question.name: True})
    for spec in office.type(case.type_id).fields:
        codes: tuple[object, ...] = (
            (True, False) if spec.type == "bool" else tuple(c.code for c in spec.choices)
        )
        if spec.type in ("bool", "enum") and case.sources.get(spec.key, "default") == "default":
            for code in codes:
                yield replace(case, values={**case.values, spec.key: code})


def of_type(office: Office, kind: TransactionType, situation: str) -> Asked:
    """The whole list of a type: what everybody brings who comes in person, then what depends on them."""
    found = listed(office.catalogue, office.region.id, office.today(), kind, situation)
    return Asked(kind, situation, found)


def listed(
    catalogue: Catalogue, region: str, today: date, kind: TransactionType, situation: str
) -> tuple[PaperMaterial, ...]:
    """The same list for whoever has no store, such as the guide desk."""
    here = context_for(
        catalogue,
        region,
        today,
        person=None,
        party={"kind": PartyKind.SELF.value, "relation": ""},
        form={},
        ask={},
        case={"situation": situation, "channel": "desk", "online": True},
    )
    always = {spec.code for spec, required in needed_materials(kind, situation, here) if required}
    plain = [_line(spec, spec.name) for spec in kind.materials if spec.code in always]
    rest = [_line(s, s.name + ON_OCCASION) for s in kind.materials if s.code not in always]
    return (*plain, *rest)


def tell(office: Office, asked: Asked) -> tuple[PaperRecord, ...]:
    """Number, sign and queue the paper; for an authorised agent also a blank letter of authority."""
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        told = []
        for paper in papers_for(asked.kind, "consult", party=asked.party):
            number = unit.next_number(office.today())
            told.append(issue_loose(office, unit, content_of(office, asked, paper, number)))
    return tuple(told)


def content_of(office: Office, asked: Asked, paper: str, number: str) -> PaperContent:
    """What the paper says."""
    kind, limits = asked.kind, asked.kind.limits
    content = PaperContent(
        kind=paper,
        number=number,
        case_number="",
        issued_at=office.now().replace(microsecond=0).isoformat(),
        agency=agency(office),
        type_id=kind.id,
        type_name=kind.name,
        situation=situation_name(kind, asked.situation),
        national_item=kind.national_item,
        window=office.window,
        clerk_name=office.actor.clerk_name,
        clerk_no=office.actor.clerk_no,
        materials=list(asked.materials),
        statutory_days=limits.statutory,
        statutory_basis=limits.statutory_basis if limits.statutory is not None else "",
        promised_days=limits.promised_for(office.region.id, asked.situation),
        excluded_stages=list(kind.paused),
        told=[*kind.notices, *place_of(office, kind), *where_to_read(office)],
        seals=list(seals_for(paper)),
        demo=office.ports.storage.is_synthetic(),
        pack=kind.pack or kind.version,
        tongue=asked.tongue,
    )
    return with_people(content, asked.principal, office) if asked.principal else content


def where_to_read(office: Office) -> list[str]:
    """Where this place explains its rules, as its pack says (K06, K07); unknown is not printed."""
    texts = office.region.texts
    words = {"guide": "办事指南见{}。", "policy": "政策解读见{}。"}
    return [sentence.format(texts[key]) for key, sentence in words.items() if texts.get(key)]


def with_told(state: VisitState, papers: Iterable[PaperRecord]) -> VisitState:
    """The visit remembering what was told, so that the desk shows the papers."""
    return replace(state, told=(*state.told, *(paper.number for paper in papers)))


def _line(spec: MaterialSpec, name: str) -> PaperMaterial:
    ease = next((state.value for attribute, state in _EASE if getattr(spec, attribute)), "")
    if not ease and not spec.core and spec.defer != "no":
        ease = MaterialState.DEFERRED.value
    return PaperMaterial(name, spec.form, spec.copies, ease)
