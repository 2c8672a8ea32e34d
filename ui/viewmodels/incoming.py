"""Files on their way into a material: turned into pages on a worker, handed over one by one, in order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.late import late
from ui.viewmodels.desk import DeskModel

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from ui import page_files
else:
    page_files = late("ui.page_files")


def bring_in(model: DeskModel, case_id: str, code: str, name: str, brought: Sequence[Path | QImage]) -> None:
    """Add what was brought to a material; it lands there whatever the clerk turns to meanwhile."""
    model.jobs.aside(partial(_pages, brought), partial(_hand_over, model, case_id, code, name))


def _pages(brought: Sequence[Path | QImage]) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for one in brought:
        found += page_files.pages_of(one) if isinstance(one, Path) else (page_files.jpeg(one),)
    return tuple(found)


def _hand_over(model: DeskModel, case_id: str, code: str, name: str, pages: tuple[bytes, ...]) -> None:
    for page in pages:
        model.do("add_page", case_id, code, page)
    model.notices.tell(f"已放入“{name}”{len(pages)} 页", "按 Ctrl+S 可查看、转正、遮盖或删去。")
