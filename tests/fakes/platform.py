"""The shipped voucher platform served inside the test process, with two invented people."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.commands.hub_vouchers import asking
from counter_app.hub.local import LocalHub
from counter_app.hub.server import serving
from counter_app.hub.tokens import Bearer
from drivers import registry
from drivers.deck import Invented
from drivers.vouchers.simulator import Platform, Web
from tests.fakes.office import HandClock

PEOPLE = (
    Invented("wang", "王敏", "11010519491231002X", region="371100", sex="2", birth_date="1949-12-31"),
    Invented("yi", "𬱖晓梅", "371103199005140281", region="371100"),
    Invented("child", "李小", "", voucher=False),
)


@contextmanager
def platform(mode: str = "ok") -> Iterator[Web]:
    """A platform on 127.0.0.1: `.url`, `.platform.mode`, `.platform.queries`."""
    made = Platform(PEOPLE)
    made.mode = mode
    web = Web(made)
    web.daemon_threads = True
    thread = threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        made.closing.set()
        web.shutdown()
        web.server_close()
        thread.join(60)


@contextmanager
def hub_before(url: str, folder: Path) -> Iterator[tuple[str, str]]:
    """A hub that asks the platform at `url`: its address and a window's token."""
    hub = LocalHub(folder, bytes(32), "001", HandClock())
    hub.vouchers = asking(registry.open("vouchers.http", {"url": url, "limit_ms": 500}))
    with serving({"001": hub}) as served:
        yield served.url, hub.issue(Bearer("001", "window", "w3"))
    hub.close()
