"""A list of hundreds: every row judged by the rules of the desk's own form, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from counter_app.domain.cases import CaseRecord, CaseState
from counter_app.domain.sheets import Marks, Sheet
from counter_app.problems import Problem
from counter_app.services.batch_columns import batch_type, columns_of, located
from counter_app.services.batch_list import Checked, Row, Wish
from counter_app.services.batch_row import judged
from counter_app.services.judge import offered
from counter_app.services.office import Office

__all__ = ["Checked", "Row", "Wish", "check", "marks_of", "renewed"]

MOST_ROWS = 2000
# A row with the same people and words is the same application for so long; later it is a new one.
SAME_FOR = timedelta(days=30)
_ENDED = (
    CaseState.REFUSED,
    CaseState.NOT_ACCEPTED,
    CaseState.WITHDRAWN,
    CaseState.TERMINATED,
    CaseState.REVERSED,
)


def check(office: Office, wish: Wish, sheets: Sequence[Sheet]) -> Checked:
    """Judge a list row by row.

    About the list as a whole it raises Problem (`type-unknown`, `type-not-offered`, `type-offline`,
    `batch-not-allowed`, `batch-employer`, `batch-no-header`, `batch-empty`, `batch-large`) or Problems
    (`batch-column-…`).
    """
    kind = batch_type(office.catalogue, office.region, wish.type_id)
    offered(office, kind)
    if kind.applicant == "employer" and wish.employer is None:
        raise Problem("batch-employer", "employer", kind.name)
    columns = columns_of(office.region, kind)
    found = located(sheets, columns)
    if len(found.lines) > MOST_ROWS:
        raise Problem("batch-large", "rows", str(MOST_ROWS))
    checked = Checked(wish, kind, found, columns)
    return replace(checked, rows=tuple(_judged(office, checked)))


def renewed(office: Office, checked: Checked) -> Checked:
    """The same list, looked at once more for what became a case since it was judged."""
    rows = (_against_earlier(office, row) if row.is_good else row for row in checked.rows)
    return replace(checked, rows=tuple(rows))


def marks_of(checked: Checked, accepted: Mapping[int, str]) -> Marks:
    """What is written beside the list; `accepted` are the numbers given now, by file row."""
    outcome: dict[int, str] = {}
    faulty: dict[int, frozenset[int]] = {}
    reasons: dict[int, str] = {}
    for row in checked.rows:
        number = row.line.number
        if row.problems:
            outcome[number] = "退回更正"
            places = (checked.column_of(problem.where) for problem in row.problems)
            faulty[number] = frozenset(
                checked.place.places[c.key] for c in places if c and c.key in checked.place.places
            )
            reasons[number] = "；".join(_said(checked, problem) for problem in row.problems)
        elif row.number:
            outcome[number] = f"此前已受理 {row.number}"
        else:
            outcome[number] = f"已受理 {accepted[number]}" if number in accepted else "可以受理"
    return Marks(outcome, faulty, reasons)


def _said(checked: Checked, problem: Problem) -> str:
    column = checked.column_of(problem.where)
    return f"{column.label + '：' if column else ''}{problem.cause}{problem.advice}"


# --- one row --------------------------------------------------------------------------------------
def _judged(office: Office, checked: Checked) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for line in checked.place.lines:
        row = judged(office, checked, line)
        came = row.case.came
        twice = seen.setdefault(came.key, line.number)
        if twice != line.number:
            again = Problem("batch-row-twice", "row", str(twice))
            row = replace(row, problems=(*row.problems, again))
        yield _against_earlier(office, row)


def _against_earlier(office: Office, row: Row) -> Row:
    """A row that already became a case is not accepted again; one that differs is said so."""
    for before in office.ports.storage.came_cases(row.case.came.key):
        if not _is_recent(office, before):
            continue
        if before.came.row == row.case.came.row:
            return replace(row, number=before.number, problems=())
        differs = Problem("batch-row-differs", "row", before.number)
        return replace(row, problems=(*row.problems, differs))
    return row


def _is_recent(office: Office, before: CaseRecord) -> bool:
    return before.state not in _ENDED and office.today() - before.business_date <= SAME_FOR
