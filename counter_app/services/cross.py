"""全域通办: accepted here, reviewed where the person is insured; whose clock runs is said on the notice."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.catalog.model import TransactionType
from counter_app.domain.cases import Came
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.office import Office

# The region's data: which types, for which districts (`370203 市北区`), whose clock. Absent: not offered.
TYPES, PLACES, CLOCK = "cross.types", "cross.places", "cross.clock"
# From whom the time is counted: the hall that accepted, or the district that reviews.
ACCEPTING, INSURED = "accepting", "insured"


class Cross(Value, frozen=True):
    """Where a case is reviewed. `is_default`: the clock is this program's choice, not the region's word."""

    place: str
    name: str
    clock: str
    is_default: bool


def places(office: Office) -> Mapping[str, str]:
    """The districts for which this counter accepts: code to name; empty where the region offers none."""
    found = office.region.parameter(PLACES, office.today())
    pairs = (str(text).partition(" ") for text in (found.value if found else ()))
    return {code: name for code, _, name in pairs}


def places_for(office: Office, kind: TransactionType) -> Mapping[str, str]:
    """The districts for which this counter accepts a type; empty where it is not offered."""
    offered = office.region.parameter(TYPES, office.today())
    types = list(offered.value) if offered else []
    return places(office) if "*" in types or kind.id in types else {}


def cross_of(office: Office, kind: TransactionType, place: str) -> Cross:
    """How a case of another district is accepted here; `place` is its code or its name.

    Raises Problem `cross-here`, or `cross-not-offered` (for this type, or for this district).
    """
    known = places(office)
    code = next((code for code, name in known.items() if place in (code, name)), "")
    if place in (office.region.admdvs_code, office.region.name):
        raise Problem("cross-here", "cross", office.region.name)
    if code not in places_for(office, kind):
        raise Problem("cross-not-offered", "cross", known.get(code, place[:20]))
    clock = office.region.parameter(CLOCK, office.today())
    told = str(clock.value) if clock else ACCEPTING
    return Cross(code, known[code], told, clock is None or clock.is_default)


def said(office: Office, came: Came) -> list[str]:
    """What the notice adds: who reviews, and whose clock runs; nothing for a case of our own."""
    if not came.place:
        return []
    name = places(office).get(came.place, came.place)
    if came.clock == INSURED:
        when = f"办理时限自{name}收到转交的申请之日起计算"
    else:
        when = "办理时限自本机构受理之日起计算"
    return [f"本件按全域通办受理：由本机构代为受理并转交，由参保地{name}医保经办机构审核办理，{when}。"]
