"""What a face may know about the visit: frozen snapshots, one per change.

The services lane makes a `VisitView` after every intention and hands it across the thread border;
a face draws it and holds nothing else. Names and numbers in it are already masked unless the
field is open for editing or was revealed. Codes, not sentences: the words belong to the face.
"""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.domain.notices import HallNow
from counter_app.domain.tickets import LineState
from counter_app.domain.value import Value, field
from counter_app.services.session_view import SessionView


class ProblemView(Value, frozen=True):
    """One refusal beside its field. `where` is a field key, `material:<code>` or ""."""

    code: str
    title: str
    cause: str
    advice: str
    where: str = ""
    retry: bool = False


class TicketView(Value, frozen=True):
    """The number being served."""

    ticket_id: str
    number: str
    klass: str
    group: str
    called_at: str
    serving_since_ms: int
    note: str = ""
    needs: tuple[str, ...] = ()  # codes of domain.tickets.NEEDS
    helper: str = ""  # who helps this person (帮办)


class PersonView(Value, frozen=True):
    """The citizen banner of one principal (or speaker). All strings are ready to show."""

    key: str
    name: str
    is_employer: bool = False
    gend: str = ""
    age: int | None = None
    certno: str = ""
    evidence: str = ""  # EvidenceKind value or ""
    witness: str = ""  # "" | verified | doubtful
    card_present: bool = False
    complete: bool = True
    missing: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    insutype: str = ""
    psn_type: str = ""
    insured_state: str = ""
    insuplc: str = ""
    balance: int | None = None  # 分
    tel: str = ""
    flags: tuple[str, ...] = ()
    photo: str = ""
    as_of: str = ""
    deceased: bool = False
    revealed: bool = False
    known: bool = True


class SpeakerView(Value, frozen=True):
    """Who speaks for the current principal. `kind` is a PartyKind value."""

    kind: str
    person: PersonView | None = None
    fields: Mapping[str, str] = field(default_factory=dict)  # the six agnter_* values, masked
    missing: tuple[str, ...] = ()
    problems: tuple[ProblemView, ...] = ()
    allowed: tuple[str, ...] = ()  # PartyKind values the current case accepts


class ChoiceView(Value, frozen=True):
    """One option of a field, prompt or situation."""

    code: str
    label: str
    hint: str = ""


