"""The chips of the status bar: a word and a symbol for everything, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.services.visit_view import VisitView

ROLES = {
    "card": "读卡器",
    "idcard": "身份证",
    "id_card": "身份证",
    "cards": "读卡器",
    "id_reader": "身份证",
    "scanner": "扫码",
    "scanners": "扫码",
    "voucher": "医保码",
    "vouchers": "医保码",
    "printer": "打印机",
    "printers": "打印机",
    "receipt_printer": "小票机",
    "camera": "高拍仪",
    "document_camera": "高拍仪",
    "signpad": "签名板",
    "rater": "评价器",
    "fingerprint": "指纹仪",
    "pinpad": "密码键盘",
    "customer_screen": "柜外清",
    "led": "窗口屏",
    "voice": "语音",
    "eseal": "电子签章",
}


def device_chips(states: Sequence[tuple[str, bool, str]]) -> tuple[tuple[str, str], ...]:
    """One chip per device."""
    found = []
    for role, works, word in states:
        name = ROLES.get(role, role)
        said = name if word in ("", "正常", name) else f"{name} {word}"
        if works:  # it may want something all the same, such as paper
            found.append(("ok", f"✓ {said}") if said == name else ("warn", f"▲ {said}"))
        else:
            found.append(("warn", f"▲ {said if said != name else name + ' 不可用'}"))
    return tuple(found)


def visit_chips(view: VisitView) -> tuple[tuple[str, str], ...]:
    """The hall's service and what waits for it."""
    line = ("ok", "● 大厅在线") if view.online else ("warn", "▲ 离线，照常受理")
    waiting = (
        ("quiet", f"待同步 {view.unsynced}") if view.unsynced < 50 else ("warn", f"▲ 待同步 {view.unsynced}")
    )
    more = [("warn", f"▲ 退回 {view.set_aside}")] if view.set_aside else []
    more += [("warn", view.lease)] if view.lease else []
    return (line, waiting, *more)
