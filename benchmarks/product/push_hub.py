"""Ours: a hub as its command starts it, and a device's token.

usage: push_hub.py DATABASE KEY_FILE      prints `{"port": …, "tokens": [TOKEN]}`, serves until it is killed
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from counter_app.hub import opening
from counter_app.hub.clock import HallTime
from counter_app.hub.hall import HallHub
from counter_app.hub.server import serving
from counter_app.hub.tokens import Bearer
from counter_app.seals.hub_identity import HubIdentity


def main(database: str, key_file: str) -> None:
    """Open, serve, wait."""
    if opening.is_server(database):
        opened = opening.open_server(database)
    else:
        opened = opening.open_file(Path(database), opening.key_in(Path(key_file)))
    hub = HallHub(opened.database, opened.lane, "001", HallTime())
    hub.identity = HubIdentity(b"benchmark" * 4)
    with serving({"001": hub}) as served:
        told = {"port": served.port, "tokens": [hub.issue(Bearer("001", "device"))]}
        print(json.dumps(told), flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
