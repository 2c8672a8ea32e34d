"""Resident-ID readers through termb (CVR): the library reads and decodes, we ask for each value by name."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any, Dict, Mapping, Tuple

from drivers.cards.id_record import id_card
from drivers.host.buffers import OutBuffer
from drivers.host.library import Library, opened, text_of
from drivers.host.options import LIBRARY, PORT
from drivers.protocols import Driver, Fault, IdCardRead

_PORTS = (*range(1001, 1017), *range(1, 17))
_DONE = 1
_ACTIVE = 4  # 1 is an older habit
_GETTERS: Mapping[str, str] = {
    "name": "GetPeopleName",
    "sex": "GetPeopleSex",
    "ethnic_code": "GetPeopleNation",
    "birth_date": "GetPeopleBirthday",
    "address": "GetPeopleAddress",
    "idno": "GetPeopleIDCode",
    "issuer": "GetDepartment",
    "valid_from": "GetStartDate",
    "valid_to": "GetEndDate",
}
_VALUE = 256
_LEFT_BEHIND = ("*.txt", "*.bmp", "*.jpg", "*.wlt")


class TermbLibrary:
    """One library and the reader at `port` (0 = the first that answers)."""

    def __init__(self, library: Library, name: str, port: int) -> None:
        self._name = name
        self._wanted = port
        self._opened = False
        self._authenticated = False
        self._held = False
        number, out = ctypes.c_int32, ctypes.c_char_p
        length = ctypes.POINTER(ctypes.c_int32)
        self._init = library.function("CVR_InitComm", number)
        self._close = library.function("CVR_CloseComm")
        self._authenticate = library.function("CVR_Authenticate")
        self._content = library.function("CVR_Read_Content", number)
        self._getters = {key: library.function(each, out, length) for key, each in _GETTERS.items()}
        self._value = OutBuffer(_VALUE)

    def readers(self) -> Tuple[str, ...]:
        """The name given to this reader. Raises Fault when none answers."""
        self._ready()
        return (self._name,)

    def present(self) -> Dict[str, Any]:
        """Whether a card lies there that was not read yet; finding it selects it. Raises Fault."""
        self._ready()
        if not self._authenticated:
            self._authenticated = self._authenticate() == _DONE
        held, self._held = self._held, False
        return {"here": self._authenticated, "anew": held and self._authenticated}

    def read(self, reader: str = "") -> IdCardRead:
        """Read the card that was laid on. Raises Fault."""
        if reader not in ("", self._name):
            raise Fault("reader-none", reader)
        self._ready()
        _sweep()
        try:
            if not self._authenticated:
                self._found()
            self._authenticated = False
            if self._content(_ACTIVE) != _DONE:
                raise Fault("idcard-again", "Read_Content")
            told = {key: self._asked(getter) for key, getter in self._getters.items()}
            return id_card(told, self._name)
        finally:
            self._held = self._opened and self._authenticate() != _DONE  # what it finds next was laid anew
            _sweep()

    def _found(self) -> None:
        code = self._authenticate()
        if code == _DONE:
            return
        self._opened = code != 0  # 0 = no longer initialised
        faults = {2: "card-none", 3: "idcard-again", 0: "reader-none"}
        raise Fault(faults.get(code, "vendor-refused"), "CVR " + str(code))

    def _asked(self, getter: Any) -> str:
        length = ctypes.c_int32(_VALUE)
        code = getter(self._value.fresh(), length)
        told = self._value.take()
        return text_of(told) if code == _DONE else ""

    def _ready(self) -> None:
        if self._opened:
            return
        for port in (self._wanted,) if self._wanted else _PORTS:
            code = self._init(port)
            if code == 3:
                raise Fault("device-unavailable", "CVR 3")
            if code == _DONE:
                self._opened = True
                return
        raise Fault("reader-none", self._name)


def _sweep() -> None:
    """The library leaves the last person's text and picture in its working folder, the host's own."""
    for pattern in _LEFT_BEHIND:
        for left in Path.cwd().glob(pattern):
            left.unlink()


def _open(config: Mapping[str, Any]) -> TermbLibrary:
    return TermbLibrary(*opened(config))


DRIVER = Driver(
    id="vendor_termb",
    family="cards",
    title="身份证阅读器（厂商库 termb）",
    open=_open,
    hosted=True,
    reads=("idcard",),
    options=(*LIBRARY, PORT),
)