class FieldView(Value, frozen=True):
    """One visible field. `source` tells where the value came from: card hub earlier clerk default.

    `value` is what the editor shows (masked where sensitive and not `editing`), `display` the
    words for a code. `rows` and `columns` are for type `table`.
    """

    key: str
    label: str
    type: str
    value: str = ""
    display: str = ""
    required: bool = False
    editable: bool = True
    wide: bool = False
    source: str = ""
    hint: str = ""
    group: str = ""
    sensitive: str = "none"
    choices: tuple[ChoiceView, ...] = ()
    problem: ProblemView | None = None
    columns: tuple[FieldView, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    doubt: str = ""  # 这一项不对: the citizen's mark in words, until the answer is another


class MaterialView(Value, frozen=True):
    """One line of the material list. `state` is a MaterialState value."""

    code: str
    name: str
    state: str
    required: bool
    form: str = ""
    copies: int = 0
    core: bool = False
    can_defer: str = "no"  # no | yes | supervisor
    can_commit: bool = False
    why_not_defer: str = ""  # problem code
    due_on: str = ""
    pages: tuple[str, ...] = ()  # the names under which the photographed pages are kept
    note: str = ""
    problem: ProblemView | None = None
    doubt: str = ""


class QuestionView(Value, frozen=True):
    """A named yes/no question of the type; `answer` is "", "yes" or "no"."""

    name: str
    text: str
    answer: str = ""
    doubt: str = ""


class VerdictView(Value, frozen=True):
    """What the program thinks will happen, with its reason. `kind`: instant limited unknown."""

    kind: str
    due_on: str = ""
    estimated: bool = False
    statutory_days: int | None = None
    promised_days: int | None = None
    statutory_due: str = ""
    promised_due: str = ""
    target_due: str = ""  # a goal of the house, promised to nobody
    arrive_by: str = ""  # the minute by which somebody must have come for a broken device
    basis: str = ""
    pack: str = ""
    warnings: tuple[str, ...] = ()  # problem codes worth saying, that do not stop


class EstimateStepView(Value, frozen=True):
    """One step of a trial calculation; the last five are empty where no parameter was used."""

    text: str
    parameter: str = ""
    value: str = ""
    region: str = ""
    effective: str = ""
    source: str = ""


class EstimateView(Value, frozen=True):
    """A trial calculation beside a case: it promises nothing. `amount` is 分, None when there is none.

    `missing` names the parameters this region has not published; `because` says why the answers
    cannot be calculated with. With either there is no amount.
    """

    amount: int | None = None
    caption: str = ""
    steps: tuple[EstimateStepView, ...] = ()
    missing: tuple[str, ...] = ()
    because: str = ""


class PaperView(Value, frozen=True):
    """One paper of the visit and what became of it: queued sent failed."""

    number: str
    kind: str
    title: str
    state: str
    reprints: int = 0
    problem: ProblemView | None = None


class CaseTile(Value, frozen=True):
    """One card in the visit tray. `step` is one of identify fill materials check done."""

    case_id: str
    nth: int
    name: str
    principal: str
    step: str
    problems: int = 0
    deferred: int = 0
    number: str = ""
    held: bool = False
    provisional: bool = False  # accepted offline, not verified yet (待核)


class CrossView(Value, frozen=True):
    """全域通办 of a case. `place` "" = ours to review; `clock` is accepting or insured."""

    places: tuple[ChoiceView, ...]
    place: str = ""
    name: str = ""
    clock: str = ""


class CaseView(Value, frozen=True):
    """The case in the work area."""

    case_id: str
    type_id: str
    name: str
    situation: str
    situations: tuple[ChoiceView, ...]
    step: str
    principal_key: str
    fields: tuple[FieldView, ...]
    materials: tuple[MaterialView, ...]
    questions: tuple[QuestionView, ...] = ()
    problems: tuple[ProblemView, ...] = ()  # the error summary; filled after the first check
    verdict: VerdictView | None = None
    last_time: Mapping[str, str] = field(default_factory=dict)  # key -> display value to bring over
    checked: bool = False  # answers confirmed by the citizen
    number: str = ""
    papers: tuple[PaperView, ...] = ()
    offline_class: str = "full"
    estimate: EstimateView | None = None
    provisional: bool = False  # accepted offline, not verified yet (待核)
    filing: str = ""  # the 外来件 it was made from
    signed: tuple[str, ...] = ()  # how it was signed: sign, finger
    witnesses: tuple[str, ...] = ()  # who saw it read aloud and the finger pressed
    cross: CrossView | None = None  # None: not offered for this type here
    situation_doubt: str = ""
    objections: tuple[tuple[str, str], ...] = ()  # 我认为有误: about which reason, what was said


class PromptView(Value, frozen=True):
    """A question in the work area that is answered by a digit or a key, never a modal dialog.

    kinds: `second_card` (agent replace related cancel) · `witness` (verified doubtful) ·
    `leave` (stay finish hold) · `deceased` (heir cancel) · `expired` (other_document go_on) ·
    `resume` (resume discard) · `confirm_refuse` (yes no)
    """

    kind: str
    options: tuple[str, ...]
    person: PersonView | None = None
    photo: str = ""
    detail: str = ""


class HeldView(Value, frozen=True):
    """A visit put aside, to be resumed."""

    visit_id: str
    ticket: str
    names: tuple[str, ...]
    cases: int
    saved_at: str


class VisitView(Value, frozen=True):
    """Everything the desk draws. `revision` grows by one per change; `saved_at` is the last draft save."""

    revision: int
    clerk_no: str
    clerk_name: str
    window: str
    region: str
    hall: str
    line: LineState = field(default_factory=LineState)
    ticket: TicketView | None = None
    visit_open: bool = False
    principals: tuple[PersonView, ...] = ()
    current_principal: str = ""
    speaker: SpeakerView | None = None
    helped: bool = False
    training: bool = False  # people learn here: 培训 on window and papers
    elder: bool = False  # 长辈模式: large, few, plain, slow
    tongue: str = ""  # Chinese name of the language beside the Chinese on papers
    tiles: tuple[CaseTile, ...] = ()
    case: CaseView | None = None
    prompt: PromptView | None = None
    notices: tuple[ProblemView, ...] = ()  # refusals not tied to a field; newest last
    held: tuple[HeldView, ...] = ()
    papers: tuple[PaperView, ...] = ()
    suggestions: tuple[ChoiceView, ...] = ()  # types worth offering for this principal
    undo_label: str = ""
    redo_label: str = ""
    saved_at: str = ""
    online: bool = True
    unsynced: int = 0
    set_aside: int = 0  # records the hub refused, which wait for a person
    lease: str = ""  # what the status line says of a device's lease, "" for nothing
    synthetic: bool = False
    locked: bool = False
    opened: bool = False  # something masked is open for five seconds: no other screen follows meanwhile
    pack: str = ""
    session: SessionView = field(default_factory=SessionView)
    hall_now: HallNow = field(default_factory=HallNow)  # outage, cover and calls for help that hold
