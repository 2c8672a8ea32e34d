"""Two monitors: the citizen's window stands on the one the desk does not stand on. In a process of its own,
because screens are given to Qt before it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import json
from PySide6.QtWidgets import QApplication
from counter_app.settings import Settings
from tests.fakes import snapshots
from tests.fakes.case_snapshots import YD01
from tests.fakes.desk import FakeCounter
from ui.app import application, open_desk
from ui.faces.citizen_side import CitizenSide
from ui.theme import load

app, _ = application(Settings())
counter = FakeCounter(snapshots.FILLING, {"YD01": YD01})
window = open_desk(app, counter, Settings(lock_after_s=0))
window.show()
side = CitizenSide(app, window.desk.model, load("light", 100), window.desk, "auto")
for _ in range(20):
    app.processEvents()
box = side.window.geometry()
print(json.dumps([side.is_open, box.x(), box.y(), box.width(), box.height(), side.window.isFullScreen()]))
side.end()
window.close()
counter.close()
"""


def screen(name: str, x: int, width: int, height: int) -> dict[str, object]:
    shape = {"x": x, "y": 0, "width": width, "height": height}
    return {"name": name, **shape, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


def test_it_opens_by_itself_on_the_other_monitor(tmp_path: Path) -> None:
    config = tmp_path / "screens.json"
    config.write_text(
        json.dumps({"screens": [screen("desk", 0, 1920, 1080), screen("hall", 1920, 800, 1280)]})
    )
    platform = f"offscreen:configfile={config}"
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [True, 1920, 0, 800, 1280, True]
