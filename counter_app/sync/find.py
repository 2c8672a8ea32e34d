"""Finding the hub of a hall on the local network (mDNS); a network that forbids it is asked by address."""

from __future__ import annotations

import threading
from typing import Any

from counter_app.domain.value import Value
from counter_app.wire.enrol import SERVICE


class Found(Value, frozen=True):
    """A hub that announced itself. Who it is only the code's fingerprint can tell."""

    url: str
    name: str
    halls: str


def hubs(seconds: float = 3.0) -> list[Found]:
    """Every hub that answers within so many seconds; none when this machine lacks `zeroconf`."""
    try:
        from zeroconf import ServiceBrowser, Zeroconf
    except ImportError:
        return []
    heard: dict[str, Found] = {}
    one = threading.Event()
    with Zeroconf() as network:

        class Listener:
            def add_service(self, zeroconf: Any, kind: str, name: str) -> None:
                told = zeroconf.get_service_info(kind, name)
                if told is not None:
                    heard.update({found.url: found for found in _told(told)})
                    one.set()

            update_service = add_service

            def remove_service(self, zeroconf: Any, kind: str, name: str) -> None:
                pass

        browser = ServiceBrowser(network, SERVICE, Listener())  # type: ignore[arg-type]
        one.wait(seconds)
        browser.cancel()
    return sorted(heard.values(), key=lambda found: found.url)


def _told(told: Any) -> list[Found]:
    said = {key.decode(): (value or b"").decode() for key, value in told.properties.items()}
    scheme = said.get("scheme", "https")
    shown = [f"[{address}]" if ":" in address else address for address in told.parsed_addresses()]
    return [Found(f"{scheme}://{host}:{told.port}", told.name, said.get("halls", "")) for host in shown]
