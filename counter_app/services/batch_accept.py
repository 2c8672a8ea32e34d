"""One acceptance for a whole list: one batch number, one paper, a case of its own for everybody.

Everything goes into one commit: a kill leaves either the whole batch with its paper, or nothing. What
takes time, judging hundreds of rows, happens before it (`batch.check`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.domain import masks
from counter_app.domain.cases import CaseRecord, CaseState, Fact, PaperRecord
from counter_app.domain.papers import PaperAnswer, PaperContent, PaperPerson
from counter_app.problems import Problem
from counter_app.services.accept import issue_loose, seals_for, write
from counter_app.services.batch import Checked, Row, marks_of
from counter_app.services.contents import agency
from counter_app.services.core import draft_text
from counter_app.services.judge import judged
from counter_app.services.office import Office
from counter_app.services.ports import Unit
from counter_app.services.state import VisitState

PAPER = "PLQD"
HOW = {CaseState.DONE: "已当场办结", CaseState.ACCEPTED: "已受理"}


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What became of a list: its number ("" when nothing was new), the cases by file row, the paper."""

    checked: Checked
    state: VisitState
    batch: str = ""
    cases: Mapping[int, CaseRecord] = field(default_factory=dict)
    paper: PaperRecord | None = None

    def as_dict(self) -> dict[str, Any]:
        """For the command line and the transcript. No personal data but what a refused cell holds."""
        return {
            "batch": self.batch,
            "type": self.checked.kind.id,
            "accepted": len(self.cases),
            "already": sum(bool(row.number) for row in self.checked.rows),
            "refused": len(self.checked.bad),
            "paper": self.paper.number if self.paper else "",
            "rows": [self._row(row) for row in self.checked.rows],
            "problems": problems_of(self.checked),
        }

    def _row(self, row: Row) -> dict[str, Any]:
        made = self.cases.get(row.line.number)
        state = "refused" if row.problems else "already" if row.number else "accepted" if made else "good"
        number = made.number if made else row.number
        return {"id": row.case.case_id, "row": row.line.number, "state": state, "number": number}


def problems_of(checked: Checked) -> list[dict[str, Any]]:
    """Every problem as row, column, code, title, cause, advice."""
    found = []
    for row in checked.bad:
        for problem in row.problems:
            column = checked.column_of(problem.where)
            told = {"row": row.line.number, "column": column.label if column else "", **problem.as_dict()}
            found.append(told)
    return found


def accept_batch(office: Office, state: VisitState, checked: Checked) -> BatchDone:
    """Accept every good row of a judged list in one commit. Nothing new → nothing is written."""
    good = checked.good
    if not good:
        return BatchDone(checked, state)
    made: dict[int, CaseRecord] = {}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        batch = unit.next_number(office.today())
        for row in good:
            made[row.line.number] = _one(office, unit, state, row, batch)
        unit.record(_fact(office, state, checked, batch, made))
        paper = issue_loose(office, unit, _content(office, checked, batch, made))
        after = replace(state, batches=(*state.batches, batch))
        if state.ticket is not None:
            ticket = {"ticket_id": state.ticket.ticket_id, "ticket": state.ticket.number}
            unit.record(Fact("ticket.served", {**ticket, "window": office.window}))
        if after.is_open:
            unit.save_draft(after.visit_id, draft_text(after))
    return BatchDone(checked, after, batch, made, paper)


def _one(office: Office, unit: Unit, visit: VisitState, row: Row, batch: str) -> CaseRecord:
    case = replace(row.case, came=replace(row.case.came, batch=batch))
    state = replace(row.state.with_case(case), visit_id=visit.visit_id, helped_by=visit.helped_by)
    here = judged(office, state, case)
    return write(office, unit, state, case, here, unit.next_number(office.today()))


def _fact(
    office: Office, state: VisitState, checked: Checked, batch: str, made: Mapping[int, CaseRecord]
) -> Fact:
    return Fact(
        "batch.accepted",
        {
            "batch": batch,
            "type": checked.kind.id,
            "visit_id": state.visit_id,
            "file_sha256": checked.place.sheet.digest,
            "uscc": checked.wish.employer.uscc if checked.wish.employer else "",
            "rows": len(checked.rows),
            "accepted": len(made),
            "refused": len(checked.bad),
            "cases": [record.number for record in made.values()],
            "clerk_no": office.actor.clerk_no,
        },
    )


def _content(office: Office, checked: Checked, batch: str, made: Mapping[int, CaseRecord]) -> PaperContent:
    now = office.now().replace(microsecond=0).isoformat()
    wish = checked.wish
    agent = wish.handler.agent
    already = sum(bool(row.number) for row in checked.rows)
    rows = {row.line.number: row for row in checked.rows}
    counts = [
        PaperAnswer("名单人数", f"{len(checked.rows)} 人"),
        PaperAnswer("本次受理", f"{len(made)} 人"),
        PaperAnswer("退回更正", f"{len(checked.bad)} 人"),
        PaperAnswer("此前已受理", f"{already} 人" if already else ""),
    ]
    return PaperContent(
        kind=PAPER,
        number=batch,
        case_number=batch,
        issued_at=now,
        agency=agency(office),
        emp_name=wish.employer.emp_name if wish.employer else "",
        uscc=wish.employer.uscc if wish.employer else "",
        agent_name=agent.agnter_name,
        agent_certno_tail=agent.agnter_certno[-4:],
        agent_mode=wish.handler.kind.value,
        type_id=checked.kind.id,
        type_name=checked.kind.name,
        accepted_at=now,
        channel="import",
        window=office.window,
        clerk_name=office.actor.clerk_name,
        clerk_no=office.actor.clerk_no,
        answers=[one for one in counts if one.value],
        told=list(checked.kind.notices),
        enquiry_code=batch,
        is_offline=not office.online(),
        offline_unverified=["identity", "insurance"] if not office.online() else [],
        seals=list(seals_for(PAPER)),
        demo=office.ports.storage.is_synthetic(),
        pack=checked.kind.pack or checked.kind.version,
        people=[_listed(rows[number], record) for number, record in made.items()],
    )


def _listed(row: Row, record: CaseRecord) -> PaperPerson:
    """One line of the list; names and numbers are masked, because it goes from hand to hand."""
    name, number = _who(row, record)
    due = record.due_on.isoformat() if record.due_on and record.state is CaseState.ACCEPTED else ""
    return PaperPerson(masks.name(name), masks.certno(number), record.number, HOW[record.state], due)


def _who(row: Row, record: CaseRecord) -> tuple[str, str]:
    principal, values = row.state.principals[0], row.case.values
    if principal.person is not None:
        return principal.person.psn_name, principal.person.certno
    for value in values.values():
        if isinstance(value, list) and value and isinstance(value[0], dict) and "certno" in value[0]:
            return str(value[0].get("psn_name", "")), str(value[0]["certno"])
    return record.principal_name, str(values.get("certno", ""))


def refuse_when_nothing_is_good(done: BatchDone) -> None:
    """Raises Problem `batch-all-refused` where no row could be or had been accepted."""
    if not done.batch and not any(row.number for row in done.checked.rows):
        raise Problem("batch-all-refused", "rows", str(len(done.checked.bad)))


def marks(done: BatchDone) -> Any:
    """What to write beside the list."""
    return marks_of(done.checked, {row: record.number for row, record in done.cases.items()})
