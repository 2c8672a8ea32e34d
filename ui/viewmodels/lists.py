"""What the page of a list says: how many can be accepted, and what is wrong with the others."""

from __future__ import annotations

from counter_app.services.batch_accept import BatchDone, problems_of

MOST = 200  # problems shown; the file beside the list holds all of them


def headline(done: BatchDone) -> str:
    """One sentence on the whole list."""
    told = done.as_dict()
    again = f"，此前已受理 {told['already']} 人" if told["already"] else ""
    wrong = f"，须更正 {told['refused']} 人（已在原文件旁写出核对结果）" if told["refused"] else ""
    if done.batch:
        return f"已受理 {told['accepted']} 人，批次 {done.batch}，清单已送打印{again}{wrong}。"
    return f"可受理 {len(done.checked.good)} 人{again}{wrong}。"


def found_lines(done: BatchDone) -> list[str]:
    """The problems row by row, as the clerk reads them out."""
    lines = [
        f"第 {one['row']} 行　{one['column']}　{one['cause']}{one['advice']}"
        for one in problems_of(done.checked)
    ]
    more = len(lines) - MOST
    return lines if more <= 0 else [*lines[:MOST], f"……还有 {more} 处，见核对结果文件。"]
