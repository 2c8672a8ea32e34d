"""One person with one matter, served as a clerk would: who comes, who speaks, what is filled and taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.catalog.model import Catalogue, TransactionType
from counter_app.documents.verify import verify_file
from counter_app.services.printing import print_queued
from counter_app.services.visit import Visit
from tests.fakes.filler import Filler
from tests.fakes.office import TestOffice

FOR_RESIDENTS = {"MT10"}
EMPLOYER = "91371102MA3EXAMP0L"


@dataclass(frozen=True, slots=True)
class Play:
    """Where, in which situation, spoken for by whom; "" = whatever comes first."""

    type_id: str
    region: str
    situation: str = ""
    party: str = ""


def offered(packs: Catalogue) -> list[tuple[str, str]]:
    """Every type with every region that offers it at the desk."""
    return [(kind.id, region) for region in packs.regions for kind in packs.offered(region)]


def offering(packs: Catalogue, kind: TransactionType) -> str:
    """A region that offers a type, another one for the next type; "" when none does."""
    places = [place for type_id, place in offered(packs) if type_id == kind.id]
    return places[sum(map(ord, kind.id)) % len(places)] if places else ""


def filled(hall: TestOffice, play: Play) -> Visit:
    """Serve one person with one matter up to the page where the citizen reads it all."""
    region = hall.catalogue.regions[play.region]
    office = replace(hall.office, region=region)
    visit = Visit(office)
    if visit.state.is_open:
        visit.hold()
    kind = hall.catalogue.types[play.type_id]
    _come(hall, visit, kind, play)
    visit.open_case(play.type_id, play.situation)
    _stand_for(visit, kind, play)
    assert Filler(visit, region, office.today()).fill() == []
    return visit


def accepted(hall: TestOffice, play: Play) -> str:
    """Serve one person with one matter up to the paper in hand; the case number."""
    visit = filled(hall, play)
    office = visit.office
    visit.submit()
    case = visit.view().case
    assert case is not None
    assert case.number, [p.cause for p in case.problems]
    assert print_queued(office.ports, office.actor) == []
    visit.finish()
    hall.clock.tick(60)
    return case.number


def verified(hall: TestOffice, folder: Path) -> list[str]:
    """Check every paper that has left as `receipt verify FILE` does, and empty the tray; their numbers."""
    numbers, keys = [], hall.public_keys
    while hall.tray.jobs:
        job = hall.tray.jobs.pop()
        file = folder / "paper.pdf"
        file.write_bytes(job.pdf)
        found = verify_file(file, keys)
        assert found.ok, f"{job.title}: {found.because}"
        numbers.append(found.number)
    return numbers[::-1]


def _come(hall: TestOffice, visit: Visit, kind: TransactionType, play: Play) -> None:
    """The right person at the window, for whom the type is meant."""
    visit.serve_walk_in()
    if kind.applicant == "employer":
        visit.add_employer(EMPLOYER)
        return
    if kind.applicant == "newborn":
        visit.add_child("李小禾")
        return
    if kind.applicant == "nobody":
        return
    if play.party == "heir":
        visit.take(hall.card("chen_deceased"))
        visit.answer("heir")
    else:
        visit.take(hall.card("liu_guilan" if play.type_id in FOR_RESIDENTS else "zhao"))
    visit.witness("verified")


def _stand_for(visit: Visit, kind: TransactionType, play: Play) -> None:
    """Who speaks: as the play says, else the first party the type allows when the person may not."""
    speaker = visit.view().speaker
    if play.party and speaker is not None and speaker.kind != play.party:
        visit.set_speaker(play.party)
    elif speaker is not None and not kind.parties.get(speaker.kind):
        visit.set_speaker(next(party for party, allowed in kind.parties.items() if allowed))
