"""The parts papers are made of: applicant, matter, limits, notices, signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from counter_app.documents import words
from counter_app.documents.blocks import (
    Block,
    Code,
    Facts,
    Given,
    Heading,
    Key,
    Listed,
    Opening,
    Signing,
    Table,
    Text,
)
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent, PaperStep
from counter_app.domain.signatures import FINGER

Part = Callable[[PaperContent, Form], list[Block]]
SIGNED = "申请人（代办人）签收"
OFFICIAL = "经办人"


def paper(*given: Part) -> Part:
    """A compose function: the parts one after the other."""

    def compose(content: PaperContent, form: Form) -> list[Block]:
        return [block for part in given for block in part(content, form)]

    return compose


def opening(content: PaperContent, form: Form) -> list[Block]:
    """What this paper does, in one sentence."""
    return [Opening(form.text("opening"))]


def key(*pairs: tuple[str, Callable[[PaperContent], str]]) -> Part:
    """The things not to be missed; those without a value are left out."""

    def part(content: PaperContent, form: Form) -> list[Block]:
        shown = tuple((name, value(content)) for name, value in pairs if value(content))
        return [Key(shown)] if shown else []

    return part


def applicant(content: PaperContent, form: Form) -> list[Block]:
    """Who it is for, who came, and what it is about: in full, for the paper that opens a case."""
    nth = f"（本次第 {content.nth} 件，共 {content.of} 件）" if content.of > 1 else ""
    pairs = [
        *who(content),
        ("险种", words.INSURANCE.get(content.insutype, content.insutype)),
        ("参保地", content.insuplc),
        ("办理方式", words.PARTIES.get(content.agent_mode, "")),
        *agent(content),
        ("帮办人员", content.helper),
        ("办理事项", matter_name(content) + nth),
        ("国家子项", content.national_item),
    ]
    return [Heading("申请人与事项"), Facts(tuple(pairs))]


def matter(content: PaperContent, form: Form) -> list[Block]:
    """Which case a later paper is about."""
    pairs = [
        *who(content),
        *agent(content),
        ("办理事项", matter_name(content)),
        ("受理编号", content.case_number if content.case_number != content.number else ""),
        ("受理日期", words.day(content.accepted_at)),
    ]
    return [Heading("申请人与事项"), Facts(tuple(pairs))]


def who(content: PaperContent) -> list[tuple[str, str]]:
    """The person or unit the paper is for; the certificate number is masked already."""
    if content.emp_name:
        return [("单位名称", content.emp_name), ("统一代码", content.uscc)]
    return [("申请人", content.applicant_name), ("证件号码", content.applicant_certno)]


def agent(content: PaperContent) -> list[tuple[str, str]]:
    """Who came for the applicant, with the last four of the certificate only."""
    if not content.agent_name:
        return []
    relation = f"（{content.agent_relation}）" if content.agent_relation else ""
    tail = f"后四位 {content.agent_certno_tail}" if content.agent_certno_tail else ""
    return [
        ("代办人", content.agent_name + relation),
        ("代办人证件", tail),
        ("授权编号", content.authorisation_no),
    ]


def matter_name(content: PaperContent) -> str:
    """The matter with its situation."""
    return content.type_name + (f"（{content.situation}）" if content.situation else "")


def handling(content: PaperContent, form: Form) -> list[Block]:
    """When, where and by whom it was taken in; goes on under the applicant's cells."""
    pairs = [
        ("提交时间", words.moment(content.submitted_at)),
        ("受理时间", words.moment(content.accepted_at)),
        ("受理窗口", words.window(content)),
        ("受理人", words.clerk(content)),
    ]
    return [Facts(tuple(pairs))]


def reception(content: PaperContent, form: Form) -> list[Block]:
    """The same before acceptance: only what was received, when and by whom."""
    received = words.moment(content.submitted_at or content.issued_at)
    return [
        Facts((("接收时间", received), ("接收窗口", words.window(content)), ("接收人", words.clerk(content))))
    ]


def answers(content: PaperContent, form: Form) -> list[Block]:
    """The form answers the citizen has checked."""
    if not content.answers:
        return []
    pairs = tuple((answer.label, answer.value) for answer in content.answers)
    return [Heading("填报内容（已经申请人核对）"), Facts(pairs)]


def limits(content: PaperContent, form: Form) -> list[Block]:
    """Statutory and promised limits apart; a promise only where the region has made one."""
    statutory = words.working_days(content.statutory_days)
    basis = f"（{content.statutory_basis}）" if statutory and content.statutory_basis else ""
    estimated = form.common.text("estimated") if content.due_is_estimated else ""
    pairs = (
        ("法定时限", statutory + basis),
        ("承诺时限", words.working_days(content.promised_days)),
        ("应办结日", words.day(content.due_on) + (estimated if content.due_on else "")),
        ("不计时环节", "、".join(content.excluded_stages)),
        ("结果领取", content.result_delivery),
        ("收款账户", f"尾号 {content.account_tail}" if content.account_tail else ""),
    )
    return [Heading("办理时限与结果"), Facts(pairs)] if any(value for _, value in pairs) else []


def numbered(heading: str, field: str) -> Part:
    """A list field of the content under a heading; a single entry needs no number."""

    def part(content: PaperContent, form: Form) -> list[Block]:
        lines: Sequence[str] = [line for line in getattr(content, field) if line]
        if not lines:
            return []
        listed = Listed(tuple(lines)) if len(lines) > 1 else Text(lines[0])
        return [Heading(heading), listed]

    return part


