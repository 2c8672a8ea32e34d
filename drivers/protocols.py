"""Values and protocols between devices and the rest. Standard library, Python 3.9 syntax only.

A driver turns bytes into these values and raises `Fault`; it never shows words to a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Mapping, Optional, Protocol, Sequence, Tuple

from drivers.citizen_side import LEVELS as LEVELS
from drivers.citizen_side import CustomerScreen as CustomerScreen
from drivers.citizen_side import ESeal as ESeal
from drivers.citizen_side import Fingerprint as Fingerprint
from drivers.citizen_side import FingerprintReader as FingerprintReader
from drivers.citizen_side import LedStrip as LedStrip
from drivers.citizen_side import LedText as LedText
from drivers.citizen_side import Pin as Pin
from drivers.citizen_side import PinPad as PinPad
from drivers.citizen_side import Rater as Rater
from drivers.citizen_side import Rating as Rating
from drivers.citizen_side import SealedPdf as SealedPdf
from drivers.citizen_side import SealWish as SealWish
from drivers.citizen_side import Signature as Signature
from drivers.citizen_side import SignPad as SignPad
from drivers.citizen_side import Teller as Teller
from drivers.citizen_side import Voice as Voice


class Fault(Exception):
    """A device's refusal. `code` has a row in `counter_app.problems`; `detail` holds no personal data."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Scan:
    """One code as a scanner delivered it. The text is shown in no repr and no log.

    `kind` is what the room classified it as before telling anybody: voucher receipt ticket idno
    payment unknown.
    """

    text: str = field(repr=False)
    device: str = ""
    at_ms: int = 0
    kind: str = ""


@dataclass(frozen=True)
class CardRead:
    """What one social-security card told (SSSE EF05/EF06), under the names of `devices read`.

    `complete` is False when something a counter needs could not be read; `missing` then names the
    keys (a v3 card without PSAM tells neither number nor name). Dates are ISO. `raw` keeps the hex
    of records that could not be decoded; `proof` is a platform library's own string that the card was
    read (业务卡串): handed on unchanged, never logged.
    """

    reader: str
    idno: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    card_no: str = field(default="", repr=False)
    card_id: str = field(default="", repr=False)
    spec_version: str = ""
    issued_on: str = ""
    expires_on: str = ""
    sex: str = ""
    ethnic_code: str = ""
    birth_place: str = ""
    birth_date: str = field(default="", repr=False)
    region: str = ""
    atr: str = ""
    complete: bool = True
    missing: Tuple[str, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict, repr=False)
    proof: str = field(default="", repr=False)


@dataclass(frozen=True)
class IdCardRead:
    """What one identity card told; `valid_to` may be `长期`.

    `kind` is resident, hmt (居住证 for 港澳台), foreigner (2017) or foreigner_2023. `name` is the Chinese
    one, or the foreign name where there is none. `photo` is the compressed picture (WLT) as it lay on the
    card.
    """

    reader: str
    name: str = field(default="", repr=False)
    idno: str = field(default="", repr=False)
    sex: str = ""
    ethnic_code: str = ""
    birth_date: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    issuer: str = ""
    valid_from: str = ""
    valid_to: str = ""
    photo: bytes = field(default=b"", repr=False)
    complete: bool = True
    missing: Tuple[str, ...] = ()
    kind: str = "resident"
    foreign_name: str = field(default="", repr=False)
    nationality: str = ""
    pass_no: str = field(default="", repr=False)
    issue_count: str = ""
    proof: str = field(default="", repr=False)


@dataclass(frozen=True)
class PagePicture:
    """One page as a document camera took it: JPEG, its size in pixels, whether it was cut to its sheet."""

    data: bytes = field(repr=False)
    width: int
    height: int
    is_cut: bool = False


@dataclass(frozen=True)
class CardEvent:
    """Something changed at a reader: kind is `inserted removed readers fault`."""

    kind: str
    reader: str = ""
    atr: str = ""
    readers: Tuple[str, ...] = ()
    fault: Optional[Fault] = None
    at_ms: int = 0


@dataclass(frozen=True)
class VoucherPerson:
    """Who a 医保电子凭证 code belongs to, as the resolver answered (ec.query)."""

    user_name: str = field(repr=False)
    id_no: str = field(repr=False)
    id_type: str = "01"
    ec_token: str = field(default="", repr=False)
    insu_org: str = ""
    gender: str = ""
    birthday: str = field(default="", repr=False)


@dataclass(frozen=True)
class PrintJob:
    """One paper for a printer.

    `pdf` holds a whole document for page printers; `operations` the same for receipt printers, as
    ("text", str, style) · ("raster", width, height, bytes) · ("feed", n) · ("cut",). `title` and
    `name` (a file stem) carry no personal data.
    """

    name: str
    title: str
    media: str = "a4"  # a4 | r80
    pdf: bytes = field(default=b"", repr=False)
    operations: Tuple[Tuple[Any, ...], ...] = field(default=(), repr=False)
    copies: int = 1


