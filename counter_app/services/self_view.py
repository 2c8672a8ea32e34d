"""What a kiosk may know: frozen snapshots beside the `VisitView`, masked, made anew after each change."""

from __future__ import annotations

from counter_app.domain.value import Value
from counter_app.services.visit_view import FieldView, MaterialView, PersonView, VisitView


class Offer(Value, frozen=True):
    """One matter a kiosk does. `code` is what `open` takes; `why_not` says why it cannot be done now."""

    code: str
    title: str
    group: str = ""
    why_not: str = ""


class Step(Value, frozen=True):
    """One question of a case: one page. `kind`: situation other field cell more ask material.

    `key` is its place (`member_certno`, `rows[1].item`, `material:M_ID`); `row` and `column` name a cell.
    """

    kind: str
    key: str
    title: str
    field: FieldView | None = None
    material: MaterialView | None = None
    row: int = 0
    column: str = ""
    hint: str = ""
    ways: tuple[str, ...] = ()  # what can become of a material: sign promise commit defer window
    notices: tuple[str, ...] = ()  # what somebody has to know before they sign


class Unfinished(Value, frozen=True):
    """Something this person began at a kiosk and left; it is taken up again by its `filing_id`."""

    filing_id: str
    title: str
    begun: str  # local day and minute


class Owed(Value, frozen=True):
    """One material somebody still has to bring: of which case, what, and until when (ISO, "" unknown)."""

    number: str
    type_name: str
    code: str
    name: str
    due_on: str = ""


class OwnPaper(Value, frozen=True):
    """One paper of this person that can be printed again."""

    number: str
    title: str
    case: str
    day: str


class Rateable(Value, frozen=True):
    """A case of this person that may be rated."""

    case_id: str
    number: str
    title: str


class Checked(Value, frozen=True):
    """Whether a paper is ours and unchanged; `because` says in Chinese why not."""

    ok: bool
    number: str = ""
    because: str = ""


class SelfView(Value, frozen=True):
    """Everything a kiosk draws about whoever stands before it."""

    visit: VisitView
    person: PersonView | None = None
    steps: tuple[Step, ...] = ()
    notices: tuple[str, ...] = ()  # what somebody has to know before they hand in, where nothing is signed
    unfinished: tuple[Unfinished, ...] = ()
    owed: tuple[Owed, ...] = ()
    papers: tuple[OwnPaper, ...] = ()
    rateable: tuple[Rateable, ...] = ()
    window_only: str = ""  # why this case has to go on at a window, "" when it need not
    proofs: tuple[str, ...] = ()  # readers whose card proved who is here: pulled, the person is gone
