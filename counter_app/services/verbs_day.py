"""The day and the hall at the window: opening check, hand-over, balance, announcements, sorting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.cases import PaperRecord
from counter_app.domain.notices import HallNow, Word
from counter_app.domain.tickets import Ticket
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services import hall_words
from counter_app.services.verbs_ways import WaysVerbs
from counter_app.services.visit_view import VisitView

if TYPE_CHECKING:
    from counter_app.domain.days import DayState
    from counter_app.domain.outages import Owed, Report, Sorted, Way
    from counter_app.services import outage
    from counter_app.services.day import closing, completing, handing, opening, spares
    from counter_app.services.day.closing import Closing, Sealed
    from counter_app.services.day.completing import Rest
    from counter_app.services.day.handing import Desk
    from counter_app.services.day.opening import Opening
else:
    outage = late("counter_app.services.outage")
    closing = late("counter_app.services.day.closing")
    completing = late("counter_app.services.day.completing")
    handing = late("counter_app.services.day.handing")
    opening = late("counter_app.services.day.opening")
    spares = late("counter_app.services.day.spares")


class DayVerbs(WaysVerbs):
    """None of these is about one person; each writes facts of the day."""

    _hall = HallNow()
    _has_heard = False
    _has_looked_back = False
    _left_to_say = False  # a day was closed here without the hub, and nobody has been told that it is back

    @property
    def hall(self) -> HallNow:
        """What holds in the hall, as last heard."""
        return self._hall

    def refresh_line(self) -> VisitView:
        """Ask the hub how long the line is, and what the hall is told."""
        if self._has_heard:
            found = hall_words.heard(self.office, self._hall)
        else:
            found = hall_words.at_start(self.office)
        self._has_heard = True
        self._hears(found)
        return self._says_rest()

    def _says_rest(self) -> VisitView:
        """Once the hub is back, the desk says by itself which day it was left out of."""
        if not self._left_to_say or not self.office.online():
            return self.view()
        self._left_to_say = False
        days = completing.owed(self.office.ports.storage, self.office.today())
        if not days:
            return self.view()
        return self.tell(Problem("day-rest", "day", "、".join(map(_day, days))))

    def _hears(self, found: HallNow) -> VisitView:
        if found != self._hall:
            self._hall = found
            self._revision += 1
        return super().refresh_line()

    def _spoken(self) -> VisitView:
        """Something was said here: what holds is read anew, with what only this desk knows."""
        self._has_heard = True
        return self._hears(hall_words.now_in_hall(self.office))

    def reveal(self, key: str) -> VisitView:
        """Show one masked value for five seconds; never while the hall is covered."""
        if self._hall.cover is not None:
            raise Problem("hall-covered", "identity")
        return super().reveal(key)

    # --- opening --------------------------------------------------------------------------------
    def opening(self, devices: str = "") -> Opening:
        """The check of this morning as it stands; what an earlier day still owes is said along with it."""
        if not self._has_looked_back:
            self._has_looked_back = self._left_to_say = True
            self._says_rest()
        return opening.opening(self.office, devices)

    def look(self, item: str, ok: bool, note: str = "") -> Opening:
        """Write down what was found at one item."""
        opening.look(self.office, item, ok, note)
        return opening.opening(self.office)

    def open_day(self, second: str) -> DayState:
        """Open the day, signed by two."""
        return opening.open_day(self.office, second)

    def take_spares(self, kind: str, first: str, last: str = "") -> tuple[str, ...]:
        """Take blank booklets, numbers or tags out of the cabinet."""
        return spares.take(self.office, kind, first, last)

    def use_spare(self, kind: str, number: str, what: str, spoilt: bool = False) -> None:
        """One was used, or spoilt."""
        spares.use(self.office, kind, number, what, spoilt)

    def return_spares(self, kind: str, first: str, last: str = "") -> tuple[str, ...]:
        """Put unused ones back."""
        return spares.give_back(self.office, kind, first, last)

    # --- hand-over --------------------------------------------------------------------------------
    def on_desk(self) -> Desk:
        """What the next one takes over."""
        return handing.on_desk(self.office, self._state, self._held)

    def hand_over(self, to: str, note: str = "") -> VisitView:
        """Hand the desk over; from now on the other one acts."""
        self.office = handing.hand_over(self.office, to, self.on_desk(), note)
        self._usage = self.office.ports.storage.usage(self.office.actor.clerk_no)
        return self.refreshed()

    # --- closing ------------------------------------------------------------------------------------
    def closing(self, sealed: Sealed | None = None) -> Closing:
        """The balance of today as it stands."""
        return closing.closing(self.office, sealed)

    def explain(self, line: str, what: str, why: str) -> Closing:
        """Say why one named thing does not agree."""
        return closing.explain(self.office, line, what, why)

    def close_day(self, second: str, sealed: Sealed | None = None) -> PaperRecord:
        """End the day, signed by two; nobody may still be at the window. Raises Problem `visit-open`."""
        if self._state.is_open or self._held:
            raise Problem("visit-open")
        paper = closing.close(self.office, second, sealed)
        self._left_to_say = True
        return paper

    def days_owed(self) -> Sequence[date]:
        """Days that were closed without the hub and are not completed yet."""
        return completing.owed(self.office.ports.storage, self.office.today())

    def rest_of(self, day: date) -> Rest:
        """What is left of a closed day, as it stands now that the hub can be asked."""
        return completing.rest(self.office, day)

    def explain_rest(self, day: date, what: str, why: str) -> Rest:
        """Say why one number of a closed day does not agree."""
        return completing.explain_rest(self.office, day, what, why)

    def complete_day(self, day: date, second: str) -> PaperRecord:
        """Complete the sheet of a closed day, signed by two."""
        return completing.complete(self.office, day, second)

    def void(self, number: str, reason: str) -> PaperRecord:
        """A printed paper is spoilt and worthless."""
        return closing.void(self.office, number, reason)

    # --- the hall -------------------------------------------------------------------------------------
    def announce(self, note: str = "") -> VisitView:
        """停机公告, at once and everywhere."""
        hall_words.announce(self.office, note)
        return self._spoken()

    def outage_over(self, note: str = "") -> VisitView:
        """The systems are back."""
        hall_words.over(self.office, note)
        return self._spoken()

    def press_emergency(self, note: str = "") -> Word:
        """紧急求助, quietly."""
        word = hall_words.press(self.office, note)
        self._spoken()
        return word

    def emergency_answered(self, word_id: str, note: str) -> VisitView:
        """Somebody came, and what it was."""
        hall_words.answered(self.office, word_id, note)
        return self._spoken()

    def cover_hall(self, on: bool) -> VisitView:
        """全厅遮盖, on or off."""
        hall_words.cover(self.office, on)
        return self._spoken()

    def waiting(self) -> Sequence[Ticket]:
        """Who is to be asked in an outage."""
        return outage.waiting(self.office)

    def sort(self, number: str, way: Way, note: str = "") -> Sorted:
        """What the holder of a number is offered."""
        return outage.sort(self.office, number, way, note)

    def owed(self) -> Sequence[Owed]:
        """What is still to be entered, in its order."""
        return outage.owed(self.office, self.office.today())

    def entered(self, mark: str, case: str) -> Sequence[Owed]:
        """A form filled by hand has become a case."""
        outage.entered(self.office, mark, case)
        return self.owed()

    def outage_report(self) -> Report | None:
        """What the last outage of today came to."""
        return outage.report(self.office, self.office.today())


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
