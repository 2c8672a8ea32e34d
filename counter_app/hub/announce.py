"""A hub says on the local network where it is, so that nobody has to type an address."""

from __future__ import annotations

import contextlib
import socket
import uuid
from collections.abc import Iterator, Sequence

from counter_app.wire.enrol import SERVICE


@contextlib.contextmanager
def announced(port: int, addresses: Sequence[str], halls: Sequence[str], scheme: str) -> Iterator[bool]:
    """Announce until the block is left; False where `zeroconf` is missing or the network forbids it."""
    try:
        from zeroconf import ServiceInfo, Zeroconf
    except ImportError:
        yield False
        return
    info = ServiceInfo(
        SERVICE,
        f"onewindow-{uuid.uuid4().hex[:8]}.{SERVICE}",
        port=port,
        parsed_addresses=list(addresses),
        properties={"halls": ",".join(halls), "scheme": scheme},
    )
    try:
        network = Zeroconf()
    except OSError:
        yield False
        return
    try:
        network.register_service(info)
        yield True
    finally:
        network.unregister_service(info)
        network.close()


def addresses_of(host: str) -> list[str]:
    """Where others reach a hub that listens at `host`; every address of this machine for `0.0.0.0`."""
    if host not in ("0.0.0.0", "::", ""):
        return [host]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: the system only chooses a way out
            mine = [probe.getsockname()[0]]
        except OSError:
            mine = []
    return list(dict.fromkeys([*mine, "127.0.0.1"]))
