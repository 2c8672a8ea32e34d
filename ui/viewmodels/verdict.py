"""What the program thinks will happen, in the words of the counter."""

from __future__ import annotations

from counter_app.domain.value import Value
from counter_app.problems import ROWS
from counter_app.services.visit_view import CaseView, MaterialView
from ui.words import FORM, MATERIAL, OFFLINE, say, sign


class VerdictWords(Value, frozen=True):
    """`kind` colours the band: ok, info or warn."""

    kind: str
    headline: str
    detail: str


def verdict(case: CaseView, online: bool = True) -> VerdictWords | None:
    """The band under the form; None when nothing is known yet."""
    view = case.verdict
    if view is None:
        return None
    estimated = "（节假日未公布，暂估）" if view.estimated else ""
    if view.kind == "instant":
        kind, headline = "ok", "受理后即时办结"
    elif view.kind == "limited":
        days = view.promised_days if view.promised_days is not None else view.statutory_days
        word = "承诺" if view.promised_days is not None else "法定"
        due = f"，应于 {view.due_on} 前办结{estimated}" if view.due_on else ""
        kind, headline = "info", (f"{word} {days} 个工作日{due}" if days else f"限时办理{due}")
    elif view.arrive_by:
        kind, headline = "info", f"维修人员应于 {view.arrive_by} 前到场（自然分钟，不分昼夜和节假日）"
    else:
        kind, headline = "warn", "本地未公布承诺时限，回执上不写时限"
    lead = cross_words(case)
    if lead:
        kind, lead, headline = ("info" if kind == "ok" else kind), headline, lead
    parts = [lead, f"依据：{view.basis}" if view.basis else "", f"目录版本 {view.pack}" if view.pack else ""]
    if view.target_due:
        parts.insert(0, f"绿色通道：目标 {view.target_due} 当日办结（内部目标，不写入回执）")
    parts += [ROWS[code].title for code in view.warnings if code in ROWS]
    if not online and say(OFFLINE, case.offline_class):
        kind = "warn"
        parts.insert(0, say(OFFLINE, case.offline_class))
    return VerdictWords(kind, headline, "　".join(part for part in parts if part))


def cross_words(case: CaseView) -> str:
    """Who reviews a case of another district, and whose clock runs; "" for our own."""
    cross = case.cross
    if cross is None or not cross.place:
        return ""
    since = f"{cross.name}收到转交之日" if cross.clock == "insured" else "本机构受理之日"
    return f"全域通办：由{cross.name}审核，时限自{since}起算"


def material_line(material: MaterialView) -> str:
    """The one line of evidence under a material's name."""
    parts = [say(FORM, material.form)]
    if material.copies > 1 or material.form == "copy":
        parts.append(f"{max(1, material.copies)} 份")
    if material.pages:
        parts.append(f"已拍 {len(material.pages)} 页")
    if material.due_on:
        parts.append(f"{material.due_on} 前补交，任一窗口均可")
    if material.core and material.state == "missing":
        parts.append("主要件")
    if not material.required and material.state in ("missing", "not_needed"):
        parts.append("视情况")
    if material.note:
        parts.append(material.note)
    return " · ".join(part for part in parts if part)


def material_sign(material: MaterialView) -> tuple[str, str]:
    """Kind and words of a material's chip; a missing one nobody needs is not shouted at."""
    if material.state == "missing" and not material.required:
        return "quiet", "－ 可不交"
    return sign(MATERIAL, material.state)


def can_defer(material: MaterialView) -> bool:
    """Whether 容缺 makes sense now; supervisors decide their part in the service."""
    return material.state == "missing" and material.can_defer != "no"


def why_not(code: str, name: str) -> str:
    """Why a button does nothing, in the refusal's own words."""
    row = ROWS.get(code)
    return f"{row.title}：{row.cause.replace('{detail}', name)}{row.advice}" if row else ""
