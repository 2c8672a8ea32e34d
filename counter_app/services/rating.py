"""好差评 at the window: whom to ask, what they said, and the code on the receipt for those who ask later.

The citizen answers, on their own screen or rater; the clerk has no verb for it and no view of it. An answer
is a fact of nobody at the desk: its actor is the rater.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, Fact
from counter_app.domain.papers import PaperContent
from counter_app.domain.ratings import CHANNELS, NOT_RATED, checked
from counter_app.domain.value import Value, replace
from counter_app.problems import Problem
from counter_app.seals import rating_codes
from counter_app.services.office import Office
from counter_app.services.ports import Unit
from counter_app.services.state import VisitState

GIVEN, INVITED = "rating.given", "rating.invited"
CODE_DAYS = 30  # how long the code of a receipt is good for, in calendar days: a choice of ours
RATER = Actor("", "评价器", ("citizen",))
_PRINTED = ("SLTZ", "YWHZ", "SLHZ")


class Asking(Value, frozen=True):
    """What the citizen's screen asks about: one case, by number and matter; `window` served it."""

    case_id: str
    number: str
    matter: str
    window: str


def due(office: Office, state: VisitState) -> Asking | None:
    """The next case of a visit that was written down and nobody was asked about; None when all were."""
    for case in state.cases:
        if case.number and not said(office, case.case_id):
            matter = office.type(case.type_id).title(case.situation)
            return Asking(case.case_id, case.number, matter, office.window)
    return None


def answer(
    office: Office, case_id: str, level: int, indicators: Iterable[str] = (), channel: str = "screen"
) -> None:
    """Keep what a citizen answered for a case, once; 0 is 未评, after which one real answer may follow.

    Raises Problem `rating-level`, `rating-indicator`, `already-rated`, `not-found`, `usage` for a channel
    that is none.
    """
    if channel not in CHANNELS:
        raise Problem("usage", "channel", channel)
    ticked = checked(level, indicators)
    record = office.ports.storage.case(case_id)
    if record is None:
        raise Problem("not-found", "case", case_id)
    before = said(office, record.case_id)
    if before and (max(before) > NOT_RATED or level == NOT_RATED):
        raise Problem("already-rated", "case", record.number)
    body = {"level": level, "indicators": list(ticked), "channel": channel, "visit_id": record.visit_id}
    actor = replace(RATER, window=office.window)
    with office.ports.storage.unit(actor, office.now()) as unit:
        unit.record(Fact(GIVEN, body, record.case_id))


def said(office: Office, case_id: str) -> list[int]:
    """The levels answered here for a case; for the program alone, no view shows them."""
    facts = office.ports.storage.facts(case_id)
    return [int(fact["body"].get("level", NOT_RATED)) for fact in facts if fact["kind"] == GIVEN]


def with_code(office: Office, unit: Unit, record: CaseRecord, content: PaperContent) -> PaperContent:
    """The receipt with a code to rate by, where the hall has an address for it; the hub learns its digest."""
    if not office.rating_url or content.kind not in _PRINTED:
        return content
    until = (office.today() + timedelta(days=CODE_DAYS)).isoformat()
    code = rating_codes.made(record.case_id, record.number, until, office.ports.secrets.sign)
    body = {"number": record.number, "digest": rating_codes.digest(code), "until": until}
    unit.record(Fact(INVITED, body, record.case_id))
    return replace(content, rate_url=f"{office.rating_url.rstrip('/')}/r/{code}", rate_until=until)
