from __future__ import annotations

import threading
from typing import Any

from drivers.protocols import Scan
from ui.devices import DeviceBridge


def test_an_event_of_a_device_thread_arrives_once_and_on_this_thread(qtbot: Any) -> None:
    bridge, seen = DeviceBridge(), []
    bridge.arrived.connect(lambda event: seen.append((event, threading.get_ident())))
    events = [Scan(str(n)) for n in range(20)]
    thread = threading.Thread(target=lambda: [bridge.tell(event) for event in events])
    thread.start()
    thread.join()
    assert seen == []  # nothing happens before the event loop turns
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert [event for event, _ in seen] == events
    assert {where for _, where in seen} == {threading.get_ident()}


def test_after_close_nothing_arrives(qtbot: Any) -> None:
    bridge, seen = DeviceBridge(), []
    bridge.arrived.connect(seen.append)
    bridge.tell(Scan("1"))
    bridge.close()
    bridge.tell(Scan("2"))
    qtbot.wait(20)
    assert seen == []
