"""Loading a vendor library and naming its functions, whatever its calling convention decorates them with."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path
from typing import Any, Mapping, Sequence, Tuple

from drivers.protocols import Fault

_SHOWN = 60


class Library:
    """The library at `path`; `before` are libraries it needs loaded first. Raises Fault."""

    def __init__(self, path: str, before: Sequence[str] = ()) -> None:
        if not path:
            raise Fault("device-unavailable", "没有指明厂商库（lib）")
        self._path = str(Path(path).resolve()) if Path(path).exists() else path
        kind: Any = getattr(ctypes, "WinDLL", ctypes.CDLL)
        try:
            for other in before:
                ctypes.CDLL(other, mode=ctypes.RTLD_GLOBAL)
            self._library = kind(self._path)
        except OSError as error:
            raise Fault("device-unavailable", _why(error, Path(path).name)) from None

    def function(self, name: str, *arguments: Any, result: Any = ctypes.c_int32) -> Any:
        """One exported function. Raises Fault `device-unavailable` when the library has none of this name."""
        found = self.maybe(name, *arguments, result=result)
        if found is None:
            raise Fault("device-unavailable", "厂商库没有 " + name)
        return found

    def maybe(self, name: str, *arguments: Any, result: Any = ctypes.c_int32) -> Any:
        """The same, None where it is not exported."""
        size = sum(max(4, ctypes.sizeof(each)) for each in arguments)
        for spelled in (name, "_" + name + "@" + str(size), name + "@" + str(size)):
            found = getattr(self._library, spelled, None)
            if found is not None:
                found.argtypes = arguments
                found.restype = result
                return found
        return None


def text_of(data: bytes) -> str:
    """A library's GBK text. Raises Fault `card-data` when it is none."""
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise Fault("card-data", "no GBK text") from None


def message_of(data: bytes) -> str:
    """A library's own words about a failure, short and with every long number hidden."""
    words = data.decode("gb18030", "replace")
    shown = "".join(char if char.isprintable() else " " for char in words)
    return re.sub(r"[0-9Xx]{6,}", "…", shown).strip()[:_SHOWN]


def _why(error: OSError, name: str) -> str:
    if "ELFCLASS" in str(error) or getattr(error, "winerror", 0) == 193:
        return name + " 与本程序位数不同，请在设备参数 python 指明同位数的 Python"
    return "无法加载厂商库 " + name


def opened(config: Mapping[str, Any]) -> Tuple[Library, str, int]:
    """What an identity-card library is opened with: itself, the reader's name, its port (0: look for it)."""
    path = str(config.get("lib", ""))
    port = str(config.get("port", ""))
    library = Library(path, tuple(config.get("before", ())))
    return library, str(config.get("reader") or Path(path).name), int(port) if port.isdecimal() else 0
