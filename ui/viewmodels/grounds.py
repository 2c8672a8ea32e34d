"""What a judgement was made from, in words: which rules of which place, which answers, why each material."""

from __future__ import annotations

from counter_app.services.visit_view import CaseView, MaterialView
from ui.viewmodels.checking import answer_lines
from ui.viewmodels.form import fields_to_show
from ui.viewmodels.verdict import material_sign

UNSAID = "（不在屏上显示）"


def applies(case: CaseView, region: str) -> str:
    """Which rules spoke: the place, the matter with its code, the situation."""
    situation = next((one.label for one in case.situations if one.code == case.situation), "")
    parts = (f"{region}规则" if region else "", f"{case.name}（{case.type_id}）", situation)
    return "　".join(part for part in parts if part)


def inputs(case: CaseView) -> str:
    """The answers the judgement used, as they are filled now; a diagnosis is not repeated here."""
    said = []
    for field in fields_to_show(case):
        for name, words, _ in answer_lines(field):
            said.append(f"{name}：{UNSAID if field.sensitive == 'diagnosis' else words}")
    return "；".join(said)


def materials(case: CaseView) -> str:
    """Each material with why it is asked for, how it stands, and what else would do."""
    return "\n".join(
        f"{nth}. {one.name}：{why(one)}；现在 {material_sign(one)[1]}"
        for nth, one in enumerate((m for m in case.materials if m.state != "not_needed"), 1)
    )


def why(material: MaterialView) -> str:
    """Why a material is asked for, and whether it may come later or be promised."""
    if not material.required:
        return "按所填内容可不交"
    must = "主要材料，必须收齐" if material.core else "按所填内容需要"
    later = {"yes": "可容缺后补", "supervisor": "经主管同意可容缺"}.get(material.can_defer, "不能容缺")
    return f"{must}，{later}" + ("，可告知承诺代替" if material.can_commit else "")
