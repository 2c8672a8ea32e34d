"""Card and ID-card readers through the platform's own library (HeaSecReadInfo; basic version 0.9.9.15)."""

from __future__ import annotations

import ctypes
import json
from pathlib import Path
from typing import Any, Dict, Mapping, Tuple, Union

from drivers.cards import vendor_record as record
from drivers.cards.id_record import id_card_of
from drivers.host.buffers import OutBuffer
from drivers.host.library import Library, message_of, text_of
from drivers.host.options import LIBRARY
from drivers.protocols import CardRead, Driver, Fault, IdCardRead, Option

_CARD, _ID, _BUSINESS, _ERROR = 2048, 1024, 8192, 2048
# Every key the platform requires; the hall's own values are laid over these.
_INIT: Mapping[str, Any] = {
    "IP": "127.0.0.1",
    "PORT": 80,
    "TIMEOUT": 5,
    "EC_URL": "",
    "CARD_PASSTYPE": "1",
    "API_NAME": "",
    "API_VERSION": "",
    "ACCESS_KEY": "",
    "SECRETKEY": "",
    "ORG_ID": "",
    "AREA_CODE": "",
    "SFZ_DRIVER_TYPE": 0,
}


class NhsaLibrary:
    """One library, initialised once in its process; reads cards, or identity cards for the role `idcard`."""

    def __init__(self, library: Library, name: str, role: str, init: Mapping[str, Any]) -> None:
        self._name = name
        self._id_cards = role == "idcard"
        text = ctypes.c_char_p
        start = library.function("Init", text, text)
        self._read_card = library.function("ReadCardBas", text, text)
        self._read_id = library.maybe("ReadSFZ", text, text, text)
        self._pin = library.maybe("VerifyPIN", text)
        self._query = library.maybe("EcQuery", text, text)
        self._card, self._id, self._business = OutBuffer(_CARD), OutBuffer(_ID), OutBuffer(_BUSINESS)
        error = OutBuffer(_ERROR)
        if start(json.dumps(init, ensure_ascii=False).encode("gb18030"), error.fresh()):
            raise Fault("vendor-refused", "Init　" + message_of(error.take()))

    def readers(self) -> Tuple[str, ...]:
        """The name given to this reader."""
        return (self._name,)

    def present(self) -> Dict[str, Any]:
        """Whether something lies there; the library has no other way to ask than to read."""
        try:
            told = self.read()
        except Fault as fault:
            if fault.code == "card-none":
                return {"here": False}
            if fault.code in ("reader-none", "device-unavailable", "device-broken"):
                raise
            return {"here": True}
        return {"here": True, "atr": getattr(told, "atr", "")}

    def read(self, reader: str = "") -> Union[CardRead, IdCardRead]:
        """Read the card, or the identity card. Raises Fault."""
        if reader not in ("", self._name):
            raise Fault("reader-none", reader)
        return self._identity() if self._id_cards else self._social()

    def verify_pin(self, reader: str = "", pin: str = "") -> None:
        """Let the card (or the platform, by CARD_PASSTYPE) check the password typed on the reader.

        Raises Fault `pin-wrong`, `pin-locked`, `pin-cancelled`, `pin-timeout` …
        """
        if self._pin is None:
            raise Fault("device-unavailable", "VerifyPIN")
        code = self._pin(self._id.fresh())
        text = self._id.take()
        if code:
            raise record.fault_of(code, text)

    def query(self, asked: bytes) -> bytes:
        """One ec.query as the library takes it and answers it. Raises Fault `voucher-away`."""
        if self._query is None:
            raise Fault("device-unavailable", "EcQuery")
        code = self._query(asked, self._business.fresh())
        told = self._business.take()
        if code:
            raise Fault("voucher-away", str(code) + "　" + message_of(told))
        return told

    def _social(self) -> CardRead:
        code = self._read_card(self._card.fresh(), self._business.fresh())
        text, business = self._taken(code, self._card)
        return record.card_of(text, self._name, business)

    def _identity(self) -> IdCardRead:
        if self._read_id is None:
            raise Fault("device-unavailable", "ReadSFZ")
        code = self._read_id(b"", self._id.fresh(), self._business.fresh())  # no photo file wanted
        text, business = self._taken(code, self._id)
        return id_card_of(record.parts_of(text), self._name, business)

    def _taken(self, code: int, out: OutBuffer) -> Tuple[bytes, str]:
        """Record and business string, both buffers wiped. Raises Fault."""
        try:
            text = out.take()
            if code:
                raise record.fault_of(code, text)
            return text, text_of(self._business.take())
        finally:
            self._business.wipe()


def open_library(config: Mapping[str, Any]) -> NhsaLibrary:
    """Load and initialise the library of a device's settings. Raises Fault."""
    path = str(config.get("lib", ""))
    name = str(config.get("reader") or Path(path).name)
    given = {key: config[key] for key in _INIT if key in config}
    init = {**_INIT, "LOG_PATH": str(config.get("LOG_PATH") or Path.cwd()), **given}
    return NhsaLibrary(
        Library(path, tuple(config.get("before", ()))), name, str(config.get("role", "card")), init
    )


DRIVER = Driver(
    id="vendor_nhsa",
    family="cards",
    title="医保平台读卡库（社保卡、身份证）",
    open=open_library,
    hosted=True,
    reads=("card", "idcard"),
    pin="keypad",
    options=(*LIBRARY, *(Option(word, word) for word in _INIT)),
)
