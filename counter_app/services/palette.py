"""What the palette lists besides transaction types."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain import masks
from counter_app.domain.cases import CaseRecord
from counter_app.domain.filings import CHANNELS, FilingState
from counter_app.domain.value import Value
from counter_app.services import by_hand
from counter_app.services.filings import InboxRow, inbox
from counter_app.services.office import Office
from counter_app.services.verification import to_verify

MOST = 50  # filings shown at once; typing narrows them
HITS = 12  # people or cases shown at once
MORE = "more"  # the kind of a last row that only says that others fit too


class PaletteRow(Value, frozen=True):
    """One answer of the palette. `kind`: type person ticket case filing verify command help more."""

    kind: str
    code: str
    title: str
    hint: str = ""
    shortcut: str = ""


# code, title, shortcut, initials; the code is a verb the face knows
COMMANDS = (
    ("call_next", "呼叫下一位", "F9", "hjxyw"),
    ("serve_walk_in", "受理无号群众", "", "slwhqz"),
    ("recall", "复呼", "", "fh"),
    ("miss", "过号", "", "gh"),
    ("hold", "挂起当前号", "Ctrl+H", "gqdqh"),
    ("finish", "办结离开", "", "bjlk"),
    ("toggle_help", "帮办标志", "", "bbbz"),
    ("toggle_elder", "长辈模式（副屏大字、少选、慢说）", "Ctrl+Shift+L", "zbms"),
    ("turn_tongue", "单据附外文对照（维、哈、英、繁，逐个切换）", "", "djfwwdz"),
    ("attest", "不识字：念读、两人见证、按指印", "", "bszndljzayz"),
    ("filings", "外来件（网上、医院、一网通、上门）", "", "wlj"),
    ("package", "收外来件包（U 盘上的 .ow1p）", "", "swljb"),
    ("bills", "读电子票据（OFD、XML、PDF）", "", "ddzpj"),
    ("send_back", "退回外来件", "", "thwlj"),
    ("cross", "全域通办（参保地在外区）", "", "qytb"),
    ("home_visit", "开始上门服务", "", "kssmfw"),
    ("book_visit", "约上门办理的事项", "", "ysmbldsx"),
    ("verify", "核实待核", "", "hsdh"),
    ("drop_case", "撤下本件（可撤销）", "", "cxbj"),
    ("list", "批量名单（单位、村居）", "", "plmd"),
    ("tell_once", "出一次性告知单", "Ctrl+I", "cycxgzd"),
    ("tell_card_unlock", "社保卡密码锁定或忘记：出解锁指引", "", "sbkmmsdhwjcjszy"),
    ("give_notice", "出一次性补正告知书", "", "cycxbzgzs"),
    ("receive_only", "只收件，出材料接收凭证", "", "zsjcljspz"),
    ("refuse", "不予受理", "", "bysl"),
    ("add_child", "新生儿（无证件号）", "", "xse"),
    ("add_employer", "单位", "", "dw"),
    ("reports", "报表", "", "bb"),
    ("day_open", "开班检查", "", "kbjc"),
    ("day_hand", "领用、交接班", "", "lyjjb"),
    ("day_close", "日终扎账", "", "rzzz"),
    ("hall_page", "停机与应急（分流、补录、遮盖）", "", "tjyyj"),
    ("outage", "宣布停机（全厅）", "Ctrl+F11", "xbtj"),
    ("emergency", "紧急求助", "Ctrl+F12", "jjqz"),
    ("devices", "设备（试一试、更换、配置）", "Ctrl+Shift+D", "sb"),
    ("repair", "机具故障报修", "Ctrl+Shift+B", "jjgzbx"),
    ("news", "新功能（这一版有什么变化）", "", "xgn"),
    ("theme", "切换高对比度", "", "qhgdbd"),
    ("lock", "锁屏", "F12", "sp"),
    ("sign_out", "退出登录（下班、换人）", "", "tcdlxbhr"),
)


def command_rows(text: str) -> tuple[PaletteRow, ...]:
    """Commands whose title, initials or code begin with or contain the text."""
    wanted = text.strip().lower()
    return tuple(
        PaletteRow("command", code, title, "", keys)
        for code, title, keys, initials in COMMANDS
        if not wanted or wanted in title or initials.startswith(wanted) or code.startswith(wanted)
    )


def so_many(found: Sequence[PaletteRow], most: int) -> tuple[PaletteRow, ...]:
    """At most so many answers; where others fit too, a last row of the kind `more` says so."""
    more = (PaletteRow(MORE, "", "还有更多，请多输几位"),) if len(found) > most else ()
    return (*found[:most], *more)


def number_rows(office: Office, text: str) -> tuple[PaletteRow, ...]:
    """The holder of a printed number, to be served by hand while the line is cut (人工叫号)."""
    number = "" if office.online() else by_hand.number_typed(text)
    words = "叫号系统联系不上，为持此号的群众办理"
    return (PaletteRow("ticket", number, f"人工叫号　{number}", words),) if number else ()


def filing_rows(office: Office, text: str) -> tuple[PaletteRow, ...]:
    """Filings that wait and fit: by type, sender, channel or day; names are masked."""
    rows = [_filing_row(line) for line in inbox(office, FilingState.WAITING.value)]
    return so_many([row for row in rows if text in row.title or text in row.hint], MOST)


def verify_rows(office: Office, text: str) -> tuple[PaletteRow, ...]:
    """What was accepted offline and still waits to be compared, oldest first; names are masked."""
    rows = [_verify_row(case) for case in to_verify(office.ports.storage, office.catalogue)]
    return so_many([row for row in rows if text in row.title or text in row.hint], MOST)


def _verify_row(case: CaseRecord) -> PaletteRow:
    day = case.business_date.isoformat()
    title = f"{case.type_name}　{masks.name(case.principal_name)}"
    return PaletteRow("verify", case.number, title, f"{case.number}，{day} 离线受理")


def _filing_row(line: InboxRow) -> PaletteRow:
    filing = line.filing
    name = filing.name if filing.employer else masks.name(filing.name)
    channel = CHANNELS.get(filing.channel, filing.channel)
    day = f"{filing.planned_on.isoformat()} 上门" if filing.planned_on else f"{filing.filed_at[:10]} 申报"
    left = f"，缺 {line.missing} 项" if line.missing else "，已齐全"
    return PaletteRow(
        "filing", filing.filing_id, f"{line.type_name}　{name}", f"{channel}·{filing.origin}，{day}{left}"
    )
