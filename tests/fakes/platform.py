"""The shipped voucher platform served inside the test process, with two invented people."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from drivers.deck import Invented
from drivers.vouchers.simulator import Platform, Web

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
        thread.join(5)
