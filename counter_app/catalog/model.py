"""The catalogue schema as frozen values; `load` makes them from TOML, `docs/catalog.md` explains them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from counter_app.domain.value import Value, field

if TYPE_CHECKING:
    from counter_app.catalog.conditions import Expression


class Origin(Value, frozen=True):
    """Where something was declared, for refusals: file and line."""

    file: str = ""
    line: int = 0


class Choice(Value, frozen=True):
    """One value of an enumeration field."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  # of a disease: instant or collected; of an institution: its kinds, demo
    about: tuple[tuple[str, str], ...] = ()  # of a disease: criteria procedure review benefit, where known
    source: str = ""
    ended: bool = False  # of an institution: its agreement is over, so it can no longer be chosen


class FieldSpec(Value, frozen=True):
    """One question of a form.

    `type` is one of: text cert_no uscc phone date month datetime money ratio int bool admdvs
    disease_code icd institution_code bank_card enum multi_enum table case_no. `source` says who
    knows it: card hub earlier clerk. `sensitive`: none id diagnosis bank name. `columns` is for
    type `table`.
    """

    key: str
    label: str
    plain_label: str = ""
    type: str = "text"
    required: bool = False
    when: Expression | None = None
    rule: Expression | None = None
    rule_text: str = ""
    source: str = "clerk"
    sensitive: str = "none"
    maps_to: str = ""
    group: str = ""
    choices: tuple[Choice, ...] = ()
    columns: tuple[FieldSpec, ...] = ()
    default: str = ""
    hint: str = ""
    max_length: int = 200
    wide: bool = False
    printed: bool = True
    origin: Origin = Origin()


class MaterialSpec(Value, frozen=True):
    """One material to bring.

    `form`: original copy signed_form electronic verify_original. `defer`: no yes supervisor.
    `commit`: may be replaced by a written commitment. `share`: who could supply it ("" = nobody).
    `core`: without it nothing is accepted. `original`: the original is kept (退还签收 needed).
    `by_card`: satisfied when its `holder` (principal or speaker) was identified by card, ID card or
    voucher.
    """

    code: str
    name: str
    form: str = "copy"
    copies: int = 1
    required: bool = True
    when: Expression | None = None
    defer: str = "no"
    commit: bool = False
    share: str = ""
    core: bool = False
    original: bool = False
    by_card: bool = False
    holder: str = "principal"
    commit_text: str = ""
    note: str = ""
    origin: Origin = Origin()


class PaperRule(Value, frozen=True):
    """A paper this type can print and when (stage or condition)."""

    code: str
    when: str = ""


class Situation(Value, frozen=True):
    """A variant of a type (急诊, 跨省…) with its own code; old ids stay findable as aliases."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    when: Expression | None = None
    title: str = ""  # full name used instead of the type's


class Question(Value, frozen=True):
    """A named question only the clerk can answer (`ask.<name>`): yes or no."""

    name: str
    text: str


class Limits(Value, frozen=True):
    """Time limits in working days. `promised` is keyed (region, situation); "" = any situation."""

    statutory: int | None = None
    statutory_basis: str = ""
    promised: Mapping[tuple[str, str], int] = field(default_factory=dict)
    reference: str = ""
    targets: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def target_for(self, region: str, situation: str) -> int | None:
        """The goal a region has set itself for a situation; it orders the work and is never printed."""
        return self.targets.get((region, situation))

    def promised_for(self, region: str, situation: str) -> int | None:
        """The promise of a region, None where it has made none (then none is printed)."""
        exact = self.promised.get((region, situation))
        return exact if exact is not None else self.promised.get((region, ""))


class Offer(Value, frozen=True):
    """How a region offers a type: 办 代收转 引导 不办, and down to which level."""

    mode: str = "办"
    level: str = ""
    to: str = ""


class MessageRule(Value, frozen=True):
    """What the core platform is told of a case once it is done: `send` then, `undo` when it is taken back.

    `each` are the form fields that stand, one after the other, for the first of them: one message for every
    one that was answered. `situations` "" all of them.
    """

    send: str
    undo: str = ""
    each: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()


class TransactionType(Value, frozen=True):
    """One thing a citizen comes for. `applicant` is individual, employer, newborn or nobody
    (nobody: no identity is asked and there is no principal).
    """

    id: str
    name: str
    plain_name: str
    category: str
    applicant: str
    domain: str
    flow: str
    offline: str
    fields: tuple[FieldSpec, ...]
    materials: tuple[MaterialSpec, ...]
    aliases: tuple[str, ...] = ()
    situations: tuple[Situation, ...] = ()
    questions: tuple[Question, ...] = ()
    channels: tuple[str, ...] = ("desk",)
    offered_in: Mapping[str, Offer] = field(default_factory=dict)
    parties: Mapping[str, bool] = field(default_factory=dict)
    limits: Limits = Limits()
    papers: tuple[PaperRule, ...] = ()
    infno: tuple[str, ...] = ()
    message: MessageRule | None = None
    national_item: str = ""
    principals: str = "one"  # one | pair (GZ02: the second person is in the fields of group `other`)
    deceased: bool = False  # may be opened for a deceased person
    back_office: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()  # stages that do not count towards the limits, as printed
    notices: tuple[str, ...] = ()  # what the citizen must be told
    follow_ups: tuple[str, ...] = ()  # what remains after the end
    source_rows: tuple[str, ...] = ()
    minutes: int = 0  # usual minutes at the window; 0 = not known
    valid_from: date | None = None
    valid_to: date | None = None
    version: str = ""
    pack: str = ""
    origin: Origin = Origin()

    def is_valid(self, on: date) -> bool:
        """Whether it may be opened on a day."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)

    def title(self, situation: str) -> str:
        """The name on screen and paper: of the situation where it has one of its own."""
        found = next((item.title for item in self.situations if item.code == situation), "")
        return found or self.name

    def is_instant(self, region: str, situation: str) -> bool:
        """Derived: promised 0 here and nobody behind the counter has to act."""
        return self.limits.promised_for(region, situation) == 0 and not self.back_office


