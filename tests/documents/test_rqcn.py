"""容缺受理告知承诺书: told above, promised below, in that order."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.papers import PaperMaterial
from tests.documents.conftest import drawn
from tests.documents.samples import sample


def test_two_halves_each_with_its_own_signature() -> None:
    lines = drawn(sample("RQCN")).lines
    told, promised = lines.index("第一部分　经办机构告知"), lines.index("第二部分　申请人承诺")
    clerk, citizen = lines.index("经办人："), lines.index("申请人（代办人）签字或按指印：")
    assert told < clerk < promised < citizen


def test_only_deferred_materials_are_listed_and_the_first_day_is_shown() -> None:
    late = [
        PaperMaterial("鉴定意见", "original", 1, "deferred", due_on="2026-12-04"),
        PaperMaterial("居住证明", "copy", 1, "deferred", due_on="2026-11-30"),
        PaperMaterial("身份证", "verify_original", 1, "by_card"),
    ]
    lines = drawn(replace(sample("RQCN"), materials=late)).lines
    assert lines[lines.index("请在此日前补交") + 1] == "2026年11月30日"
    assert "鉴定意见" in lines
    assert "居住证明" in lines
    assert "身份证" not in lines
