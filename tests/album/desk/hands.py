"""What hands do: rare characters, pages covered and compared, a reading witnessed, work taken along."""

from __future__ import annotations

from typing import Any

from counter_app.catalog.characters import Found
from tests.album.desk.beside import alone
from tests.album.desk.devices import photograph
from tests.fakes import snapshots as s
from tests.fakes.stand import quiet

RARE = tuple(
    Found(char, f"U+{ord(char):04X}", reading, strokes)
    for char, reading, strokes in (
        ("䶮", "yǎn", 9),
        ("𠲎", "fèi", 9),
        ("𬱖", "yǐ", 13),
        ("\U0002ebf0", "", 12),
        ("姸", "yán", 9),
    )
)


def rare(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.editor("addr").setFocus()
    made.desk.actions_.run("rare")
    panel = made.desk.actions_.rare.panel
    panel.model.find = lambda text: (RARE, ())
    panel.edit.setText("yan 9")
    panel.model.look("yan 9")
    quiet(qtbot, made)
    return made


def attest(qtbot: Any, make: Any) -> Any:
    made = make(s.LONG)
    made.counter.able.add("say")
    made.model.go(aside="attest")
    return made


def photograph_cover(qtbot: Any, make: Any) -> Any:
    made = photograph(qtbot, make)
    quiet(qtbot, made)
    made.desk.pages.cover()
    return made


def photograph_compare(qtbot: Any, make: Any) -> Any:
    made = photograph(qtbot, make)
    quiet(qtbot, made)
    made.desk.pages.compare()
    return made


def sign_out(qtbot: Any, make: Any) -> Any:
    """Seven records wait and are in a package."""
    made = make(s.replace(s.EMPTY, session=s.SECURED, unsynced=7))
    made.desk.actions_.run("sign_out")
    made.page().folder.setText("/run/media/zhang/一个名字很长的U盘/医保局/2026年11月")
    made.page().seal.click()
    return made


SCENES = {
    "rare": rare,
    "attest": attest,
    "news": alone("news"),
    "photograph-cover": photograph_cover,
    "photograph-compare": photograph_compare,
    "sign-out": sign_out,
}
