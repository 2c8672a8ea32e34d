"""What a laptop that was reported lost has sent: acceptances nobody has heard of."""

from __future__ import annotations

from counter_app.hub.held import hold
from counter_app.hub.reported import report
from counter_app.hub.rows import to_ms
from tests.fakes.hall import Hall
from tests.hub.envelopes import accepted
from tests.hub.stores import HALL

PEOPLE = ("欧阳修远", "单小芳", "阿卜杜热合曼·买买提吐尔逊")


def handed_in(hall: Hall, reported_ms: int = 1 << 50) -> str:
    """The name of the exception about two acceptances."""
    now = to_ms(hall.clock.now())
    facts = []
    for seq in (1, 2):
        more = {"principal_name": PEOPLE[seq]}
        facts.append(accepted(seq, f"261123-001-K7Q-000{seq}-A", device="K7Q", more=more))
    hall.hub.lane.do(lambda c: report(c, HALL, "laptop", reported_ms))
    hall.hub.lane.do(lambda c: hold(c, HALL, "laptop", facts, now))
    return "held.laptop.1"
