"""Ours: one receipt rendered again and again, as a reprint would; or what stands on it.

usage: receipts.py FOLDER COUNT [PAGE.json]     with PAGE.json: write its text, places, sizes and fonts there
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.product.office import open_office, ready_case
from counter_app.domain.cases import PaperRecord
from counter_app.services.accept import accept
from counter_app.services.ports import Ports
from counter_app.services.printing import render


def main(folder: Path, count: int, page: Path | None) -> dict[str, list[float]]:
    """Accept one case and render its first paper."""
    parts = open_office(folder)
    state = ready_case(parts).state
    paper = accept(parts.office, state, state.cases[0]).papers[0]
    ports = parts.office.ports
    if page is not None:
        page.write_text(json.dumps(_text_of(ports, paper), ensure_ascii=False), "utf-8")
    render(ports, paper)  # the first reads the fonts
    took = []
    for _ in range(count):
        start = time.perf_counter_ns()
        job = render(ports, paper)
        took.append((time.perf_counter_ns() - start) / 1e6)
    assert job.pdf.startswith(b"%PDF")
    parts.close()
    return {"ms": took}


def _text_of(ports: Ports, paper: PaperRecord) -> dict[str, Any]:
    """Every run of text on the paper with its font, size and place, page by page."""
    from counter_app.documents import fonts
    from counter_app.documents.press import Press

    pages: list[list[list[Any]]] = []
    plain = Press.turn

    def noting(self: Press) -> None:
        pages.append([])
        for line in self.letters:
            x = line.x
            for run in fonts.runs(line.text):
                if run.face is not None:
                    pages[-1].append([run.face.name, line.size, x, line.y, run.text])
                x += fonts.width(run.text, line.size)
        plain(self)

    Press.turn = noting  # type: ignore[method-assign]
    render(ports, paper)
    Press.turn = plain  # type: ignore[method-assign]
    used = {line[0] for page in pages for line in page}
    assert used, "nothing was written on the paper"
    files = {face.name: [str(fonts.path(face)), 0] for face in fonts.FACES if face.name in used}
    return {"fonts": files, "pages": pages}


if __name__ == "__main__":
    where = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), where)))
