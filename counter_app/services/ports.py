"""What the services need from the world, as Protocols: adapters and fakes implement them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, Protocol

from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, Fact, PaperRecord, Recorded
from counter_app.domain.filings import Filing
from counter_app.domain.life import Life
from counter_app.domain.logins import Login, StaffAccount
from counter_app.domain.papers import PaperContent
from counter_app.domain.people import Employer, Person
from counter_app.domain.ticket_slip import TicketSlip
from counter_app.domain.value import Value
from counter_app.services.hub_port import Hub
from drivers.protocols import PrintJob, PrintOutcome, SealedPdf, SealWish, VoucherPerson


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Aware local time of the hall (Asia/Shanghai)."""

    def mono_ms(self) -> int:
        """Milliseconds that never run backwards while the machine is up."""


class Secrets(Protocol):
    """Sealing, blind lookup and signing with this device's keys."""

    def seal(self, value: str, where: str) -> str:
        """Seal one sensitive value; `where` binds it to its place (`case_id|key`)."""

    def open(self, sealed: str, where: str) -> str:
        """Open what `seal` made. Raises Problem `seal-broken`."""

    def seal_file(self, data: bytes, where: str) -> bytes:
        """Seal a whole file, bound to its place (`archive|name`)."""

    def open_file(self, sealed: bytes, where: str) -> bytes:
        """Open what `seal_file` made. Raises Problem `seal-broken`."""

    def blind(self, value: str) -> str:
        """A keyed digest by which equal values find each other."""

    def for_hall(self, sealed: str, where: str) -> str | None:
        """A sealed value as every device of the hall opens it; None before the hall's keys are here."""

    def sign(self, message: bytes) -> Mapping[str, str]:
        """`{alg, key_id, sig}` over a message with the device key."""


class Marks(Protocol):
    """Opaque marks by which the hall knows a person: the same at every machine of it."""

    def of(self, certno: str) -> tuple[str, ...]:
        """The mark in use first, then those by older keys; none for nobody in particular."""

    def renew(self) -> bool:
        """Ask the hub for its keys again; whether it answered."""

    def keep_fresh(self) -> None:
        """The same, when that was long ago."""


class OutboxCount(Value, frozen=True):
    """What the status bar says about unsynced records."""

    waiting: int = 0
    acknowledged: int = 0
    set_aside: int = 0
    oldest: str = ""


