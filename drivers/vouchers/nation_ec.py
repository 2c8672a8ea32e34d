"""医保电子凭证 codes resolved by the platform's own library (NationECCode, function NationEcTrans)."""

from __future__ import annotations

import ctypes
import json
import re
from typing import Any, Mapping

from drivers.host.buffers import OutBuffer
from drivers.host.library import Library, text_of
from drivers.host.options import EC, LIBRARY
from drivers.protocols import Driver, Fault, VoucherPerson
from drivers.vouchers.answers import person_of

_OUT = 65536
_DONE = b"0000"
_FIRST_CJK = "\u2e80"
_CODE = re.compile(r"424\d{25}", re.ASCII)
_ASKER = ("operatorId", "operatorName", "officeId", "officeName", "deviceType")


class NationLibrary:
    """Asks the platform at `url` for `org` through the library."""

    def __init__(self, library: Library, url: str, org: str, asker: Mapping[str, str]) -> None:
        text = ctypes.c_char_p
        self._trans = library.function("NationEcTrans", text, text, text, result=text)
        self._url, self._org, self._asker = url, org, dict(asker)
        self._out = OutBuffer(_OUT)

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Ask who the code belongs to.

        Raises Fault `voucher-other` (not even sent), `voucher-expired`, `voucher-refused`, `voucher-away`,
        `voucher-garbled`.
        """
        asked = query_of(code, business, self._org, self._asker)
        status = self._trans(self._url.encode("ascii"), asked, self._out.fresh())
        told = self._out.take()
        if status != _DONE:
            shown = status.decode("ascii", "replace")[:10] if status else "NULL"
            raise Fault("voucher-away", shown if shown.isprintable() else "?")
        return person_of(as_utf8(told))

    def close(self) -> None:
        """Nothing is held between two queries."""


def query_of(code: str, business: str, org: str, asker: Mapping[str, str]) -> bytes:
    """The ec.query a library is given. Raises Fault `voucher-other` for what is no such code."""
    if not _CODE.fullmatch(code):
        raise Fault("voucher-other", "")
    data = {"orgId": org, "businessType": business, **asker, "ecQrCode": code}
    asked = {"orgId": org, "transType": "ec.query", "data": data}
    return json.dumps(asked, ensure_ascii=False).encode("gb18030")


def asker_of(config: Mapping[str, Any]) -> Mapping[str, str]:
    """Who asks, as far as a device's settings say."""
    return {key: str(config.get(key, "")) for key in _ASKER}


def as_utf8(told: bytes) -> bytes:
    """The answer as UTF-8: the library speaks GBK, some of its builds UTF-8.

    GBK of a name is hardly ever UTF-8 too, and where it is, it has no Chinese character in it.
    """
    try:
        if any(char >= _FIRST_CJK for char in told.decode("utf-8")):
            return told
    except UnicodeDecodeError:
        pass  # then it is GBK
    try:
        return text_of(told).encode("utf-8")
    except Fault:
        return told


def _open(config: Mapping[str, Any]) -> NationLibrary:
    library = Library(str(config.get("lib", "")), tuple(config.get("before", ())))
    return NationLibrary(library, str(config["url"]), str(config.get("org", "")), asker_of(config))


DRIVER = Driver(
    id="nation_ec",
    family="vouchers",
    title="医保电子凭证核验（平台动态库）",
    open=_open,
    hosted=True,
    options=(*LIBRARY, *EC),
)
