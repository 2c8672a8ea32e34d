"""A short day of the real counter store, run under the recorder: `python -m tests.faults.recorded_day ROOT
ACTS`.

Everything lies in ROOT/data; what was promised is said, when it was, in ROOT/said.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, MORNING, Desk, accept

SAID = "said"


def main(root: Path, acts: int) -> None:
    out = os.open(root / SAID, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(*words: str) -> None:
        os.write(out, (" ".join(words) + "\n").encode("ascii"))

    for half in (acts // 2, acts - acts // 2):  # closing folds the WAL into the file
        store = Desk(root / "data").open()
        for nth in range(half):
            one_act(store, say, nth)
        store.close()


def one_act(store: CounterStore, say: object, nth: int) -> None:
    assert callable(say)
    page = store.add_page(f"page {nth}".encode() * 200)
    case = accept(store)
    with store.unit(CLERK, MORNING) as unit:
        unit.keep_page(page, case.case_id)
    say("accepted", case.number, page)
    (paper,) = store.papers(case.number)
    store.paper_left(paper.paper_id, "ab" * 32, MORNING, CLERK, reprint=False)
    say("left", case.number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
