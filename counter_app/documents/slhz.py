"""受理回执: the 80 mm slip with the same number as the notice, for halls that hand out slips."""

from __future__ import annotations

from counter_app.documents import words
from counter_app.documents.registry import Paper
from counter_app.documents.sheet import SOFT, Sheet
from counter_app.domain.papers import PaperContent


def compose(sheet: Sheet, content: PaperContent) -> None:
    """Write the slip; diseases and long lists stay on the notice."""
    for line in lines(content):
        sheet.paragraph(line, gap=1)
    sheet.rule(6)
    form = words.form("slhz")
    for line in form["notices"]:
        sheet.paragraph(line, 7.5, gap=0, grey=SOFT)


def lines(content: PaperContent) -> list[str]:
    """The slip as plain lines, also for printers that take text."""
    late = [
        f"容缺：{m.name}，{words.day(m.due_on)}前补交" for m in content.materials if m.source == "deferred"
    ]
    estimated = "（暂估）" if content.due_is_estimated else ""
    told = [
        ("编号", content.number),
        ("申请人", content.emp_name or content.applicant_name),
        ("证件", content.applicant_certno),
        ("代办人", content.agent_name),
        ("事项", content.type_name),
        ("受理", words.moment(content.accepted_at)),
        ("应办结", words.day(content.due_on) + estimated if content.due_on else ""),
        ("窗口", f"{content.window} 号　{content.clerk_name}" if content.window else ""),
        ("材料", f"{len(content.materials)} 项" if content.materials else ""),
        ("电话", content.agency.tel),
    ]
    return [f"{name}：{value}" for name, value in told if value] + late


PAPER = Paper("SLHZ", "受理回执", compose, media="r80")
