"""One kiosk: the visit of the window, without a clerk. No Qt, no words of the screen.

All methods are called on the services lane. A kiosk never takes a typed number for an identity, and
never leaves anything of one person for the next: `leave` parks what is worth keeping and forgets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from counter_app.catalog.model import TransactionType
from counter_app.catalog.search import resolve
from counter_app.domain.cases import CaseRecord, CaseState, MaterialState
from counter_app.problems import Problem
from counter_app.services import filings, rating
from counter_app.services.judge import materials_of, offline_problem
from counter_app.services.parking import CHANNEL, Parking, park, send_again, unfinished_of
from counter_app.services.self_steps import BY_COMMIT, BY_IDENTITY, OTHER_CARD, notices_of, steps_of
from counter_app.services.self_steps import SIGNED as SIGNED_FORM
from counter_app.services.self_view import Checked, Offer, Owed, OwnPaper, Rateable, SelfView, Step
from counter_app.services.visit import Visit
from counter_app.services.visit_view import CaseView
from drivers.protocols import CardEvent, CardRead, IdCardRead, Scan

RECENT = 60  # cases of a person that are looked through for papers and owed materials
MOST_PAPERS = 12
SCREEN = "kiosk screen"  # what a name was written on
FIRST = ("CX02", "CX03", "ZY01", "YD01", "YD05", "MT07", "MT15", "GZ02", "FW03", "FW04")
_IDENTITY = ("voucher", "idno")
_WINDOW = frozenset({"person-deceased", "agent-incomplete", "party-not-allowed", "commitment-barred"})


class SelfService:
    """Verbs of a kiosk over a `Visit`. Each answers a fresh `SelfView` or raises Problem."""

    def __init__(self, visit: Visit, parking: Parking, verify: Callable[[str], Checked]) -> None:
        self.visit = visit
        self.office = visit.office
        self._parking = parking
        self._verify = verify
        self._window_only = ""

    # --- who ---------------------------------------------------------------------------------
    def take(self, event: object) -> SelfView:
        """Take what a device said.

        Raises Problem `kiosk-window` (deceased, expired), `kiosk-other-card` (somebody is here already),
        and what reading and resolving raise.
        """
        if isinstance(event, CardEvent):
            if event.kind != "inserted":
                self.visit.take(event)
            return self.view()
        if isinstance(event, Scan) and event.kind not in _IDENTITY:
            raise Problem("kiosk-scan", "scanner")
        if isinstance(event, Scan) and event.kind == "idno":
            raise Problem("kiosk-typed", "scanner")
        if not isinstance(event, (CardRead, IdCardRead, Scan)):
            return self.view()
        self.visit.serve_self()
        self.visit.take(event)
        self._settle_prompt()
        self._hear_of_filings()
        return self.view()

    def _settle_prompt(self) -> None:
        """Nobody answers the questions a clerk is asked: each has one answer here."""
        prompt = self.visit.state.prompt
        if prompt is None:
            return
        if prompt.kind == "witness":
            self.visit.unattended()
        elif prompt.kind == "second_card" and self._is_asking_for_other():
            self.visit.answer("related")
        else:
            self.visit.answer("cancel" if "cancel" in prompt.options else "other_document")
            self._forget_nobody()
            raise Problem(*_REFUSED[prompt.kind])

    def _forget_nobody(self) -> None:
        if not self.visit.state.principals:
            self.visit.finish()

    def _is_asking_for_other(self) -> bool:
        return any(step.key == OTHER_CARD for step in self._asked(self.visit.view().case)[0])

    def _hear_of_filings(self) -> None:
        """What this person left at another kiosk; a hub that is away has nothing to tell."""
        try:
            send_again(self.office, self._parking)
            filings.receive(self.office, filings.asked(self.office).filings)
        except Problem as problem:
            if problem.code != "hub-away":
                raise

    def leave(self) -> SelfView:
        """The person is gone: unfinished work is parked under them, all else forgotten."""
        try:
            if self.visit.state.is_open:
                self._park()
        finally:  # whatever happens to the work, the person is forgotten
            self._drop_all()
            self._window_only = ""
            self.visit.dismiss_notices()
        return self.view()

    def _park(self) -> None:
        """What was taken up again and left again is one record: the newest."""
        state = self.visit.state
        for old in {case.came.filing_id for case in state.cases if not case.number} - {""}:
            filings.refuse(self.office, old, "由同一人在自助终端续办的新记录代替")
        park(self.office, self._parking, state)

    def _drop_all(self) -> None:
        """An unfinished case would make `finish` ask; what was worth keeping is parked by now."""
        for case in self.visit.state.cases:
            if not case.number:
                self.visit.drop_case(case.case_id)
        if self.visit.state.is_open:
            self.visit.finish()

    # --- what --------------------------------------------------------------------------------
    def offers(self) -> tuple[Offer, ...]:
        """Every matter of this region with channel `kiosk`, the usual ones first."""
        found = [t for t in self.office.catalogue.offered(self.office.region.id) if CHANNEL in t.channels]
        found.sort(key=lambda kind: FIRST.index(kind.id) if kind.id in FIRST else len(FIRST))
        return tuple(self._offer(kind) for kind in found)

    def _offer(self, kind: TransactionType) -> Offer:
        refused = offline_problem(self.office, kind)
        return Offer(kind.id, kind.plain_name or kind.name, kind.category, refused.cause if refused else "")

    def open(self, type_id: str) -> SelfView:
        """Begin a matter for whoever is here. Raises Problem `nobody-identified`, `type-…`."""
        word = type_id.partition("/")[0]
        kind = self.office.type((resolve(self.office.catalogue, word) or (word, ""))[0])
        if CHANNEL not in kind.channels:
            raise Problem("type-not-offered", "case", kind.name)
        self._window_only = ""
        self.visit.serve_self()
        self._focus_person()
        self.visit.open_case(type_id)
        self._bear()
        return self.view()

    def _focus_person(self) -> None:
        """The matter is about whoever showed a document, not about what an earlier matter made principal."""
        key = next((p.key for p in self.visit.state.principals if p.person and p.evidence), "")
        if key:
            self.visit.focus_principal(key)

    def _bear(self) -> None:
        """Whoever showed a document is the bearer; nobody is asked for the name on their own card."""
        person = next((p.person for p in self.visit.state.principals if p.person and p.evidence), None)
        case = self.visit.state.case()
        if person is None or case is None:
            return
        told = {"bearer_name": person.psn_name, "bearer_tel": person.tel}
        for key in [spec.key for spec in self.office.type(case.type_id).fields if told.get(spec.key)]:
            self.visit.set_field(key, told[key])
        wanted = {needed.spec.code for needed in materials_of(self.office, self.visit.state, case)}
        for code in BY_IDENTITY & wanted:
            self.visit.receive(code)

    def resume(self, filing_id: str) -> SelfView:
        """Take up what was left. Raises Problem `filing-…`."""
        self.visit.pick_up(filing_id)
        return self.view()

    def supply(self, owed: Owed) -> SelfView:
        """Begin the handing in of one owed material (容缺补交)."""
        self.open("FW03")
        self.visit.set_field("case_no", owed.number)
        self.visit.set_field("given", owed.name)
        return self.view()

    # --- answers -----------------------------------------------------------------------------
    def answer(self, step: Step, text: str) -> SelfView:
        """Take the answer to one question; a refused one stays beside it. Raises Problem."""
        visit = self.visit
        if step.kind == "situation":
            visit.set_situation(text)
        elif step.kind == "cell":
            visit.set_cell(step.hint, step.row, step.column, text)
        elif step.kind == "ask":
            visit.ask(step.key.removeprefix("@ask:"), text == "yes")
        elif step.kind == "more":
            if text == "yes":
                visit.add_row(step.key.partition("[")[0])
        elif step.kind == "field":
            visit.set_field(step.key, text)
        return self.view()

    def settle_material(self, step: Step, way: str) -> SelfView:
        """What becomes of a material: promise commit defer window; to sign is `sign`.

        Raises Problem `field-choice`, `material-…`, `commitment-…`.
        """
        code = step.key.removeprefix("material:")
        if step.material is None or way not in step.ways or way == "sign":
            raise Problem("field-choice", step.key, way)
        self._window_only = step.material.name if way == "window" else ""
        if way != "window":
            verbs: Mapping[str, Callable[[str], object]] = {
                "promise": lambda code: self.visit.set_field(BY_COMMIT, "yes"),
                "commit": self.visit.commit,
                "defer": self.visit.defer,
            }
            verbs[way](code)
        return self.view()

    def sign(self, step: Step, picture: bytes) -> SelfView:
        """A name written by hand (PNG) under a notice or an undertaking; the picture is sealed first.

        Raises Problem `field-choice` where nothing is to be signed, `sign-empty`, `store-write`.
        """
        if step.material is None or "sign" not in step.ways:
            raise Problem("field-choice", step.key, "sign")
        self.visit.sign_for(step.key.removeprefix("material:"), picture, step.title, SCREEN)
        return self.view()

    def _sign_again(self) -> None:
        """What was signed has changed: the name stood under something else, so it is asked for again."""
        case = self.visit.state.case()
        if case is None or case.signed:
            return
        for needed in materials_of(self.office, self.visit.state, case):
            if needed.spec.form == SIGNED_FORM and needed.mark.state is MaterialState.RECEIVED:
                self.visit.take_back(needed.spec.code)

    def confirm(self, tongue: str = "") -> SelfView:
        """The person has read the answers and agrees: the case is accepted, its paper leaves.

        `tongue` is the language beside the Chinese on it.
        """
        self._sign_again()
        if tongue != (self.visit.state.tongue or ""):
            self.visit.speak(tongue)
        checked = self.visit.check(True)
        case = checked.case
        if case is not None and case.checked and not case.number:
            self.visit.submit()
        elif case is not None and case.problems:
            wrong = tuple((p.code, p.where, p.cause) for p in case.problems)
            self._window_only = _at_window(wrong) or self._window_only  # a paper only a window can take
        return self.view()

    def give_up(self) -> SelfView:
        """Leave the matter in hand and go back to the choice; nothing of it is kept."""
        case = self.visit.state.case()
        self._window_only = ""
        if case is not None and not case.number:
            self.visit.drop_case(case.case_id)
        return self.view()

    # --- papers ------------------------------------------------------------------------------
    def reprint(self, number: str) -> SelfView:
        """Print one of this person's papers again. Raises Problem `not-found`."""
        if number not in {paper.number for paper in self._papers()}:
            raise Problem("not-found", "number", number)
        self.visit.reprint(number)
        return self.view()

    def verify(self, text: str) -> Checked:
        """Whether a paper is ours, by what the scanner read from its QR."""
        return self._verify(text)

    # --- the snapshot ------------------------------------------------------------------------
    def view(self) -> SelfView:
        """The snapshot a face draws."""
        visit = self.visit
        snapshot = visit.view()
        person = next((p for p in snapshot.principals if not p.is_employer), None)
        drafts = (p.person for p in visit.state.principals if p.person is not None and p.evidence is not None)
        certno = next((one.certno for one in drafts), "")
        steps, notices = self._asked(snapshot.case)
        return SelfView(
            visit=snapshot,
            person=person,
            steps=steps,
            notices=notices,
            unfinished=unfinished_of(self.office, certno) if certno else (),
            owed=self._owed(),
            papers=self._papers(),
            rateable=self._rateable(),
            window_only=self._window_only,
            proofs=tuple(
                p.evidence.device for p in visit.state.principals if p.evidence and p.evidence.device
            ),
        )

    def _asked(self, case: CaseView | None) -> tuple[tuple[Step, ...], tuple[str, ...]]:
        """The questions of a matter not handed in yet, and what it wants told where nothing is signed."""
        if case is None or case.number:
            return (), ()
        kind = self.office.type(case.type_id)
        steps = steps_of(kind, case)
        return steps, notices_of(kind, steps)

    def _records(self) -> tuple[CaseRecord, ...]:
        """The cases of everybody known at this kiosk now who can be known by a number."""
        found: list[CaseRecord] = []
        for principal in self.visit.state.principals:
            if principal.person is not None and principal.known and principal.evidence is not None:
                found += self.office.ports.storage.cases(principal.person.person_id, RECENT)
        return tuple(found)

    def _owed(self) -> tuple[Owed, ...]:
        return tuple(
            Owed(case.number, case.type_name, m.code, m.name, m.due_on.isoformat() if m.due_on else "")
            for case in self._records()
            for m in case.materials
            if m.state is MaterialState.DEFERRED and case.state is not CaseState.NOT_ACCEPTED
        )

    def _papers(self) -> tuple[OwnPaper, ...]:
        titles = self.office.ports.documents.kinds()
        found = [
            OwnPaper(paper.number, titles.get(paper.kind, paper.kind), case.type_name, _day(case))
            for case in self._records()
            for paper in self.office.ports.storage.papers(case.number)
        ]
        return tuple(found[:MOST_PAPERS])

    def _rateable(self) -> tuple[Rateable, ...]:
        today = self.office.today()
        return tuple(
            Rateable(case.case_id, case.number, case.type_name)
            for case in self._records()
            if case.business_date == today and not rating.said(self.office, case.case_id)
        )


# What a kiosk says where a clerk would be asked.
_REFUSED: Mapping[str, tuple[str, str]] = {
    "second_card": ("kiosk-other-card", "identity"),
    "deceased": ("kiosk-window", "identity"),
    "expired": ("kiosk-expired", "identity"),
}


def _at_window(wrong: tuple[tuple[str, str, str], ...]) -> str:
    """The first cause that no answer at a kiosk can mend, "" when all can be mended here."""
    return next(
        (cause for code, where, cause in wrong if code in _WINDOW or where in ("identity", "party")), ""
    )


def _day(case: CaseRecord) -> str:
    return case.business_date.isoformat()
