"""The two slips that are no signed papers: a number, and what to bring."""

from __future__ import annotations

from counter_app.documents import Papers
from counter_app.documents.pdf_reading import read
from counter_app.domain.checklist import Checklist
from counter_app.domain.ticket_slip import SlipCode, TicketSlip, slip_code

SLIP = TicketSlip(
    request_id="r1",
    ticket_id="t1",
    number="A012",
    hall="日照市政务服务大厅",
    taken_at="2026-11-23 09:00",
    group="综合服务",
    klass="老年人",
    ahead=3,
    low=6,
    high=14,
)
TOLD = Checklist(
    hall="日照市政务服务大厅",
    matter="长期住在外地，去外地看病备案",
    situation="异地安置退休人员",
    items=(("身份证（看原件）", True), ("居住证明（复印件，没带可以承诺）", False), ("委托书", None)),
    told=("出发前请查询备案状态。",),
    printed_at="2026-11-23 09:05",
    hotline="12393",
)


def test_a_number_stands_on_both_media_with_its_wait_and_no_name() -> None:
    job = Papers().ticket(SLIP)
    assert job.media == "r80"
    words = "".join(str(page) for page in read(job.pdf, "ticket.json").pages)
    told = " ".join(str(op[1]) for op in job.operations if op[0] == "text")
    for each in ("A012", "老年人优先"):
        assert each in words
        assert each in told
    assert "前面 3 人，约 6 至 14 分钟" in told
    assert job.operations[-1] == ("cut",)
    assert "r1" not in told


def test_the_same_number_is_the_same_bytes_and_a_second_slip_says_so() -> None:
    from dataclasses import replace

    assert Papers().ticket(SLIP).pdf == Papers().ticket(SLIP).pdf
    again = Papers().ticket(replace(SLIP, reissues=1))
    assert ("text", "补打 1", "centre") in again.operations
    assert again.name != Papers().ticket(SLIP).name


def test_a_number_is_said_digit_by_digit() -> None:
    assert SLIP.spoken == "A 零 一 二"
    assert SLIP.qr == "OW1T.t1.20261123.A012"
    assert slip_code(f" {SLIP.qr}\n") == SlipCode("t1", "20261123", "A012")
    assert slip_code("OW1T.t1") == SlipCode("t1")  # a slip printed before it said its number
    assert slip_code("Y0001") == SlipCode(number="Y0001")


def test_what_is_there_what_is_missing_and_what_nobody_looked_at() -> None:
    told = [str(op[1]) for op in Papers().checklist(TOLD).operations if op[0] == "text"]
    assert "√ 已带 身份证（看原件）" in told
    assert "× 还缺 居住证明（复印件，没带可以承诺）" in told
    assert "□ 委托书" in told
    assert "咨询电话 12393" in told


def test_a_number_for_who_reads_another_language_says_it_below_the_chinese() -> None:
    from dataclasses import replace

    from counter_app.documents.ticket import in_both, lines_of

    english = replace(SLIP, tongue="en")
    told = [str(op[1]) for op in Papers().ticket(english).operations if op[0] == "text"]
    assert told.index("3 ahead of you, about 6 to 14 minutes") == told.index("前面 3 人，约 6 至 14 分钟") + 1
    assert "Your number" in told
    uyghur = Papers().ticket(replace(SLIP, tongue="ug"))
    plain = Papers().ticket(SLIP)
    dots = [sum(op[0] == "raster" for op in job.operations) for job in (plain, uyghur)]
    assert dots == [1, 6]  # the code, and every line that no printer has letters for
    assert [is_aside for _, is_aside in in_both(SLIP, lines_of(SLIP))] == [False] * 3
