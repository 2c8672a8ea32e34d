"""What a paper says, as data: the one value that is signed, stored, printed and verified.

The words around the data (labels, legal sentences) belong to `documents` and `resources/forms`.
All fields are strings, integers, booleans or lists of such, so that the canonical JSON of a
content is stable. Dates are ISO, moments are ISO with offset, money is 分.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any

from counter_app.domain.value import Value, astuple, field


class Agency(Value, frozen=True):
    """Who issues the paper. Empty strings are not printed."""

    name: str = ""
    hall: str = ""
    address: str = ""
    tel: str = ""
    supervision_tel: str = ""
    region: str = ""
    region_name: str = ""


class PaperMaterial(Value, frozen=True):
    """One line of the material list. `source` is a MaterialState value."""

    name: str
    form: str = ""
    copies: int = 0
    source: str = "received"
    original_returned: bool = False
    due_on: str = ""


class PaperAnswer(Value, frozen=True):
    """One form answer as it may be printed (already masked where the rule says so)."""

    label: str
    value: str


class PaperStep(Value, frozen=True):
    """One step of a trial calculation, in the clerk's language."""

    text: str
    amount: int | None = None
    parameter: str = ""
    region: str = ""
    effective: str = ""


class PaperBundle(Value, frozen=True):
    """Sheets that change hands together: what they are, how many, and what to know of them."""

    name: str
    form: str = ""
    pages: int = 0
    note: str = ""


class PaperTally(Value, frozen=True):
    """One line of a balance sheet: what must equal what, how far apart they are, and what differs by name.

    `is_checked` is False where nobody could be asked: such a line says why, and no number.
    """

    name: str
    left: str
    right: str
    difference: int = 0
    note: str = ""
    is_checked: bool = True


class PaperPerson(Value, frozen=True):
    """One line of the list of a batch; name and number are masked already. `due_on` "" = nothing runs."""

    name: str
    certno: str
    number: str
    outcome: str
    due_on: str = ""


class PaperSignature(Value, frozen=True):
    """What the citizen signed on a device: `page` names the sealed picture, `words` is what it stands under.

    `how` is one of `signatures.HOWS`.
    """

    page: str
    how: str = "sign"
    words: str = ""


class PaperReading(Value, frozen=True):
    """That it was read aloud to somebody who cannot write: what, when, and the two who saw the finger."""

    words: str
    read_at: str
    witnesses: list[str]


class PaperContent(Value, frozen=True):
    """Superset of what any paper can say; each paper prints its share. See hall_practice §3."""

    kind: str
    number: str
    case_number: str
    issued_at: str
    agency: Agency = field(default_factory=Agency)
    applicant_name: str = ""
    applicant_certno: str = ""  # masked
    insutype: str = ""
    insuplc: str = ""
    emp_name: str = ""
    uscc: str = ""
    agent_name: str = ""
    agent_certno_tail: str = ""
    agent_mode: str = ""  # PartyKind value
    agent_relation: str = ""
    authorisation_no: str = ""
    helper: str = ""
    type_id: str = ""
    type_name: str = ""
    situation: str = ""
    national_item: str = ""
    nth: int = 1
    of: int = 1
    submitted_at: str = ""
    accepted_at: str = ""
    channel: str = "desk"
    window: str = ""
    clerk_name: str = ""
    clerk_no: str = ""
    materials: list[PaperMaterial] = field(default_factory=list)
    answers: list[PaperAnswer] = field(default_factory=list)
    commitments: list[str] = field(default_factory=list)
    statutory_days: int | None = None
    statutory_basis: str = ""
    promised_days: int | None = None
    due_on: str = ""
    due_is_estimated: bool = False
    excluded_stages: list[str] = field(default_factory=list)
    result_delivery: str = ""
    account_tail: str = ""
    enquiry_code: str = ""
    offline_unverified: list[str] = field(default_factory=list)
    is_offline: bool = False
    amount: int | None = None
    steps: list[PaperStep] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    go_to: str = ""
    remedy: str = ""
    told: list[str] = field(default_factory=list)  # what this type asks the citizen to know
    corrections: list[str] = field(default_factory=list)
    reply_by: str = ""
    valid_from: str = ""
    valid_to: str = ""
    seals: list[str] = field(default_factory=list)
    demo: bool = False
    training: bool = False  # a demo that is there to learn by
    pack: str = ""
    bundles: list[PaperBundle] = field(default_factory=list)
    giver: str = ""  # who hands over, with the staff number
    giver_post: str = ""
    taker: str = ""
    taker_post: str = ""
    procedure: str = ""  # 专家评审 and the like: what does not count towards the time limits
    procedure_days: int | None = None  # working days it takes at most
    results: list[PaperAnswer] = field(default_factory=list)
    as_of: str = ""
    people: list[PaperPerson] = field(default_factory=list)  # everybody of a batch
    tally: list[PaperTally] = field(default_factory=list)
    rate_url: str = ""  # what the code to rate by says, good once and until `rate_until`
    rate_until: str = ""
    signatures: list[PaperSignature] = field(default_factory=list)
    readings: list[PaperReading] = field(default_factory=list)  # for who cannot write
    tongue: str = ""  # code of the language beside the Chinese, for who reads another
    completes: str = ""  # the number of the sheet this one completes (补充)


def plain_of(content: PaperContent) -> dict[str, Any]:
    """What is signed, stored and attached: the content as plain JSON data, without what is not said.

    A field at its default is left out, so that a field added later changes the hash of no paper already
    handed out (and no default may ever change). `codec.from_plain` gives the content back.
    """
    told: dict[str, Any] = _said(content)
    return told


def _said(value: Any) -> Any:
    kind = type(value)
    if kind is list:
        return [_said(item) for item in value]
    known = _defaults(kind)  # type: ignore[arg-type]
    if known is None:
        return value
    told: dict[str, Any] = {}
    for (name, default), one in zip(known, astuple(value), strict=True):
        if one is not default and one != default:
            told[name] = one if type(one) is str else _said(one)
    return told


@cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...] | None:
    """The fields of a dataclass with their defaults; None for any other kind of value."""
    return tuple((one.name, _default(one)) for one in fields(kind)) if is_dataclass(kind) else None


def _default(one: Any) -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()
