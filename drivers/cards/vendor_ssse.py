"""Social-security card readers through the vendor library of LD/T 6001.5 (SSCardDriver and its relatives)."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any, Dict, Mapping, Tuple

from drivers.cards import vendor_record as record
from drivers.host.buffers import OutBuffer
from drivers.host.library import Library, text_of
from drivers.host.options import INTERFACE, KEY_MODULE, LIBRARY
from drivers.protocols import CardRead, Driver, Fault

_AUTO_CONTACT_FIRST = 3  # 1 contact, 2 contactless, 3 and 4 automatic
_OUT = 4096  # callers use 1024; clones write more
_SM4 = "03"


class SsseLibrary:
    """One library; `interface` is its iType. Calls must come one after another, in one process."""

    def __init__(self, library: Library, name: str, interface: int) -> None:
        self._name = name
        self._interface = interface
        number, text = ctypes.c_int32, ctypes.c_char_p
        self._read_bas = library.function("iReadCardBas", number, text)
        self._step1 = library.maybe("iReadCardBas_HSM_Step1", number, text)
        self._step2 = library.maybe("iReadCardBas_HSM_Step2", text, text)
        self._pin = library.maybe("iVerifyPIN", number, text)
        self._out = OutBuffer(_OUT)

    def readers(self) -> Tuple[str, ...]:
        """The name given to this reader."""
        return (self._name,)

    def present(self) -> Dict[str, Any]:
        """Whether a card is in; the standard has no other way to ask than to read."""
        code = self._read_bas(self._interface, self._out.fresh())
        text = self._out.take()
        if code == -2:
            return {"here": False}
        fault = record.fault_of(code, text) if code else None
        if fault is not None and fault.code in ("reader-none", "device-unavailable", "device-broken"):
            raise fault
        try:
            return {"here": True, "atr": "" if code else record.card_of(text, self._name).atr}
        except Fault:
            return {"here": True, "atr": ""}  # told when it is read

    def read(self, reader: str = "") -> CardRead:
        """Read the card. Raises Fault; `card-needs-key` when it wants a key module."""
        if reader not in ("", self._name):
            raise Fault("reader-none", reader)
        code = self._read_bas(self._interface, self._out.fresh())
        return self._card(code)

    def verify_pin(self, reader: str = "", pin: str = "") -> None:
        """Let the card check the password its holder types on the reader; we never see it.

        Raises Fault `pin-wrong`, `pin-locked`, `pin-cancelled`, `pin-timeout`, `pin-refused` …
        """
        if self._pin is None:
            raise Fault("device-unavailable", "iVerifyPIN")
        code = self._pin(self._interface, self._out.fresh())
        text = self._out.take()
        if code:
            raise record.fault_of(code, text)

    def hsm_begin(self) -> str:
        """First step with a key module: what the card asks. Raises Fault."""
        if self._step1 is None or self._step2 is None:
            raise Fault("card-needs-key", "HSM")
        code = self._step1(self._interface, self._out.fresh())
        text = self._out.take()
        if code:
            raise record.fault_of(code, text)
        record.parts_of(text, fewest=6)
        return text_of(text)

    def hsm_finish(self, answer: str, question: str) -> CardRead:
        """Second step: read with the module's answer. Raises Fault."""
        if self._step2 is None:
            raise Fault("card-needs-key", "HSM")
        if question.split("|")[2:3] != [_SM4] and not answer.endswith("|"):
            answer += "|"
        code = self._step2(answer.encode("gb18030"), self._out.fresh())
        return self._card(code)

    def _card(self, code: int) -> CardRead:
        text = self._out.take()
        if code:
            raise record.fault_of(code, text)
        return record.card_of(text, self._name)


def _open(config: Mapping[str, Any]) -> SsseLibrary:
    path = str(config.get("lib", ""))
    name = str(config.get("reader") or Path(path).name)
    library = Library(path, tuple(config.get("before", ())))
    return SsseLibrary(library, name, int(config.get("interface", _AUTO_CONTACT_FIRST)))


DRIVER = Driver(
    id="vendor_ssse",
    family="cards",
    title="社保卡读卡器（厂商库，LD/T 6001.5）",
    open=_open,
    hosted=True,
    pin="keypad",
    options=(*LIBRARY, INTERFACE, KEY_MODULE),
)
