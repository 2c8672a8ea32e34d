"""长辈模式: from which age on somebody is 老年人 here, and whether this visit shows the plain pages."""

from __future__ import annotations

from datetime import date

from counter_app.catalog.model import Region
from counter_app.domain.tickets import ELDER_AGE, ELDER_DEFAULT
from counter_app.services.office import Office
from counter_app.services.state import VisitState


def elder_age(region: Region, on: date) -> int:
    """The age in years from which somebody is 老年人 here (source: Z46; the region's `hall.elder_age`)."""
    found = region.parameter(ELDER_AGE, on)
    return int(found.value) if found else ELDER_DEFAULT


def is_elder(office: Office, state: VisitState) -> bool:
    """Whether 长辈模式 is on: as somebody chose for this visit, else by the age of who is served."""
    if state.elder is not None:
        return state.elder
    principal = state.principal()
    person = principal.person if principal is not None else None
    age = person.age(office.today()) if person is not None else None
    return age is not None and age >= elder_age(office.region, office.today())
