"""The process a vendor library runs in: `python -m drivers.host.child cards.vendor_ssse`.

Its own standard input and output are taken aside first, so that whatever the library prints goes to
standard error and nothing it reads can swallow a command. It ends when its owner is gone, even in the middle
of a call.
"""

from __future__ import annotations

import os
import queue
import shutil
import struct
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, Dict, List, Tuple

from drivers.host import wire
from drivers.host.declared import declared
from drivers.protocols import Fault


def main(full_id: str) -> None:
    """Serve one driver until standard input ends."""
    given, told = _take_streams()
    _no_core()
    out = _Out(told)
    out.send({"hello": {"driver": full_id, "protocol": wire.PROTOCOL, "bits": struct.calcsize("P") * 8}})
    jobs: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(given, jobs), daemon=True).start()
    served = _Served(full_id, out)
    while True:
        out.send(served.answer(jobs.get()))


class _Out:
    """Lines to the owner, from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, message: Dict[str, Any]) -> None:
        try:
            data = wire.line(message)
        except (Fault, TypeError, ValueError) as error:
            fault = error if isinstance(error, Fault) else Fault("device-broken", type(error).__name__)
            data = wire.line({"id": message.get("id"), "fault": fault})
        with self._lock:
            self._stream.write(data)
            self._stream.flush()


class _Served:
    """The driver behind the lines."""

    def __init__(self, full_id: str, out: _Out) -> None:
        self._full_id = full_id
        self._out = out
        self._device: Any = None

    def answer(self, data: bytes) -> Dict[str, Any]:
        """What becomes of one line."""
        number: Any = None
        try:
            message = wire.message(data)
            number = message.get("id")
            return {"id": number, "ok": self._work(str(message["call"]), list(wire.value(message["args"])))}
        except Fault as fault:
            return {"id": number, "fault": fault}
        except ImportError as error:
            return {"id": number, "fault": Fault("device-unavailable", "缺少组件 " + str(error.name))}
        except Exception as error:  # a driver's bug is one failed call
            return {"id": number, "fault": Fault("device-broken", type(error).__name__)}

    def _work(self, call: str, args: List[Any]) -> Any:
        if call == "open":
            config = dict(args[0])
            self._device = declared(self._full_id, str(config.pop("home", ""))).open(config)
            return True
        if self._device is None or call.startswith("_"):
            raise Fault("device-broken", call)
        return getattr(self._device, call)(*args)


def _take_streams() -> Tuple[BinaryIO, BinaryIO]:
    """Private copies of standard input and output; what was standard output is standard error from now on."""
    given, told = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(given, "rb"), os.fdopen(told, "wb")


def _no_core() -> None:
    """A crash must not leave a person's data in a core file."""
    try:
        import resource
    except ImportError:
        return  # not a system that has core files
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _listen(given: BinaryIO, jobs: queue.Queue[bytes]) -> None:
    """Queue each line; when the owner is gone, end at once whatever the library is doing."""
    while True:
        data = given.readline(wire.LONGEST + 1)
        if not data:
            shutil.rmtree(Path.cwd(), ignore_errors=True)  # the scratch folder its owner made for it
            os._exit(0)
        jobs.put(data)


if __name__ == "__main__":
    main(sys.argv[1])