class Parameter(Value, frozen=True):
    """A regional value with its dates and source; `is_default` marks our choice in an ambiguity."""

    name: str
    value: Any
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    is_default: bool = False
    unit: str = ""  # 元 ratio count month year workday minute text list; 元 and ratio are decimal texts
    note: str = ""


class Hours(Value, frozen=True):
    """Opening hours of a season; `start` and `end` are MM-DD, `open` like `10:00-14:00`."""

    season: str
    start: str
    end: str
    open: tuple[str, ...]
    source: str = ""


class WindowGroup(Value, frozen=True):
    """A group of windows and the domains it serves."""

    id: str
    name: str
    domains: tuple[str, ...]
    windows: tuple[str, ...] = ()
    source: str = ""


class Entry(Value, frozen=True):
    """One line of a place's dictionaries: a way in, a kind of site, a published figure, a rule's title.

    `book` says which dictionary (`shapes.BOOKS`); `value` is what reports and checks read, in `unit`;
    `period` the day or span a figure belongs to. Names of the source's rows stand in `source`.
    """

    id: str
    book: str
    label: str
    value: Any = None
    unit: str = ""
    period: str = ""
    valid_from: date | None = None
    source: str = ""
    is_default: bool = False
    note: str = ""


class Region(Value, frozen=True):
    """A region pack: who issues papers, windows, parameters, places and diseases."""

    id: str
    name: str
    agency: Mapping[str, str]
    groups: tuple[WindowGroup, ...]
    parameters: tuple[Parameter, ...]
    admdvs: tuple[Choice, ...] = ()
    institutions: tuple[Choice, ...] = ()
    diseases: tuple[Choice, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    hours: tuple[Hours, ...] = ()
    entries: tuple[Entry, ...] = ()
    admdvs_code: str = ""
    version: str = ""
    pack: str = ""

    def book(self, name: str) -> tuple[Entry, ...]:
        """One dictionary of this place, in the order of its file; empty where nothing is known."""
        return tuple(entry for entry in self.entries if entry.book == name)

    def parameter(self, name: str, on: date) -> Parameter | None:
        """The parameter in force on a day, None when unknown (then there is no estimate)."""
        found = [
            p
            for p in self.parameters
            if p.name == name
            and (p.valid_from is None or p.valid_from <= on)
            and (p.valid_to is None or on <= p.valid_to)
        ]
        return max(found, key=lambda p: p.valid_from or date.min) if found else None


class Catalogue(Value, frozen=True):
    """All types and regions of the packs in force."""

    types: Mapping[str, TransactionType]
    regions: Mapping[str, Region]
    version: str = ""
    pack: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    groups: Mapping[str, tuple[FieldSpec, ...]] = field(default_factory=dict)  # PERSON EMPLOYER AGENT

    def offered(self, region: str, on: date | None = None) -> tuple[TransactionType, ...]:
        """Types a counter of this region can open (办 or 代收转), on a day when one is given."""
        usable = {"办", "代收转"}
        found = (t for t in self.types.values() if t.offered_in.get(region, Offer()).mode in usable)
        return tuple(t for t in found if on is None or t.is_valid(on))
