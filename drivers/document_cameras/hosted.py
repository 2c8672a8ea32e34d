"""What the counter holds of a document camera that runs in a host."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from drivers.host.process import HostHealth, HostProcess
from drivers.protocols import Fault, PagePicture

_NO_SUCH_CALL = ("device-broken", "AttributeError")
_LIMIT_MS = 10_000  # a camera may take seconds to wake up


class HostedPages:
    """A document camera in a host; its calls are bounded, a crash costs one page."""

    def __init__(self, host: HostProcess, config: Mapping[str, Any]) -> None:
        self._host = host

    def capture(self, whole: bool = False) -> PagePicture:
        """What lies under the camera as one page. Raises Fault."""
        return _page(self._host.call("capture", whole, limit_ms=_LIMIT_MS))

    def preview(self) -> Optional[PagePicture]:
        """What the camera sees now; None of a driver that cannot tell. Raises Fault."""
        try:
            return _page(self._host.call("preview", limit_ms=_LIMIT_MS))
        except Fault as fault:
            if (fault.code, fault.detail) == _NO_SUCH_CALL:
                return None
            raise

    def turn(self, data: bytes, degrees: int) -> PagePicture:
        """A page turned clockwise by 90, 180 or 270 degrees. Raises Fault."""
        return _page(self._host.call("turn", data, degrees, limit_ms=_LIMIT_MS))

    def health(self) -> HostHealth:
        """How the host is."""
        return self._host.health()

    def close(self) -> None:
        """End the host; a later call starts it again."""
        self._host.close()


def _page(told: Any) -> PagePicture:
    if not isinstance(told, PagePicture) or not told.data.startswith(b"\xff\xd8"):
        raise Fault("device-broken", "no page")
    return told
