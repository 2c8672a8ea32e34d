"""The parts papers are made of: head with number and QR, applicant, materials, limits, seal, signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counter_app.documents import fonts, words
from counter_app.documents.sheet import MM, SOFT, Sheet
from counter_app.domain.papers import PaperContent

QR_SIZE = 24 * MM


def head(
    content: PaperContent, title: str, qr: Sequence[Sequence[bool]], reprint: int
) -> Callable[[Sheet], None]:
    """What every page begins with; the first one with title and QR, later ones with a running line."""

    def begin(sheet: Sheet) -> None:
        _watermark(sheet, content)
        _foot(sheet, content)
        if sheet.page_number > 1:
            sheet.text(sheet.left, sheet.y - 10, f"{title}（续）　编号 {content.number}", 9, SOFT)
            sheet.y -= 18
            return
        draw_qr(sheet, qr, sheet.left + sheet.room - QR_SIZE, sheet.y - QR_SIZE + 4)
        sheet.right(sheet.left + sheet.room, sheet.y - QR_SIZE - 5, "扫码验真", 7.5, SOFT)
        if reprint:
            sheet.text(sheet.left, sheet.y - 9, f"补打 {reprint}", 11, bold=True)
        sheet.centred(sheet.y - 20, content.agency.name or content.agency.region_name, 14)
        sheet.centred(sheet.y - 48, title, 21, bold=True)
        sheet.text(sheet.left, sheet.y - 72, f"编号：{content.number}", 10.5)
        sheet.y -= QR_SIZE + 12

    return begin


def draw_qr(sheet: Sheet, qr: Sequence[Sequence[bool]], x: float, y: float, size: float = QR_SIZE) -> None:
    """Draw a QR matrix as one path of squares with its lower left corner at x, y."""
    if not qr:
        return
    cell = size / len(qr)
    path = sheet.canvas.beginPath()
    for row, line in enumerate(qr):
        for column, dark in enumerate(line):
            if dark:
                path.rect(x + column * cell, y + size - (row + 1) * cell, cell, cell)
    sheet.canvas.setFillGray(0)
    sheet.canvas.drawPath(path, stroke=0, fill=1)


def applicant(sheet: Sheet, content: PaperContent) -> None:
    """Who it is for, who came, and what it is about."""
    sheet.heading("申请人与事项")
    sheet.pairs(
        [
            ("单位名称" if content.emp_name else "申请人", content.emp_name or content.applicant_name),
            ("统一代码" if content.emp_name else "证件号码", content.uscc or content.applicant_certno),
            ("险　　种", words.INSURANCE.get(content.insutype, content.insutype)),
            ("参 保 地", content.insuplc),
            ("办理方式", words.PARTIES.get(content.agent_mode, "")),
            ("代办人", _agent(content)),
            ("授权编号", content.authorisation_no),
            ("帮办人员", content.helper),
        ]
    )
    nth = f"（本次第 {content.nth} 件，共 {content.of} 件）" if content.of > 1 else ""
    situation = f"（{content.situation}）" if content.situation else ""
    sheet.rows([("办理事项", f"{content.type_name}{situation}{nth}"), ("国家子项", content.national_item)])


def handling(sheet: Sheet, content: PaperContent) -> None:
    """When, where and by whom it was taken in."""
    window = f"{words.CHANNELS.get(content.channel, '')} {content.window} 号" if content.window else ""
    sheet.pairs(
        [
            ("提交时间", words.moment(content.submitted_at)),
            ("受理时间", words.moment(content.accepted_at)),
            ("受理窗口", window),
            ("受 理 人", f"{content.clerk_name}（工号 {content.clerk_no}）" if content.clerk_no else ""),
        ]
    )


def materials(sheet: Sheet, content: PaperContent) -> None:
    """The list of materials with form, copies, source and what becomes of the original."""
    if not content.materials:
        return
    sheet.heading("材料清单")
    rows = []
    for nth, item in enumerate(content.materials, 1):
        note = f"须于 {words.day(item.due_on)} 前补交" if item.due_on else ""
        kept = (
            ""
            if item.source in ("deferred", "committed", "shared")
            else ("退还" if item.original_returned else "留存")
        )
        form = words.FORMS.get(item.form, item.form)
        copies = str(item.copies) if item.copies else ""
        source = words.SOURCES.get(item.source, item.source)
        rows.append([str(nth), item.name, form, copies, source + (f"，{note}" if note else ""), kept])
    columns = [(6, "序"), (40, "材料名称"), (14, "形式"), (8, "份数"), (32, "来源"), (10, "原件")]
    sheet.table(columns, rows)


def answers(sheet: Sheet, content: PaperContent) -> None:
    """The form answers the citizen has checked."""
    if content.answers:
        sheet.heading("填报内容（已经申请人核对）")
        sheet.pairs([(a.label, a.value) for a in content.answers], label=92)


def limits(sheet: Sheet, content: PaperContent) -> None:
    """Statutory and promised limits apart; a promise only where the region has made one."""
    estimated = words.form("common")["estimated"] if content.due_is_estimated else ""
    due = words.day(content.due_on) + estimated if content.due_on else ""
    basis = f"（{content.statutory_basis}）" if content.statutory_basis else ""
    statutory = words.working_days(content.statutory_days)
    rows = [
        ("法定时限", statutory + basis if statutory else ""),
        ("承诺时限", words.working_days(content.promised_days)),
        ("应办结日", due),
        ("不计时限", "、".join(content.excluded_stages)),
        ("结果领取", content.result_delivery),
        ("收款账户", f"尾号 {content.account_tail}" if content.account_tail else ""),
    ]
    if any(value for _, value in rows):
        sheet.heading("办理时限与结果")
        sheet.rows(rows)


def notices(sheet: Sheet, content: PaperContent, lines: Sequence[str]) -> None:
    """The numbered notices at the end, with the declaration of what was not verified offline."""
    shown = [line for line in lines if line]
    if content.is_offline:
        items = "、".join(words.UNVERIFIED.get(c, c) for c in content.offline_unverified) or "参保状态与待遇"
        shown.append(words.form("common")["offline"].format(items=items))
    sheet.heading("告知事项")
    for nth, line in enumerate(shown, 1):
        sheet.paragraph(f"{nth}. {line}", 9.5, gap=1)


def enquiries(content: PaperContent) -> str:
    """Where to ask, as one sentence."""
    agency = content.agency
    places = [
        f"查询码 {content.enquiry_code}" if content.enquiry_code else "",
        f"咨询电话 {agency.tel}" if agency.tel else "",
        f"监督电话 {agency.supervision_tel}" if agency.supervision_tel else "",
        words.form("common")["hotlines"],
    ]
    return "进度查询与咨询：" + "；".join(place for place in places if place) + "。"


def signatures(
    sheet: Sheet, content: PaperContent, signer: str = "申请人（代办人）签收", seal: bool = True
) -> None:
    """The place for the seal on the right and the signature on the left."""
    height = 30 * MM
    sheet.need(height)
    top = sheet.y - 6
    sheet.text(sheet.left, top - 24, f"{signer}：", 10.5)
    x = sheet.left + fonts.width(f"{signer}：", 10.5)
    sheet.canvas.setStrokeGray(0.4)
    sheet.canvas.setLineWidth(0.5)
    sheet.canvas.line(x, top - 27, sheet.left + sheet.room * 0.52, top - 27)
    sheet.text(sheet.left, top - 54, "日期：　　　　年　　月　　日", 10.5)
    if seal:
        _seal(sheet, content, top)
    sheet.y = top - height + 6


def _seal(sheet: Sheet, content: PaperContent, top: float) -> None:
    kinds = "、".join(content.seals)
    if not kinds:
        return
    width, height = 56 * MM, 24 * MM
    x = sheet.left + sheet.room - width
    sheet.canvas.setDash(2, 2)
    sheet.canvas.setStrokeGray(0.6)
    sheet.canvas.roundRect(x, top - height, width, height, 4)
    sheet.canvas.setDash()
    name = content.agency.name or content.agency.region_name
    lines = [name, f"（{kinds}）", words.day(content.issued_at)]
    for nth, line in enumerate(lines):
        size = 10 if nth != 1 else 9
        at = x + (width - fonts.width(line, size)) / 2
        sheet.text(at, top - 22 - nth * 16, line, size, SOFT if nth == 1 else 0.08)


def _agent(content: PaperContent) -> str:
    if not content.agent_name:
        return ""
    tail = f"，证件后四位 {content.agent_certno_tail}" if content.agent_certno_tail else ""
    relation = f"，{content.agent_relation}" if content.agent_relation else ""
    return f"{content.agent_name}{relation}{tail}"


def _foot(sheet: Sheet, content: PaperContent) -> None:
    y = sheet.margin - 4
    sheet.text(sheet.left, y, f"{content.number}　{content.agency.hall}", 8, SOFT)
    sheet.right(sheet.left + sheet.room, y, f"第 {sheet.page_number} 页", 8, SOFT)


def _watermark(sheet: Sheet, content: PaperContent) -> None:
    """演示 across the top of every page: plain to see, and out of the way of the words."""
    if not content.demo:
        return
    text, top = words.form("common")["demo"], sheet.height - 9 * MM
    sheet.canvas.setFillGray(0.88)
    sheet.canvas.rect(0, top, sheet.width, 9 * MM, stroke=0, fill=1)
    sheet.centred(top + 3 * MM, text, 11)
