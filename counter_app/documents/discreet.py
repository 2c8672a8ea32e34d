"""The last look before a page is set: no whole certificate or account number, wherever it came from.

Services mask what they know to be sensitive. A clerk can still type a number into a reason, a citizen into
an address; on paper it loses its middle there too.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from counter_app.domain import idnumbers, masks

T = TypeVar("T")
# Numbers of ours have dashes; a unified social credit code has its own field and is public.
_LONG = re.compile(r"(?<![\dA-Za-z-])(?:\d{17}[\dXx]|\d{15,19})(?![\dA-Za-z-])")
_PUBLIC = frozenset({"number", "case_number", "uscc", "enquiry_code", "tel", "supervision_tel", "kind"})


def discreet(value: T) -> T:
    """The same content with every whole number masked. Amounts are integers and are not touched."""
    if isinstance(value, str):
        return _LONG.sub(_masked, value)  # type: ignore[return-value]
    if isinstance(value, list):
        return [discreet(item) for item in value]  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)  # type: ignore[no-any-return]
    return value


def _fields(value: Any) -> Any:
    held = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in _PUBLIC}
    changed = {name: discreet(part) for name, part in held.items()}
    return replace(value, **{name: part for name, part in changed.items() if part != held[name]})


def _masked(found: re.Match[str]) -> str:
    text = found.group()
    is_certno = len(text) == 18 and idnumbers.check_digit(text[:17]) == text[17].upper()
    return masks.certno(text) if is_certno else masks.bank_card(text)
