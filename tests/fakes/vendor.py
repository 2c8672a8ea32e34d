"""Stubs of vendor libraries: shared objects compiled from tests/drivers/stubs, told what to do by files."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

from drivers.cards.sdt_simulator_card import IdCardSpec

_SOURCES = Path(__file__).parents[1] / "drivers" / "stubs"
NAME, NUMBER = "王敏", "11010519491231002X"
RECORD = (
    f"371100|{NUMBER}|X60820124|371100D15600000500BF7C7A48FB4966|{NAME}|00814E43238697159900BF7C7A|2.00|"
    "20160501|20360430|410100813475|terminal|"
)
ID_RECORD = f"{NAME}|女|汉|19491231|示例路1号|{NUMBER}|20160501|长期|示例市公安局|"
ID_LINES = f"{NAME}\n女\n汉\n1949年12月31日\n示例路1号\n{NUMBER}\n示例市公安局\n2016.05.01\n长期\n"
CODE = "424" + "1" * 20 + "37" + "000"
PERSON = {"userName": NAME, "idNo": NUMBER, "idType": "01", "birthday": "1949.12.31", "ecToken": "t" * 32}
TEXTS = {
    "sscard": RECORD.encode("gb18030"),
    "heasec": RECORD.encode("gb18030"),
    "sdtapi": IdCardSpec.of({"name": NAME, "idno": NUMBER, "address": "示例路1号"}).text(),
    "termb": ID_LINES.encode("gb18030"),
    "nationec": json.dumps({"code": 0, "data": PERSON}, ensure_ascii=False).encode("gb18030"),
}


@cache
def compiled(name: str, *flags: str) -> Path:
    """The shared object of one stub. Raises CalledProcessError with gcc's words."""
    made = Path(mkdtemp(prefix="stub-")) / f"lib{name}.so"
    argv = ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", *flags, "-o", str(made)]
    subprocess.run([*argv, str(_SOURCES / f"{name}.c")], check=True, capture_output=True)
    return made


class Stub:
    """One library in a folder of its own."""

    def __init__(self, name: str, folder: Path, *flags: str, text: bytes | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.lib = folder / f"lib{name}.so"
        # A library is a device by its bytes; that of every other test, here and beside, is another one.
        self.lib.write_bytes(compiled(name, *flags).read_bytes() + uuid4().bytes)
        self.text(TEXTS[name] if text is None else text)
        self.mode("ok")
        self._beside("code").write_text(CODE)
        self._beside("ec").write_bytes(TEXTS["nationec"])
        self._beside("sfz").write_bytes(ID_RECORD.encode("gb18030"))

    def mode(self, word: str) -> None:
        """How the next calls behave."""
        self._beside("mode.new").write_text(word)
        self._beside("mode.new").replace(self._beside("mode"))

    def text(self, data: bytes) -> None:
        """What the next reading tells."""
        self._beside("text").write_bytes(data)

    def beside(self, ending: str, data: bytes) -> None:
        """What the next call of another kind tells (`sfz`, `ec`)."""
        self._beside(ending).write_bytes(data)

    def says(self, ending: str) -> Callable[[], bytes]:
        """What it tells now, as a person would have to believe it."""
        return self._beside(ending).read_bytes

    def _beside(self, ending: str) -> Path:
        """A file the library looks at."""
        return self.lib.with_name(f"{self.lib.name}.{ending}")
