"""A decided case at the desk behind the counter, and what the core platform made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.services.review_view import MessageLine
from tests.fakes.review_place import Place, settle

DONE = MessageLine("人员慢特病备案", "成功", "成功，登记号 SN0000000000000000000000000017", "ok")
UNKNOWN = MessageLine("人员慢特病备案", "不明", "不明，查询未果：HTTP 502", "warn")
REFUSED = MessageLine("人员慢特病备案", "被拒", "被拒，人员待遇享受已暂停", "err")


def decided(qtbot: Any, made: Place, *messages: MessageLine) -> None:
    """The second case is done now, with these messages."""
    seen = made.port.sheets["case-2"]
    made.port.sheets["case-2"] = replace(seen, step="done", offers=(), messages=messages)
    made.model.refresh()
    settle(qtbot, made)
    made.model.open(seen.row)
    settle(qtbot, made)