class Unit(Protocol):
    """One transaction of the counter store; everything or nothing."""

    def next_number(self, business_date: date) -> str:
        """Allot the next printed number of this device and date (`YYMMDD-HHH-DDD-NNNN-C`)."""

    def record(self, fact: Fact) -> Recorded:
        """Append a fact: chain, outbox and audit rows, dense sequence number."""

    def save_case(self, case: CaseRecord) -> None:
        """Write the readable state of a case."""

    def keep_page(self, ref: str, case_id: str) -> None:
        """Name a page that a fact of a case speaks of, so that it is kept and travels with the case.

        Raises Problem `not-found` for a page that is not there.
        """

    def save_life(self, life: Life) -> None:
        """Write where a case stands and how it came there (the read copy of the hub's word)."""

    def note_feed(self, epoch: int, last: int) -> None:
        """Remember how far the hub's feed was read."""

    def save_person(self, person: Person) -> None:
        """Write or renew a person in the local copy."""

    def save_employer(self, employer: Employer) -> None:
        """Write or renew an employer."""

    def add_paper(self, paper: PaperRecord) -> None:
        """Add a numbered paper with its print job in state `queued`."""

    def save_filing(self, filing: Filing) -> None:
        """Write or renew a case that began elsewhere."""

    def put_clerk(self, clerk: Actor, active: bool = True) -> None:
        """Write or renew a clerk of this counter."""

    def save_login(self, login: Login) -> None:
        """Write or renew somebody's login."""

    def save_draft(self, draft_id: str, body: str) -> None:
        """Keep the unfinished visit."""

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft that has become facts or was thrown away."""


class Storage(Protocol):
    """The counter store. Units only from the services lane; reads from any thread."""

    def unit(self, actor: Actor, now: datetime) -> AbstractContextManager[Unit]:
        """Open a unit; leaving it cleanly commits (FULL), then appends and fsyncs the side journal.

        Leaving it by an exception rolls everything back.
        """

    def person(self, person_id: str) -> Person | None: ...

    def person_by_certno(self, certno: str) -> Person | None: ...

    def person_by_card_no(self, card_no: str) -> Person | None: ...

    def search_people(self, text: str, limit: int = 20) -> Sequence[Person]:
        """By name part, pinyin initials, last digits of number or telephone."""

    def employer_by_uscc(self, uscc: str) -> Employer | None: ...

    def search_employers(self, text: str, limit: int = 20) -> Sequence[Employer]: ...

    def case(self, number_or_id: str) -> CaseRecord | None: ...

    def cases(self, person_id: str = "", limit: int = 200) -> Sequence[CaseRecord]:
        """Newest first; of one person when given."""

    def life(self, case_id: str) -> Life | None:
        """Where a case stands; None while it has not moved since acceptance."""

    def steps(self) -> Mapping[str, str]:
        """The step of every case that has moved since acceptance, by its id."""

    def feed_place(self) -> tuple[int, int]:
        """Epoch and number of the last row read of the hub's feed; zeros before the first."""

    def due_cases(self, limit: int = 1000) -> Sequence[CaseRecord]:
        """Open cases by nearest kept deadline, those without one last."""

    def estimated(self) -> Sequence[CaseRecord]:
        """Open cases whose deadline is provisional (暂估)."""

    def due_days(self) -> Mapping[date | None, int]:
        """How many open cases fall due on each day; None for those without a kept deadline."""

    def search_cases(self, typed: str, limit: int = 12) -> Sequence[CaseRecord]:
        """By printed number, its beginning, its serial of the last days, or the person's name."""

    def unverified(self, limit: int = 200) -> Sequence[CaseRecord]:
        """Cases accepted offline that nobody has found to agree with the hub since, oldest first."""

    def committed(self, until: date) -> Sequence[CaseRecord]:
        """Cases with a commitment whose check is due by a day."""

    def came_cases(self, key: str) -> Sequence[CaseRecord]:
        """Cases that came by the same way with this mark (`Came.key`), newest first."""

    def filings(self, state: str = "") -> Sequence[Filing]:
        """Cases that began elsewhere, oldest first; of one state when given."""

    def filing(self, filing_id: str) -> Filing | None: ...

    def papers(self, case_number: str = "") -> Sequence[PaperRecord]: ...

    def facts(self, case_id: str = "", after: int = 0, limit: int = 1000) -> Sequence[Mapping[str, Any]]:
        """Envelopes in order after an entry number; of one case when given."""

    def add_page(self, data: bytes) -> str:
        """Seal and keep a page, durable before this returns its name; services lane only.

        Raises Problem `store-write`.
        """

    def sweep_pages(self) -> int:
        """Remove old pages that nothing names any more; returns how many. Services lane only."""

    def page(self, ref: str) -> bytes:
        """A scanned page. Raises Problem `not-found`, `seal-broken` (changed on disk)."""

    def paper(self, number: str) -> PaperRecord | None: ...

    def queued_papers(self) -> Sequence[PaperRecord]:
        """Papers that were promised and have not left, oldest first."""

    def paper_left(self, paper_id: str, sha256: str, now: datetime, actor: Actor, reprint: bool) -> None:
        """Note that a paper has left (fact `receipt.reprinted` for a 补打)."""

    def paper_failed(self, paper_id: str, because: str) -> None:
        """Note that printing failed; the receipt exists all the same."""

    def drafts(self) -> Sequence[tuple[str, str, str]]:
        """`(draft_id, body, saved_at)` newest first."""

    def outbox(self) -> OutboxCount: ...

    def waiting(self, limit: int = 100) -> Sequence[Mapping[str, Any]]:
        """Envelopes the hub has not acknowledged, oldest first."""

    def settle(self, verdicts: Sequence[Mapping[str, Any]]) -> None:
        """Note the hub's verdicts `{event_id, verdict, code?}`; services lane only."""

    def clerks(self) -> Sequence[Actor]: ...

    def login(self, clerk_no: str) -> Login | None: ...

    def accounts(self) -> Sequence[StaffAccount]:
        """Everybody with a login, also who works here no longer."""

    def has_logins(self) -> bool:
        """Whether people sign in at this counter; a demo and a fresh one know no logins."""

    def usage(self, clerk_no: str) -> Mapping[str, int]:
        """How often this clerk opened each type in the last 30 days."""

    def cases_between(self, first: date | None, last: date | None) -> Sequence[CaseRecord]:
        """Every case of a span of business days, oldest first; None is open."""

    def lives_between(self, first: date | None, last: date | None) -> Sequence[Life]:
        """The life of every case of a span of business days that has moved; None is open."""

    def facts_since(self, first: date | None, kinds: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """Envelopes of some kinds from a business day on, in order."""

    def chain_head(self) -> tuple[int, str]:
        """How many facts there are, and the hash of the newest: what a sheet of paper is witness of."""

    def is_synthetic(self) -> bool:
        """True for a demo store: for ever, printed on every paper."""


class Documents(Protocol):
    """Turns contents into print jobs."""

    def render(
        self,
        content: PaperContent,
        proof: Mapping[str, str],
        reprint: int = 0,
        pictures: Mapping[str, bytes] = ...,
    ) -> PrintJob:
        """One paper. `proof` = {number, event_id, content_hash, alg, key_id, sig} for the QR.

        `reprint` > 0 prints 补打 with that count. Same arguments, same bytes.
        """

    def ticket(self, slip: TicketSlip) -> PrintJob:
        """A number on 80 mm paper; no signed paper. Raises Problem `font-missing`."""

    def kinds(self) -> Mapping[str, str]:
        """Paper codes and their Chinese titles."""

    def warm(self) -> Iterator[None]:
        """Make ready what a first paper needs, a small step at a time; it may also be left out."""


class Devices(Protocol):
    """The devices of this desk, already opened or known to be missing."""

    def print(self, job: PrintJob) -> PrintOutcome:
        """Print on the printer whose media fits. Raises Fault."""


class Vouchers(Protocol):
    """医保电子凭证 codes: resolved at once, never queued, never logged."""

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Raises Fault."""


class Sealing(Protocol):
    """The vendor's seal service of a hall that has one; it may be chosen or left while the desk is open."""

    def can(self, what: str) -> bool:
        """Whether this desk seals by a service now (`seal`); never waits."""

    def seal(self, wish: SealWish) -> SealedPdf:
        """Have a paper sealed. Raises Fault `eseal-…`."""


# A clerk's number and the half minute of a one-time code; False when it counted at another counter.
Spend = Callable[[str, int], bool]


class Ports(Value, frozen=True):
    """Everything the verbs are given, joined once in `bootstrap`."""

    storage: Storage
    hub: Hub
    documents: Documents
    devices: Devices
    vouchers: Vouchers
    clock: Clock
    secrets: Secrets
    marks: Marks | None = None  # None: this machine's own key makes them
    eseal: Sealing | None = None  # of a hall that seals by a vendor's service instead of an image
    spend: Spend | None = None  # of a desk that joined a hall: a one-time code counts once in all of it
