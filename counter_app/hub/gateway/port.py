"""What a core platform is asked and what may come back: done, refused, or nobody knows.

The messages are the public ones between institutions and the insurance bureau; a hall's own core system has
its provincial interface, so the adapter beside this port is an example of one, not a promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from counter_app.domain.value import Value


class Answered(StrEnum):
    """How a question ended. After `UNKNOWN` the other side may have done it all the same."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Message:
    """One question: its number, the node of its input, the fields, and the serial it goes under."""

    infno: str
    fields: Mapping[str, Any] = field(repr=False)
    serial: str = ""
    insuplc: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back. `output` for `DONE`; `because` for the others, as the platform worded it."""

    how: Answered
    output: Mapping[str, Any] = field(default_factory=dict, repr=False)
    because: str = ""
    ref: str = ""


class Gateway(Protocol):
    """A core platform."""

    def ask(self, message: Message) -> Outcome:
        """Send one question under its serial and tell how it ended; never raises for the far side."""


class Kind(Value, frozen=True):
    """A message number: its words, its input node, whether it changes something, and how to look it up.

    `query` is the message that tells whether it was done; `rows` the node of its answer; `same` the fields
    by which the row of this very write is known. `undoes` a write: it is done when the row is gone.
    `takes` are the fields it may carry, `needs` those without which it is not sent.
    """

    title: str
    node: str = "data"
    writes: bool = False
    query: str = ""
    rows: str = ""
    same: tuple[str, ...] = ()
    undoes: bool = False
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


# vendor_abi.md §5.4 to §5.7. A cancellation names the registration by its number alone.
_SN = ("trt_dcla_detl_sn",)
_WHO = ("psn_no", "insutype", "tel", "addr", "begndate", "enddate")
_REFERRED = (
    *_WHO,
    *("diag_code", "diag_name", "dise_cond_dscr", "reflin_medins_no", "reflin_medins_name"),
    *("mdtrtarea_admdvs", "refl_type", "refl_date", "refl_rea", "refl_opnn"),
)
_ILL = (
    *_WHO,
    *("opsp_dise_code", "opsp_dise_name", "ide_fixmedins_no", "ide_fixmedins_name"),
    *("hosp_ide_date", "diag_dr_codg", "diag_dr_name"),
)
_FIXED = (*_WHO, "biz_appy_type", "fix_srt_no", "fixmedins_code", "fixmedins_name", "memo")
_BACK = ("psn_no", *_SN, "memo")
_GONE = ("psn_no", *_SN)


def _undoing(title: str, query: str, rows: str) -> Kind:
    return Kind(title, "data", True, query, rows, _SN, undoes=True, takes=_BACK, needs=_GONE)


KINDS: Mapping[str, Kind] = {
    "9001": Kind("签到", "signIn"),
    "1101": Kind("人员信息获取"),
    "2501": Kind(
        "转院备案",
        "refmedin",
        True,
        "5304",
        "refmedin",
        ("reflin_medins_no", "begndate"),
        takes=_REFERRED,
        needs=("psn_no", "insutype", "begndate"),
    ),
    "2502": _undoing("转院备案撤销", "5304", "refmedin"),
    "2503": Kind(
        "人员慢特病备案",
        "data",
        True,
        "5301",
        "feedetail",
        ("opsp_dise_code", "begndate"),
        takes=_ILL,
        needs=("psn_no", "insutype", "opsp_dise_code", "begndate"),
    ),
    "2504": _undoing("慢特病备案撤销", "5301", "feedetail"),
    "2505": Kind(
        "人员定点备案",
        "data",
        True,
        "5302",
        "psnfixmedin",
        ("fixmedins_code", "begndate"),
        takes=_FIXED,
        needs=("psn_no", "fixmedins_code", "begndate"),
    ),
    "2506": _undoing("定点备案撤销", "5302", "psnfixmedin"),
    "5301": Kind("人员慢特病备案查询"),
    "5302": Kind("人员定点信息查询"),
    "5303": Kind("在院信息查询"),
    "5304": Kind("转院信息查询"),
    "ec.query": Kind("医保电子凭证解码"),
}
