"""Who sits at the window: signing in and out, the lock, and a second person who signs beside the first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact, PaperRecord
from counter_app.domain.logins import ROLES
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.session_view import SessionView, Someone
from counter_app.services.state import VisitState
from counter_app.services.verbs_day import DayVerbs
from counter_app.services.visit_view import VisitView

if TYPE_CHECKING:
    from counter_app.domain.days import DayState
    from counter_app.services import door
    from counter_app.services.day.closing import Sealed
else:
    door = late("counter_app.services.door")

T = TypeVar("T")
VOUCHED = timedelta(minutes=5)  # how long a second signature waits for what it was given for
_DEMO_POSTS = ("clerk", "supervisor")


class SessionVerbs(DayVerbs):
    """Where the store knows logins, every act has somebody who proved who they are; a demo only asks who."""

    def __init__(self, office: Office) -> None:
        self._is_out = False
        self._seconds: dict[str, datetime] = {}
        storage = office.ports.storage
        self._is_secured = storage.has_logins()
        self._choices = _offered(office) if storage.is_synthetic() and not self._is_secured else ()
        super().__init__(office)

    @property
    def session(self) -> SessionView:
        """Who is here, and what the covers ask for."""
        return SessionView(self._is_secured, not self._is_out, self._choices)

    @property
    def locked(self) -> bool:
        """Whether the screen is covered: locked, or nobody is here."""
        return super().locked or self._is_out

    def begin_signed_out(self) -> None:
        """At a start where people sign in: nobody is here yet."""
        if self._is_secured:
            self._leave()

    def sign_in(self, clerk_no: str, password: str = "", code: str = "", new_password: str = "") -> VisitView:
        """Somebody begins to work here; whoever was here before leaves, unless somebody is being served.

        Raises what `door.sign_in_to_work` raises, `clerk-unknown`, `held-by-other`.
        """
        self._not_anothers(clerk_no)
        self._enter(self._let_in(clerk_no, (password, code, new_password), "signed_in"))
        self._is_out = False
        return super().unlock()

    def sign_out(self, sealed: Sealed | None = None) -> VisitView:
        """Whoever sits here leaves; what could not be sent may be `sealed` in a package first.

        Raises Problem `leave-unsent` while a visit is open or records are not with the hall.
        """
        waiting = self.office.ports.storage.outbox().waiting
        if self._state.is_open or self._held:
            raise Problem("leave-unsent", "day", "还有没办完或挂起的号")
        if waiting > (sealed.records if sealed is not None else 0):
            raise Problem("leave-unsent", "day", f"还有 {waiting} 条记录没有上传")
        door.signed_out(door.door_of(self.office), self.office.actor)
        self._leave()
        return self.refreshed()

    def lock(self) -> VisitView:
        """Cover the screen at once; everything stays, and no value stays open."""
        self._revealed = {}
        return super().lock()

    def unlock(self, password: str = "", code: str = "", clerk_no: str = "") -> VisitView:
        """Uncover the screen: whoever locked it; another only while nobody is being served.

        Raises what `door.sign_in_to_work` raises, `held-by-other`.
        """
        self._not_anothers(clerk_no)
        if self._is_secured or clerk_no:
            number = clerk_no or self.office.actor.clerk_no
            self._enter(self._let_in(number, (password, code), "unlocked"))
        return super().unlock()

    def sign_second(self, clerk_no: str, password: str = "", code: str = "") -> VisitView:
        """Somebody else signs beside whoever acts: good for one act within five minutes.

        Raises what `door.sign_in_to_work` raises, `two-needed` for the same person.
        """
        if clerk_no.strip() == self.office.actor.clerk_no:
            raise Problem("two-needed", "second", self.office.actor.clerk_name)
        if self._is_secured:
            actor = self._let_in(clerk_no, (password, code), "witnessed")
            self._seconds[actor.clerk_no] = self.office.now() + VOUCHED
        return self.refreshed()

    # --- acts of two people ---------------------------------------------------------------------
    def open_day(self, second: str) -> DayState:
        """Open the day, and with it the seal cabinet, by two logins."""
        return self._by_two(lambda: super(SessionVerbs, self).open_day(second))

    def close_day(self, second: str, sealed: Sealed | None = None) -> PaperRecord:
        """End the day by two logins."""
        return self._by_two(lambda: super(SessionVerbs, self).close_day(second, sealed))

    def complete_day(self, day: date, second: str) -> PaperRecord:
        """Complete a closed day by two logins."""
        return self._by_two(lambda: super(SessionVerbs, self).complete_day(day, second))

    def hand_over(self, to: str, note: str = "") -> VisitView:
        """Hand the desk over to somebody who has signed in beside it."""
        return self._by_two(lambda: super(SessionVerbs, self).hand_over(to, note))

    def _by_two(self, act: Callable[[], T]) -> T:
        now = self.office.now()
        fresh = frozenset(number for number, until in self._seconds.items() if now < until)
        self.office = replace(self.office, vouched=fresh | self.office.vouched)
        try:
            done = act()
            self._seconds.clear()  # one signature is for one act
            return done
        finally:
            self.office = replace(self.office, vouched=frozenset())

    # --- nobody acts while nobody is here -------------------------------------------------------
    def reveal(self, key: str) -> VisitView:
        """Show one masked value for five seconds. Raises Problem `locked`, `hall-covered`."""
        if self.locked:
            raise Problem("locked", "identity")
        return super().reveal(key)

    def _change(self, label: str, state: VisitState, undoable: bool = True) -> VisitView:
        self._somebody()
        return super()._change(label, state, undoable)

    def _record(self, *facts: Fact) -> None:
        self._somebody()
        super()._record(*facts)

    def _somebody(self) -> None:
        if self._is_out:
            raise Problem("login-needed", "clerk_no")

    def _not_anothers(self, clerk_no: str) -> None:
        """Who is being served is served by whoever began, until the desk is handed over."""
        mine = self.office.actor.clerk_no
        if clerk_no.strip() not in ("", mine) and mine and self._state.is_open:
            raise Problem("held-by-other", "clerk_no", mine)

    def _let_in(self, clerk_no: str, proof: tuple[str, ...], why: str) -> Actor:
        if self._is_secured:
            return door.sign_in_to_work(door.door_of(self.office), clerk_no, door.Proof(*proof), why)
        found = (one for one in self.office.ports.storage.clerks() if one.clerk_no == clerk_no.strip())
        actor = next(found, None)
        if actor is None:
            raise Problem("clerk-unknown", "clerk_no", clerk_no)
        return actor

    def _enter(self, actor: Actor) -> None:
        before = self.office.actor
        self.office = replace(self.office, actor=replace(actor, device=before.device, window=before.window))
        self._usage = self.office.ports.storage.usage(actor.clerk_no)

    def _leave(self) -> None:
        nobody = Actor("", "", (), self.office.actor.device, self.office.actor.window)
        self.office = replace(self.office, actor=nobody)
        self._is_out, self._locked = True, False
        self._revealed, self._seconds = {}, {}


def _offered(office: Office) -> tuple[Someone, ...]:
    """Who a demo hall offers by a key: its clerks, supervisors last."""
    clerks = [one for one in office.ports.storage.clerks() if any(one.may(role) for role in _DEMO_POSTS)]
    clerks.sort(key=lambda one: (one.may("supervisor"), one.clerk_no))
    posts = ("supervisor", "clerk")
    return tuple(
        Someone(one.clerk_no, one.clerk_name, ROLES[next(post for post in posts if one.may(post))])
        for one in clerks
    )
