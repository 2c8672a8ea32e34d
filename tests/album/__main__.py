"""Judge or photograph every page.

usage: python -m tests.album [--judge] [--face NAME] [--chapter NAME] [--style THEME-SCALE] [--out DIR]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from counter_app.settings import Settings
from tests.album.faces import faces
from tests.album.judge import findings
from tests.fakes.bot import Bot
from ui.app import application


def main() -> int:
    """Every page of the faces and styles asked for; 1 when something is wrong with one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--face", default="")
    parser.add_argument("--chapter", default="")
    parser.add_argument("--style", default="")
    parser.add_argument("--out", type=Path, default=None)
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app, _ = application(Settings())
    bot, all_wrong = Bot(), 0
    for face in faces():
        if given.face not in ("", face.name):
            continue
        for style in face.styles:
            if given.style not in ("", f"{style.theme}-{style.scale}"):
                continue
            begun = time.process_time()
            for chapter in face.chapters:
                if given.chapter not in ("", chapter):
                    continue
                try:
                    found = findings(bot, app, face, style, chapter, face.rooms, given.out)
                except Exception as error:
                    found = [f"{face.name}-{chapter}-{style}: {error!r}"]
                all_wrong += len(found)
                print("\n".join(found), end="\n" if found else "", flush=True)
            print(f"== {face.name} {style} {time.process_time() - begun:.1f} s", file=sys.stderr, flush=True)
    return 1 if all_wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
