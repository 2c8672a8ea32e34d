"""受理回执: the 80 mm slip with the same number as the notice, for halls that hand out slips.

Diseases, answers and long lists stay on the notice: a slip lies open in a basket.
"""

from __future__ import annotations

from counter_app.documents import material_parts, parts, words
from counter_app.documents.blocks import Block, Divide, Key, Signing, Text
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent
from counter_app.domain.value import replace


def facts(content: PaperContent, form: Form) -> list[Block]:
    """One line each, for a printer that knows nothing of cells."""
    clerk = "　".join(part for part in (words.window(content), content.clerk_name) if part)
    pairs = [
        ("编号", content.number),
        ("申请人", content.emp_name or content.applicant_name),
        ("证件", content.applicant_certno),
        ("代办人", content.agent_name),
        ("事项", content.type_name),
        ("受理", words.moment(content.accepted_at)),
        ("窗口", clerk),
        ("材料", f"共 {len(content.materials)} 项" if content.materials else ""),
        ("电话", content.agency.tel),
    ]
    late = [f"待补交：{m.name}（{words.day(m.due_on)}前）" for m in material_parts.late(content)]
    return [Text(line) for line in [f"{name}：{value}" for name, value in pairs if value] + late]


def due(content: PaperContent, form: Form) -> list[Block]:
    """The day, large."""
    day = words.due(content)
    return [Key((("应办结日", day),))] if day else []


def signed(content: PaperContent, form: Form) -> list[Block]:
    """What was signed on a device; a slip nobody signed so has no line to sign on."""
    given, signer = (
        parts.given(content),
        form.text("signer"),
    )  # forms that have no such line stay as they were
    if not given.pages or not signer:
        return []
    # What it stands under wraps on a slip; on a line of its own below the name it would run over the edge.
    return [Signing((signer,), given=replace(given, under="")), Text(given.under, small=True)]


def notices(content: PaperContent, form: Form) -> list[Block]:
    """The few sentences a slip has room for."""
    declared = [form.common.text("offline_items") or form.common.text("offline_default")]
    lines = [*(declared if content.is_offline else []), *form.lines("notices")]
    return [Divide(), *(Text(line, small=True) for line in lines)]


PAPER = Paper(
    "SLHZ", "受理回执", "slhz", parts.paper(facts, due, signed, notices, parts.rating), media="r80", seals=()
)
