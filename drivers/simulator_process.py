"""What every simulator process does: serve its control socket until standard input closes."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from drivers.simulate import ControlServer, Simulated


def serve(data: Path, simulated: Simulated, ready: Mapping[str, Any]) -> None:
    """Announce `ready` as one JSON line, then serve; ends when whoever started it is gone, or by Ctrl+C."""
    server = ControlServer(data, simulated)
    sys.stdout.write(json.dumps({"ready": simulated.name, **ready}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        sys.stdin.read()
    server.close()
