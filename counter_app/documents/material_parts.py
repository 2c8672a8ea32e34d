"""Parts of papers that list materials: what was taken in, what goes back, what is still to come."""

from __future__ import annotations

from counter_app.documents import words
from counter_app.documents.blocks import Block, Heading, Table
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent, PaperMaterial


def materials(content: PaperContent, form: Form) -> list[Block]:
    """The list of materials with form, copies, source and what becomes of the original."""
    if not content.materials:
        return []
    rows = tuple(
        (
            str(nth),
            item.name,
            words.shape(item),
            source(item),
            original(item),
        )
        for nth, item in enumerate(content.materials, 1)
    )
    columns = ((5, "序"), (41.5, "材料名称"), (16, "形式与份数"), (23, "来源"), (14.5, "原件"))
    return [Heading("材料清单"), Table(columns, rows)]


def source(item: PaperMaterial) -> str:
    """Where a material came from; a deferred one with its day."""
    found = words.SOURCES.get(item.source, item.source)
    return f"{found}\n{words.day(item.due_on)}前补交" if item.due_on else found


def original(item: PaperMaterial) -> str:
    """What becomes of the original."""
    if item.source != "received":
        return "—"
    if item.form == "verify_original":
        return "当场核验退还"
    return "核对后退还" if item.original_returned else "留存"


def late(content: PaperContent) -> list[PaperMaterial]:
    """What is to be brought after acceptance."""
    return [item for item in content.materials if item.source == "deferred"]


def returned(content: PaperContent, form: Form) -> list[Block]:
    """The originals that go back to their owner."""
    kept = [m for m in content.materials if m.source == "received" and m.original_returned]
    rows = tuple((str(n), item.name, words.shape(item), "　") for n, item in enumerate(kept, 1))
    columns = ((6, "序"), (56, "材料名称"), (20, "形式与份数"), (18, "清点（√）"))
    return [Heading("退还的材料原件"), Table(columns, rows)] if rows else []


def needed(content: PaperContent, form: Form) -> list[Block]:
    """Everything to bring, for somebody who has come to ask."""
    rows = tuple(
        (
            str(nth),
            item.name,
            words.shape(item),
            words.LEEWAY.get(item.source, ""),
        )
        for nth, item in enumerate(content.materials, 1)
    )
    columns = ((5.5, "序"), (53, "材料名称"), (18, "形式与份数"), (23.5, "可否免交"))
    return [Heading("需要的全部材料"), Table(columns, rows)] if rows else []
