"""A desk in a process of its own, without a screen: says which packs it uses and what it tells the clerk.

`python -m tests.journeys.pack_desk FOLDER URL CODE`: one JSON object a line, until standard input ends.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from counter_app.commands.desk import open_counter
from counter_app.counter import Counter
from counter_app.domain.actor import Actor
from counter_app.services.visit_view import VisitView
from counter_app.settings import Settings
from counter_app.sync.member import join


def say(**told: str) -> None:
    """One line, at once."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def watch(counter: Counter) -> None:
    """Say each pack once when the next visit would use it, and each refusal."""
    seen: set[str] = set()

    def look(view: VisitView) -> None:
        pack = counter.office.catalogue.pack
        if pack not in seen:
            say(pack=pack)
        codes = [problem.code for problem in view.notices]
        for code in dict.fromkeys(code for code in codes if code not in seen):
            say(told=code)
        seen.update((pack, *codes))

    counter.on_change(look)
    counter.run(lambda: look(counter.visit.view())).result()


def work(folder: Path, url: str, code: str) -> None:
    """Join the hall if this folder has not, open the counter, and sync until standard input ends."""
    if code:
        join(folder, url, code, "一号")
    settings = Settings(hub=url, hall_code="001", window="1")
    counter = open_counter(
        folder, settings, Actor("0317", "周敏", ("clerk",), window="1"), "口令只在测试里用"
    )
    watch(counter)
    counter.settle_in()
    sys.stdin.read()
    counter.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
