"""What the stubs of the citizen's devices tell: a signature, a finger, a PIN, a rating."""

from __future__ import annotations

import base64
from pathlib import Path

from drivers.fingerprints.vendor_livescan import HEIGHT, WIDTH, png
from tests.fakes.vendor import Stub

PICTURE = png(bytes(WIDTH * HEIGHT))
PIN = b"271828"
TEXTS = {
    "signpad": PICTURE,
    "livescan": b"",
    "pinpad": PIN,
    "gwq": base64.b64encode(PICTURE),
}


class CitizenStub(Stub):
    """One library in a folder of its own; `quality`, `rating` and `pin` say what the next person does."""

    def __init__(self, name: str, folder: Path) -> None:
        flags = ("-pthread",) if name == "gwq" else ()
        super().__init__(name, folder, *flags, text=TEXTS[name])
        self._beside("pin").write_bytes(PIN)
        self.quality(80)
        if name == "gwq":
            self.rating('{"appraiseLevel":"4","appraiseContent":"406|413"}')

    def quality(self, score: int) -> None:
        """How well the finger lies."""
        self._beside("code").write_text(str(score))

    def rating(self, told: str) -> None:
        """What the screen tells of a rating."""
        self._beside("code").write_text(told)

    def shown(self) -> str:
        """Everything it ever showed."""
        file = self._beside("shown")
        lines = file.read_bytes().splitlines() if file.exists() else []
        return "\n".join(_either(line) for line in lines)


def _either(line: bytes) -> str:
    """A page is UTF-8, a short word is GBK."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gb18030", "replace")
