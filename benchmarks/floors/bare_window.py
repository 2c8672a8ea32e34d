"""Floor: a bare PySide6 window, from process start to its first paint; with `store`, ready and its memory.

`store` also imports what any program with an encrypted store imports, and counts until the event loop is
idle after the first paint.
"""

import json
import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

WITH_STORE = "store" in sys.argv
if WITH_STORE:
    import sqlalchemy  # noqa: F401
    import sqlcipher3.dbapi2  # noqa: F401


def since_start_ms() -> float:
    return (time.monotonic_ns() - int(os.environ["T0_NS"])) / 1e6


def resident_kib() -> float:
    with open("/proc/self/status") as status:
        return next(float(line.split()[1]) for line in status if line.startswith("VmRSS"))


class Window(QWidget):
    done = False

    def paintEvent(self, event):
        if not self.done:
            self.done = True
            if WITH_STORE:
                QTimer.singleShot(0, self.tell)
            else:
                self.tell()

    def tell(self) -> None:
        print(json.dumps({"ms": [since_start_ms()], "kib": [resident_kib()]}), flush=True)
        os._exit(0)


app = QApplication([])
window = Window()
window.resize(1280, 672)
window.show()
app.exec()
