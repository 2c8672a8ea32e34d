"""The day's sheet when the hub was away, and the sheet that completes it."""

from __future__ import annotations

from dataclasses import replace

from counter_app.documents.registry import paper_of
from counter_app.domain.papers import PaperTally
from tests.documents.conftest import drawn
from tests.documents.samples import sample

UNCHECKED = PaperTally("发号", "未核", "未核（中枢未连接）", is_checked=False)


def test_what_could_not_be_asked_is_unchecked_and_no_number() -> None:
    whole = sample("RZZD")
    away = replace(whole, tally=[UNCHECKED, *whole.tally[1:]], reasons=[])
    lines = drawn(away).lines
    assert "未核（中枢未连接）" in lines
    assert "已核对的各项相符，没有差异。" in lines
    assert "各项相符，没有差异。" in drawn(replace(whole, reasons=[])).lines
    assert "—" in lines


def test_the_sheet_that_completes_it_says_so_and_which() -> None:
    late = replace(sample("RZZD"), completes="261123-001-K7Q-0042-6", number="261124-001-K7Q-0002-X")
    assert paper_of("RZZD").heading(late) == "日终扎账单（补充）"
    told = "".join(drawn(late).lines)
    assert "261123-001-K7Q-0042-6" in told
    assert "原扎账单不变" in told
    assert "清点入柜" not in told
    assert "清点入柜" in "".join(drawn(sample("RZZD")).lines)
