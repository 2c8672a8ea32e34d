"""What the device page says: every state with a word and a symbol, every trouble with a way to mend it."""

from __future__ import annotations

from datetime import datetime

from counter_app.problems import Problem
from counter_app.services.device_views import RepairView, RoleView, TrialView, Way
from ui.viewmodels.status import ROLES

FAMILIES = {
    "cards": "读卡",
    "scanners": "扫码",
    "vouchers": "医保码核验",
    "printers": "打印",
    "cameras": "摄像头",
    "document_cameras": "高拍仪",
    "signpads": "签名板",
    "fingerprints": "指纹仪",
    "displays": "群众屏",
    "gwq": "柜外清客户屏",
    "raters": "评价器",
    "leds": "窗口屏",
    "voices": "语音播报",
    "pinpads": "密码键盘",
    "eseals": "电子印章",
}
TITLES = {
    "idcard": "身份证阅读器",
    "scanner": "扫码枪",
    "voucher": "医保码核验",
    "printer": "A4 打印机",
    "receipt_printer": "小票打印机",
}
STATES = {
    "ok": ("ok", "✓ 正常"),
    "low": ("warn", "▲ 请留意"),
    "opening": ("quiet", "… 正在连接"),
    "bad": ("err", "✕ 不能用"),
    "none": ("quiet", "○ 没有配置"),
}
KINDS = {
    "voucher": "医保码",
    "receipt": "单据码",
    "ticket": "排队号",
    "idno": "证件号码",
    "payment": "付款码",
}
TYPED = {
    "card": "可改读身份证、扫医保码，或手工录入证件号码。",
    "idcard": "可改读社保卡、扫医保码，或手工录入证件号码。",
    "scanner": "可改读社保卡、身份证，或手工录入证件号码。",
    "voucher": "可改读社保卡、身份证，或手工录入证件号码。",
    "document_camera": "可照常收下纸质材料（F5 收件），影像以后再补。",
}
_MENDS = (
    ("缺少组件", "请信息人员重新运行 installer/setup.sh，或安装这个组件后重启程序。"),
    ("缺少程序", "请信息人员重新运行 installer/setup.sh，装好这个程序后再试。"),
    ("驱动文件缺失", "程序文件不完整，请信息人员重新安装本程序。"),
    ("编号", "请信息人员卸载其中一个驱动包，或请提供方换一个编号。"),
    ("驱动包", "请联系驱动包的提供方；其他驱动不受影响。"),
)


def role_title(role: str) -> str:
    """A role as a clerk calls it."""
    return TITLES.get(role) or ROLES.get(role, role)


def family_title(family: str) -> str:
    """A family of drivers in words."""
    return FAMILIES.get(family, family)


def mend(because: str) -> str:
    """How to make an unavailable driver available."""
    found = (advice for word, advice in _MENDS if because.startswith(word))
    return next(found, "请联系信息人员检查驱动文件。")


def used(view: RoleView) -> str:
    """Which device plays a role, in one line."""
    if view.state == "none":
        return "本窗口没有配置这种设备"
    where = f"　{view.where}" if view.where else ""
    return f"{view.title or view.driver}{where}{'　（临时改用）' if view.replaced else ''}"


def trouble(view: RoleView) -> str:
    """What is wrong and what to do; "" when nothing is."""
    problem = view.problem
    return f"{problem.title}。{problem.cause}{problem.advice}" if problem is not None else ""


def history(view: RoleView) -> str:
    """The last trouble, also one that is over, and how often its driver was started anew."""
    if view.last is None or view.problem is not None:
        return ""
    at = datetime.fromtimestamp(view.last_at).astimezone()
    again = f"，驱动重启 {view.starts - 1} 次" if view.starts > 1 else ""
    return f"上次故障 {at:%H:%M} {view.last.title}，已恢复{again}"


def trial(told: TrialView) -> tuple[str, str]:
    """Symbol kind and words for what came of a trial."""
    if told.problem is not None:
        return "err", f"✕ {told.problem.title}。{told.problem.cause}{told.problem.advice}"
    words = {
        "read": f"读卡成功（{told.detail}），卡片内容没有保存",
        "no-card": f"读卡器应答正常（{told.detail}），里面没有卡",
        "card-trouble": f"读卡器应答正常，但这张卡没有读成：{Problem(told.detail).title}",
        "scanned": f"收到 {told.count} 位{KINDS.get(told.detail, '内容')}",
        "printed": "试页已打印完成，请看纸上的字是否齐全",
        "sent": "试页已送出，这台打印机不报告结果，请看出纸口",
        "answered": "核验平台有应答（试验码不属于任何人）",
        "photographed": f"拍到一页（{told.detail} 像素），画面没有保存",
        "said": f"正在播放：{told.detail}",
        "opened": f"已连接{'：' + told.detail if told.detail else ''}",
    }
    return "ok", "✓ " + words.get(told.what, told.what)


def trying(role: str) -> str:
    """What to do while a device is being tried."""
    return {
        "scanner": "请在 10 秒内扫任意一个码……",
        "document_camera": "请在台面上放一张纸，正在拍……",
        "printer": "正在打印试页……",
        "receipt_printer": "正在打印试页……",
    }.get(role, "正在试……")


def way(one: Way) -> str:
    """The words on the button that takes a way on."""
    return {
        "queue": f"改用打印机 {one.name}",
        "reader": f"改用 {one.name}",
        "folder": "先存为文件",
        "a4": "改打 A4",
        "type": "手工录入",
    }.get(one.kind, one.name)


def repair(one: RepairView) -> str:
    """A 报修 under way with its clock."""
    head = f"已报修　{one.device}　{one.number}"
    if one.left is None:
        return head
    late = f"已超时 {-one.left} 分钟，请催办" if one.left < 0 else f"还剩 {one.left} 分钟"
    return f"{head}　应于 {one.due_at} 前到场，{late}"


def symptom(view: RoleView | None) -> str:
    """What to write into 故障现象: the trouble in its own words, no advice."""
    problem = None if view is None else view.problem or view.last
    return f"{problem.title}：{problem.cause}".strip("。")[:200] if problem is not None else ""
