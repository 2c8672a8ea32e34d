"""Reading the counter store: the look-ups of the port `Storage`, on the reading lane, from any thread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.database import Database
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, PaperRecord
from counter_app.domain.filings import Filing
from counter_app.domain.life import Life
from counter_app.domain.logins import Login, StaffAccount
from counter_app.domain.people import Employer, Person
from counter_app.domain.reference import Place
from counter_app.problems import Problem
from counter_app.seals.device import DeviceSecrets
from counter_app.services.ports import Clock, OutboxCount
from counter_app.storage import logins, outbox, people, reading, reference, state
from counter_app.storage.case_search import CaseSearch
from counter_app.storage.pages import Pages
from counter_app.storage.state import StoreState

_PAGE = 5000


@dataclass(slots=True, kw_only=True)
class StoreReading:
    """What can be asked of the store; nothing here writes."""

    database: Database
    pages: Pages
    secrets: DeviceSecrets
    clock: Clock
    state: StoreState

    def person(self, person_id: str) -> Person | None:
        """By the local id."""
        with self.database.read() as connection:
            return people.PeopleRows(self.secrets).by_id(connection, person_id)

    def person_by_certno(self, certno: str) -> Person | None:
        """By the whole certificate number, through its blind digest."""
        return self._person_by("certno", certno)

    def person_by_card_no(self, card_no: str) -> Person | None:
        """By the whole card number, through its blind digest."""
        return self._person_by("card", card_no)

    def _person_by(self, part: str, value: str) -> Person | None:
        with self.database.read() as connection:
            return people.PeopleRows(self.secrets).by_part(connection, part, value) if value else None

    def search_people(self, text: str, limit: int = 20) -> Sequence[Person]:
        """By name part, pinyin initials, or part of certificate, telephone or card number."""
        with self.database.read() as connection:
            return people.PeopleRows(self.secrets).search(connection, text, limit)

    def employer_by_uscc(self, uscc: str) -> Employer | None:
        """By the unified social credit code."""
        with self.database.read() as connection:
            return reading.employer_by_uscc(connection, uscc)

    def search_employers(self, text: str, limit: int = 20) -> Sequence[Employer]:
        """By code, number or part of the name."""
        with self.database.read() as connection:
            return people.search_employers(connection, text, limit)

    def case(self, number_or_id: str) -> CaseRecord | None:
        """By printed number or id."""
        with self.database.read() as connection:
            return reading.case(connection, number_or_id)

    def cases(self, person_id: str = "", limit: int = 200) -> Sequence[CaseRecord]:
        """Newest first; of one person when given."""
        with self.database.read() as connection:
            return reading.cases(connection, person_id, limit)

    def life(self, case_id: str) -> Life | None:
        """Where a case stands, None while it has not moved since acceptance."""
        with self.database.read() as connection:
            return reading.life(connection, case_id)

    def lives_between(self, first: date | None, last: date | None) -> Sequence[Life]:
        """The life of every case of a span of business days that has moved; None is open."""
        with self.database.read() as connection:
            return reading.lives_between(connection, first, last)

    def steps(self) -> Mapping[str, str]:
        """The step of every case that has moved since acceptance, by its id."""
        with self.database.read() as connection:
            return reading.steps(connection)

    def feed_place(self) -> tuple[int, int]:
        """Epoch and number of the last row read of the hub's feed; zeros before the first."""
        with self.database.read() as connection:
            return reading.feed_place(connection)

    def due_cases(self, limit: int = 1000) -> Sequence[CaseRecord]:
        """Open cases by nearest kept deadline, those without one last."""
        with self.database.read() as connection:
            return reading.due_cases(connection, limit)

    def estimated(self) -> Sequence[CaseRecord]:
        """Open cases whose deadline is provisional (暂估)."""
        with self.database.read() as connection:
            return reading.estimated(connection)

    def due_days(self) -> Mapping[date | None, int]:
        """How many open cases fall due on each day; None for those without a kept deadline."""
        with self.database.read() as connection:
            return reading.due_days(connection)

    def search_cases(self, typed: str, limit: int = 12) -> Sequence[CaseRecord]:
        """By printed number, its beginning, its serial of the last days, or the person's name."""
        with self.database.read() as connection:
            return CaseSearch(connection, self.secrets, self.state, self.clock.now().date()).find(
                typed, limit
            )

    def unverified(self, limit: int = 200) -> Sequence[CaseRecord]:
        """Cases accepted offline that nobody has found to agree with the hub since, oldest first."""
        with self.database.read() as connection:
            return reading.unverified(connection, limit)

    def committed(self, until: date) -> Sequence[CaseRecord]:
        """Cases with a commitment whose check is due by a day."""
        with self.database.read() as connection:
            return reading.committed(connection, until)

    def came_cases(self, key: str) -> Sequence[CaseRecord]:
        """Cases that came by the same way with this mark, newest first."""
        with self.database.read() as connection:
            return reading.came_cases(connection, key)

    def filings(self, state: str = "") -> Sequence[Filing]:
        """Cases that began elsewhere, oldest first; of one state when given."""
        with self.database.read() as connection:
            return reading.filings(connection, self.secrets, state)

    def filing(self, filing_id: str) -> Filing | None:
        """One of them."""
        with self.database.read() as connection:
            return reading.filing(connection, self.secrets, filing_id)

    def papers(self, case_number: str = "") -> Sequence[PaperRecord]:
        """Papers in the order they were issued; of one case when given."""
        with self.database.read() as connection:
            return reading.papers(connection, case_number)

    def paper(self, number: str) -> PaperRecord | None:
        """By the number printed on it, or its id."""
        with self.database.read() as connection:
            return reading.paper(connection, number)

    def queued_papers(self) -> Sequence[PaperRecord]:
        """Papers that were promised and have not left, oldest first."""
        with self.database.read() as connection:
            return reading.queued_papers(connection)

    def drafts(self) -> Sequence[tuple[str, str, str]]:
        """`(draft_id, body, saved_at)` newest first."""
        with self.database.read() as connection:
            return reading.drafts(connection)

    def clerks(self) -> Sequence[Actor]:
        """Those who may work here, by number."""
        with self.database.read() as connection:
            return reading.clerks(connection)

    def login(self, clerk_no: str) -> Login | None:
        """Somebody's login."""
        with self.database.read() as connection:
            return logins.login(connection, clerk_no)

    def accounts(self) -> Sequence[StaffAccount]:
        """Everybody with a login, also who works here no longer."""
        with self.database.read() as connection:
            return logins.accounts(connection)

    def has_logins(self) -> bool:
        """Whether people sign in at this counter."""
        with self.database.read() as connection:
            return logins.has_logins(connection)

    def chain_head(self) -> tuple[int, str]:
        """How many facts there are, and the hash of the newest."""
        with self.database.read() as connection:
            known = state.load(connection)
        return (known.entry, known.head) if known is not None else (0, "")

    def usage(self, clerk_no: str) -> Mapping[str, int]:
        """How often this clerk opened each type in the last 30 days."""
        with self.database.read() as connection:
            return reading.usage(connection, clerk_no, self.clock.now().date())

    def facts(self, case_id: str = "", after: int = 0, limit: int = 1000) -> Sequence[Mapping[str, Any]]:
        """Envelopes in order after entry number `after`; of one case when given."""
        with self.database.read() as connection:
            return [json.loads(text) for text in reading.envelopes(connection, case_id, after, limit)]

    def cases_between(self, first: date | None, last: date | None) -> Sequence[CaseRecord]:
        """Every case of a span of business days, oldest first; None is open."""
        with self.database.read() as connection:
            return reading.cases_between(connection, first, last)

    def facts_since(self, first: date | None, kinds: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """Envelopes of some kinds from a business day on, in order; read page by page."""
        after, page = 0, [(0, "")]
        while page:
            with self.database.read() as connection:
                page = reading.envelopes_since(connection, first, kinds, after, _PAGE)
            yield from (json.loads(text) for _, text in page)
            after = page[-1][0] if page else after

    def is_synthetic(self) -> bool:
        """True for a demo store, for ever."""
        return bool(self.state.synthetic)

    @property
    def hall(self) -> str:
        """Three characters of the printed number."""
        return self.state.hall

    def page(self, ref: str) -> bytes:
        """A page by its ref. Raises Problem `not-found`, `seal-broken`."""
        return self.pages.read(ref)

    def outbox(self) -> OutboxCount:
        """How much waits, is acknowledged, was set aside; since when the oldest waits."""
        with self.database.read() as connection:
            return outbox.count(connection)

    def waiting(self, limit: int = 100) -> Sequence[Mapping[str, Any]]:
        """Envelopes the hub has not acknowledged, oldest first."""
        with self.database.read() as connection:
            return outbox.waiting(connection, limit)

    def reference_place(self, scope: str) -> Place:
        """How far the hall's reference data of a scope were read, and when: the date of the copy."""
        with self.database.read() as connection:
            return reference.place_of(connection, scope)

    def reference_places(self) -> Sequence[Place]:
        """Every scope that was read."""
        with self.database.read() as connection:
            return reference.places(connection)

    def reference_words(self, scope: str, beginning: str) -> Mapping[str, Mapping[str, Any]]:
        """The hall's newest words about things whose names begin so."""
        with self.database.read() as connection:
            return reference.words(connection, scope, beginning)

    def reference_word(self, scope: str, entity: str) -> Mapping[str, Any] | None:
        """The hall's newest word about one thing, None where it said nothing."""
        with self.database.read() as connection:
            return reference.word(connection, scope, entity)

    def _paper_by_id(self, paper_id: str) -> PaperRecord:
        with self.database.read() as connection:
            paper = reading.paper_by_id(connection, paper_id)
        if paper is None:
            raise Problem("not-found", "paper", paper_id)
        return paper