def offline(content: PaperContent, form: Form) -> list[Block]:
    """What was not verified, and that the day of acceptance stands all the same."""
    if not content.is_offline:
        return []
    items = form.common.text("offline_items") or form.common.text("offline_default")
    return [Text("离线受理声明：" + items + form.common.text("offline_day"), bold=True)]


def notices(*shared: str) -> Part:
    """Numbered notices: the form's own, the named shared ones, remedies, where to ask."""

    def part(content: PaperContent, form: Form) -> list[Block]:
        told = [*content.told, *form.lines("notices"), *(form.common.text(name) for name in shared)]
        told += [content.remedy, enquiries(content, form)]
        return [Heading("告知事项"), Listed(tuple(line for line in told if line), small=True)]

    return part


def enquiries(content: PaperContent, form: Form) -> str:
    """Where to ask, as one sentence."""
    agency = content.agency
    code = content.enquiry_code
    places = [
        (f"查询码 {code}" if code != content.number else "凭本单据编号查询") if code else "",
        f"咨询电话 {agency.tel}" if agency.tel else "",
        f"监督电话 {agency.supervision_tel}" if agency.supervision_tel else "",
        form.common.text("hotlines"),
    ]
    return "进度查询与咨询：" + "；".join(place for place in places if place) + "。"


def told(heading: str, name: str, small: bool = True) -> Part:
    """A list of the form's own sentences under a heading."""

    def part(content: PaperContent, form: Form) -> list[Block]:
        lines = form.lines(name)
        return [Heading(heading), Listed(tuple(lines), small)] if lines else []

    return part


def rating(content: PaperContent, form: Form) -> list[Block]:
    """The code by which this matter is rated once, on a slip; a sheet has it in its head."""
    if not content.rate_url:
        return []
    last = f"评价码一次有效，至 {words.day(content.rate_until)} 止；不评价不影响办理。"
    return [Code(content.rate_url, ("请扫码评价这次服务（好差评）", last))]


def signing(*signers: str, seal: bool = True) -> Part:
    """Lines to sign on; the seal's place only where the paper is sealed."""

    def part(content: PaperContent, form: Form) -> list[Block]:
        names, sealed = signers or (SIGNED,), seal and bool(content.seals)
        if OFFICIAL in names[0]:  # what a citizen signed never stands on a line of the staff
            return [Signing(names, sealed)]
        return [Signing(names, sealed, given(content)), *read_aloud(content)]

    return part


def read_aloud(content: PaperContent) -> list[Block]:
    """Below the finger of somebody who cannot write: what was read, when, and room for the two who saw it."""
    if not content.readings:
        return []
    read = content.readings[-1]
    told = f"申请人（代办人）不便书写：以上内容已于 {words.moment(read.read_at)} 当面念读，由其按指印确认。"
    columns = ((46, "见证人"), (30, "见证人签字"), (24, "日期"))
    return [Text(told), Table(columns, tuple((f"{name}\n　", "　", "　") for name in read.witnesses))]


def given(content: PaperContent) -> Given:
    """What the applicant (or who came for them) has signed on a device when this paper was made.

    One name and one finger have room on a line: of several, the last.
    """
    signed = list({one.how: one for one in content.signatures}.values())
    if not signed:
        return Given()
    fingers = "电子签名和指纹" if len(signed) > 1 else "电子指纹" if signed[0].how == FINGER else "电子签名"
    pages = tuple(one.page for one in signed)
    day = words.day(content.accepted_at or content.issued_at)
    return Given(pages, day, f"（{fingers}，签于“{signed[0].words}”之下）")


def heading(text: str) -> Part:
    """A heading alone."""

    def part(content: PaperContent, form: Form) -> list[Block]:
        return [Heading(text)]

    return part


def joined(items: Iterable[str]) -> str:
    """Names in a sentence."""
    return "、".join(item for item in items if item)


def consulted(content: PaperContent, form: Form) -> list[Block]:
    """What was asked about; nobody need give a name to ask."""
    pairs = (
        *who(content),
        ("办理事项", matter_name(content)),
        ("国家子项", content.national_item),
        ("告知日期", words.day(content.issued_at)),
    )
    return [Heading("咨询事项"), Facts(pairs)]


def validity(content: PaperContent, form: Form) -> list[Block]:
    """From when to when a result holds."""
    pairs = (("生效日期", words.day(content.valid_from)), ("截止日期", words.day(content.valid_to)))
    return [Facts(pairs)]


def steps(content: PaperContent, form: Form) -> list[Block]:
    """How an amount came about, every step with its source."""
    if not content.steps:
        return []
    rows = tuple(
        (str(nth), step.text, ground(step), words.yuan(step.amount))
        for nth, step in enumerate(content.steps, 1)
    )
    return [
        Heading("计算过程"),
        Table(((6, "序"), (46, "步骤"), (29, "依据"), (19, "金额")), rows, right=(3,)),
    ]


def sums(content: PaperContent, form: Form) -> list[Block]:
    """The steps and their result."""
    found = steps(content, form)
    total = words.yuan(content.amount) if found else ""  # without steps the frame above has said it
    return [*found, Facts((("核定金额", total), ("结果领取", content.result_delivery)))]


def ground(step: PaperStep) -> str:
    """Which parameter of which region a step used, and since when it holds."""
    since = f"{words.day(step.effective)}起施行" if step.effective else ""
    return "，".join(part for part in (step.parameter, step.region, since) if part)
