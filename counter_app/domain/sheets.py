"""A list as it was handed in: rows of cells as texts, each with its place in the file."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.domain.value import Value, field


class Cell(Value, frozen=True):
    """What stands in one cell. `fault` is a refusal's code where the cell itself cannot be believed."""

    text: str = ""
    fault: str = ""


class Line(Value, frozen=True):
    """One row of a list; `number` is the row a person sees in the file, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, place: int) -> Cell:
        """The cell of a column, an empty one where the row is shorter."""
        return self.cells[place] if 0 <= place < len(self.cells) else Cell()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text.strip() or cell.fault for cell in self.cells)


class Sheet(Value, frozen=True):
    """One sheet of a file, its header among the lines; `digest` is the SHA-256 of the file's bytes."""

    name: str
    lines: tuple[Line, ...]
    digest: str = ""


class Column(Value, frozen=True):
    """One column of a template. A header may say `key` or `label`; `allowed` are words it may hold."""

    key: str
    label: str
    required: bool = False
    hint: str = ""
    allowed: tuple[str, ...] = ()


class Marks(Value, frozen=True):
    """What is written beside a list: by file row its outcome, its faulty columns and the reasons."""

    outcome: Mapping[int, str] = field(default_factory=dict)
    faulty: Mapping[int, frozenset[int]] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
