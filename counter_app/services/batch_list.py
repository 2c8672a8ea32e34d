"""A list on its way: what is wanted of it, and what its rows have become."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.catalog.model import TransactionType
from counter_app.domain.people import Employer
from counter_app.domain.sheets import Column, Line
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.batch_columns import Located
from counter_app.services.state import CaseDraft, SpeakerDraft, VisitState

EVERYTHING = "*"


class Wish(Value, frozen=True):
    """What the clerk says of a whole list.

    `received`: codes of the materials handed in for everybody, `*` for all. `handler` speaks for every
    row; `employer` is the principal of an employer's matters.
    """

    type_id: str
    handler: SpeakerDraft
    situation: str = ""
    received: tuple[str, ...] = ()
    employer: Employer | None = None


class Row(Value, frozen=True):
    """One row as judged. `number` is that of the case it already became, "" for none."""

    line: Line
    state: VisitState
    problems: tuple[Problem, ...] = ()
    number: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it can be accepted now."""
        return not self.problems and not self.number

    @property
    def case(self) -> CaseDraft:
        """The case of this row."""
        return self.state.cases[0]


@dataclass(frozen=True, slots=True)
class Checked:
    """A whole list as judged; nothing has been written."""

    wish: Wish
    kind: TransactionType
    place: Located
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(default_factory=tuple)

    @property
    def good(self) -> tuple[Row, ...]:
        """The rows to accept."""
        return tuple(row for row in self.rows if row.is_good)

    @property
    def bad(self) -> tuple[Row, ...]:
        """The rows to be corrected."""
        return tuple(row for row in self.rows if row.problems)

    def column_of(self, where: str) -> Column | None:
        """The column a problem belongs to; None where it is about the row as a whole."""
        key = where.replace("[1].", ".").replace("material:", "material.")
        return next((column for column in self.columns if column.key == key), None)
