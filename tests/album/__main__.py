"""Every page of every face: judged in every look, or photographed for the documents.

usage: python -m tests.album judge [--face NAME] [--chapter NAME] [--style light-100] [--out DIR]
       python -m tests.album pictures [--out DIR]      docs/pictures and a contact sheet of each face
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from counter_app.settings import Settings
from tests.album.faces import faces
from tests.album.judge import findings
from tests.album.look import Style
from tests.album.sheet import sheet
from tests.fakes.bot import Bot
from ui.app import application

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def judge(app: QApplication, given: argparse.Namespace) -> int:
    """Say what is wrong with each page asked for, with its look; 1 when something is."""
    bot, seen = Bot(), 0
    for face in faces():
        for style in face.styles:
            if given.face not in ("", face.name) or given.style not in ("", f"{style.theme}-{style.scale}"):
                continue
            begun = time.process_time()
            for chapter in face.chapters:
                if given.chapter in ("", chapter):
                    found = findings(bot, app, face, style, chapter, face.rooms, given.out)
                    seen += len(found)
                    print(*found, sep="\n", end="\n" if found else "", flush=True)
            told = f"{face.name} {style.theme} {style.scale} % {time.process_time() - begun:.1f} s of work"
            print(told, file=sys.stderr, flush=True)
    return 1 if seen else 0


def pictures(app: QApplication, target: Path) -> int:
    """A contact sheet of every face as it looks every day; 1 when a page is not as it should be."""
    bot, wrong = Bot(), []
    for face in faces():
        with tempfile.TemporaryDirectory(prefix="ow-album-") as folder:
            for chapter in face.chapters:
                room = face.rooms[min(1, len(face.rooms) - 1)]
                wrong += findings(bot, app, face, Style(), chapter, (room,), Path(folder))
            sheet(
                sorted(Path(folder).glob("*.png"), key=lambda one: one.stat().st_mtime_ns),
                target / f"all-{face.name}.png",
            )
    print(*wrong, sep="\n")
    return 1 if wrong else 0


def main() -> int:
    """Do what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("judge", "pictures"))
    for name in ("face", "chapter", "style"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app, _ = application(Settings())
    if given.what == "judge":
        return judge(app, given)
    return pictures(app, given.out or PICTURES)


if __name__ == "__main__":
    raise SystemExit(main())
