"""The line protocol of a driver host: one JSON object per line, at most 1 MiB, and values both ways.

`{"id","call","args","limit_ms"}` is answered by `{"id","ok"}` or `{"id","fault":{"code","detail"}}`; unasked
`{"event","data"}`; the first line is `{"hello":{"driver","protocol":1,"bits"}}`. A value of
`drivers.protocols` travels as its fields with `"is"` naming its class; bytes as `{"base64": …}`.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import fields, is_dataclass
from typing import Any, Dict, Mapping

from drivers import protocols
from drivers.protocols import Fault

LONGEST = 1 << 20
PROTOCOL = 1
_VALUES: Mapping[str, Any] = {
    name: getattr(protocols, name)
    for name in (
        "CardRead",
        "IdCardRead",
        "CardEvent",
        "VoucherPerson",
        "PrintOutcome",
        "Scan",
        "PagePicture",
    )
}
_VALUES = {
    **_VALUES,
    **{name: getattr(protocols, name) for name in ("Rating", "Signature", "Fingerprint", "Pin", "Teller")},
}


def line(message: Mapping[str, Any]) -> bytes:
    """One message as its line. Raises Fault `device-broken` when it is too long."""
    data = json.dumps(plain(message), ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
    if len(data) > LONGEST:
        raise Fault("device-broken", "message of " + str(len(data)) + " bytes")
    return data


def message(data: bytes) -> Dict[str, Any]:
    """The message of a line. Raises Fault `device-broken` for anything else."""
    if len(data) > LONGEST or not data.endswith(b"\n"):
        raise Fault("device-broken", "no whole line")
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        raise Fault("device-broken", "no JSON") from None
    if not isinstance(given, dict):
        raise Fault("device-broken", "no object")
    return given


def plain(value: Any) -> Any:
    """A value as JSON can carry it."""
    if isinstance(value, Fault):
        return {"code": value.code, "detail": value.detail}
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **told}
    if isinstance(value, (bytes, bytearray)):
        return {"base64": base64.b64encode(bytes(value)).decode("ascii")}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def value(given: Any) -> Any:
    """The value that `plain` made this of. Raises Fault `device-broken`."""
    if isinstance(given, list):
        return tuple(value(each) for each in given)
    if not isinstance(given, dict):
        return given
    try:
        if set(given) == {"base64"}:
            return base64.b64decode(given["base64"], validate=True)
        made = _VALUES[given["is"]] if "is" in given else dict
        return made(**{key: value(each) for key, each in given.items() if key != "is"})
    except (KeyError, TypeError, binascii.Error, ValueError):
        raise Fault("device-broken", "value") from None