@dataclass(frozen=True)
class PrintOutcome:
    """What became of a job: `job_id` of the queue or the file it lies in; state `sent` or `done`.

    `note` is what the printer wants soon, such as paper; the paper is out all the same.
    """

    job_id: str
    state: str = "done"
    path: str = ""
    note: str = ""


class CardReader(Protocol):
    """Reads social-security cards."""

    def readers(self) -> Tuple[str, ...]:
        """Names of connected readers."""

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Call `tell` from a thread of the driver at every insertion and removal until `close`."""

    def read(self, reader: str) -> CardRead:
        """Read the card in `reader`. Raises Fault."""

    def close(self) -> None:
        """Stop watching and let go of the hardware."""


class IdCardReader(Protocol):
    """Reads resident ID cards."""

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Call `tell` at every card laid on or lifted."""

    def read(self, reader: str) -> IdCardRead:
        """Read the card lying on `reader`. Raises Fault."""

    def close(self) -> None:
        """Let go of the hardware."""


class Scanner(Protocol):
    """Delivers scanned codes."""

    def watch(self, tell: Callable[[Scan], None], fault: Callable[[Optional[Fault]], None]) -> None:
        """Call `tell` for each code and `fault` for each trouble, from a driver's thread.

        `fault(None)` says that the scanner is ready: at first, and when a trouble is over.
        """

    def close(self) -> None:
        """Stop and let go."""


class DocumentCamera(Protocol):
    """Photographs the pages that citizens bring."""

    def capture(self, whole: bool = False) -> PagePicture:
        """What lies under the camera, cut to its sheet and put straight unless `whole`. Raises Fault."""

    def preview(self) -> PagePicture:
        """What the camera sees at this moment, small and uncut. A camera may do without. Raises Fault."""

    def turn(self, data: bytes, degrees: int) -> PagePicture:
        """A page turned clockwise by 90, 180 or 270 degrees. Raises Fault."""

    def close(self) -> None:
        """Let go of the camera."""


class VoucherResolver(Protocol):
    """Turns a voucher code into a person, at once or not at all."""

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Ask who the code belongs to. Raises Fault; the code is neither kept nor logged."""


class Printer(Protocol):
    """Puts a job on paper."""

    def print(self, job: PrintJob) -> PrintOutcome:
        """Hand the job over; returns when the queue or folder has it durably. Raises Fault."""

    def close(self) -> None:
        """Let go of the device."""


@dataclass(frozen=True)
class Option:
    """One word of a driver's configuration, as whoever sets the desk up is asked for it.

    `number` is turned into an int; `hint` is an example or what an empty line means.
    """

    key: str
    label: str
    hint: str = ""
    number: bool = False


@dataclass(frozen=True)
class Finding:
    """One device a driver sees on this machine: a title for people, and the configuration that opens it."""

    title: str
    config: Mapping[str, Any]


@dataclass(frozen=True)
class Driver:
    """The declaration beside each device: the constant DRIVER the registry finds.

    `id` is the module name within its family; `open(config)` does the heavy imports and raises
    Fault or ImportError when the device cannot be had; `hosted` runs it in a driver host process;
    `requires` are importable module names and `programs` commands on PATH, checked for `available`;
    `reads` says which roles a driver of the family `cards` can play: `card`, `idcard`; `pin` how a card's
    password reaches it: `keypad` of the reader, `typed` (handed to `verify_pin`), "" not at all.

    `options` are the words of its configuration and `finds` looks for its devices (quickly; may raise
    anything): both are what the device page offers. `home` is filled in by the registry for a driver of
    another package.
    """

    id: str
    family: str
    title: str
    open: Callable[[Mapping[str, Any]], Any]
    requires: Tuple[str, ...] = ()
    programs: Tuple[str, ...] = ()
    hosted: bool = False
    media: Tuple[str, ...] = ()
    reads: Tuple[str, ...] = ("card",)
    pin: str = ""
    options: Tuple[Option, ...] = ()
    finds: Optional[Callable[[], Sequence[Finding]]] = None
    home: str = ""

    @property
    def full_id(self) -> str:
        """`family.name`, as `cards.pcsc`."""
        return self.family + "." + self.id


@dataclass(frozen=True)
class DeviceHealth:
    """How one chosen device of this desk is; `because` is a Fault code, "" with ok=False: still opening."""

    role: str
    id: str
    ok: bool
    because: str = ""
    detail: str = ""


@dataclass(frozen=True)
class DriverState:
    """One line of `devices list`."""

    id: str
    family: str
    title: str
    available: bool
    because: str = ""


def pick(states: Iterable[DriverState], family: str) -> Tuple[DriverState, ...]:
    """The drivers of one family."""
    return tuple(state for state in states if state.family == family)
