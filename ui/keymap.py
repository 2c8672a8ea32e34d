"""The one table of keys. A key means the same on every page; a test refuses clashes."""

from __future__ import annotations

from counter_app.domain.value import Value


class Key(Value, frozen=True):
    """One chord. `strip` is the word on the F-key strip ("" = not there); `group` orders the help."""

    chord: str
    action: str
    label: str
    strip: str = ""
    group: str = "办理"


KEYS: tuple[Key, ...] = (
    Key("F1", "help", "帮助：快捷键与本件依据", "帮助", "随时"),
    Key("F2", "add_case", "加办一件", "加事项"),
    Key("F3", "read_card", "读卡，或再读一次", "读卡", "身份"),
    Key("F4", "materials", "到材料清单（空格 收/退）", "材料"),
    Key("F5", "receive", "收下当前材料", "收件"),
    Key("F6", "next_pane", "换到下一区", "换区", "随时"),
    Key("Shift+F6", "previous_pane", "换到上一区", "", "随时"),
    Key("F7", "defer", "当前材料容缺受理", "容缺"),
    Key("F8", "check", "请群众核对；再按返回填写", "核对"),
    Key("F9", "call", "呼叫下一位；办理中为复呼、过号", "叫号", "叫号"),
    Key("F10", "submit", "提交本件", "提交"),
    Key("Ctrl+F10", "submit_all", "全部提交"),
    Key("F11", "citizen_screen", "群众副屏", "副屏", "随时"),
    Key("F12", "lock", "锁屏，立即遮盖", "锁屏", "随时"),
    Key("Ctrl+Shift+X", "lock", "锁屏，立即遮盖", "", "随时"),
    Key("Ctrl+F11", "outage", "停机：立即公告全厅；公告中为分流、恢复", "", "随时"),
    Key("Ctrl+F12", "emergency", "紧急求助：悄悄请人支援", "", "随时"),
    Key("Return", "next_field", "下一栏", "", "填写"),
    Key("Shift+Return", "previous_field", "上一栏", "", "填写"),
    Key("Ctrl+Return", "check", "其余不改，直接核对", "", "填写"),
    *(Key(f"Alt+{n}", f"field_{n}", f"直达第 {n} 栏", "", "填写") for n in range(1, 10)),
    Key("Alt+Down", "next_error", "下一处错误；没有错误时到未填的一栏", "", "填写"),
    Key("Alt+Up", "previous_error", "上一处错误", "", "填写"),
    Key("Ctrl+B", "bring_over", "照上次带入", "", "填写"),
    Key("Ctrl+Z", "undo", "撤销（栏内先撤文字）", "", "填写"),
    Key("Ctrl+U", "rare", "生僻字：按读音、部件、笔画、编码找", "", "填写"),
    Key("Ctrl+Y", "redo", "重做", "", "填写"),
    Key("Ctrl+K", "palette", "找事项、人员、票号、命令", "", "随时"),
    *(Key(f"Ctrl+{n}", f"case_{n}", f"切到第 {n} 件") for n in range(1, 10)),
    Key("Ctrl+D", "speaker", "谁来办：本人、代办、监护…", "", "身份"),
    Key("Ctrl+P", "next_principal", "下一位办理对象", "", "身份"),
    Key("Ctrl+R", "reveal", "显示完整证件号 5 秒（留痕）", "", "身份"),
    Key("Ctrl+Shift+L", "toggle_elder", "长辈模式：副屏大字、少选、慢说", "", "身份"),
    Key("Ctrl+W", "witness", "人证已核", "", "身份"),
    Key("Ctrl+E", "basis", "看本件判断的全部依据"),
    Key("Ctrl+L", "commit", "当前材料用告知承诺"),
    Key("Ctrl+S", "photograph", "用高拍仪拍当前材料；再按拍下一页"),
    Key("Ctrl+I", "tell_once", "出一次性告知单：本件，或找事项时选中的一项"),
    Key("Ctrl+G", "give_notice", "出一次性补正告知书"),
    Key("Ctrl+J", "refuse", "不予受理；在外来件单上为退回选中的一件"),
    Key("Ctrl+H", "hold", "挂起本号", "", "叫号"),
    Key("Ctrl+Shift+H", "finish", "办结本号", "", "叫号"),
    Key("Ctrl+=", "larger", "字大一档", "", "随时"),
    Key("Ctrl+-", "smaller", "字小一档", "", "随时"),
    Key("Ctrl+0", "normal_size", "字号还原", "", "随时"),
    Key("Ctrl+T", "theme", "明亮 / 高对比", "", "随时"),
    Key("Ctrl+Shift+D", "devices", "设备：试一试、更换、配置", "", "随时"),
    Key("Ctrl+Shift+B", "repair", "机具故障报修（再按回车即报）", "", "随时"),
    Key("Esc", "close", "收起浮层和提示（从不丢内容）", "", "随时"),
)

# The desk behind the counter: the same keys mean the same; what it does not know is left out.
REVIEW_KEYS: tuple[Key, ...] = (
    Key("F1", "help", "帮助：本页快捷键", "帮助", "随时"),
    Key("F4", "materials", "到材料清单（回车看影像）", "材料"),
    Key("F6", "next_pane", "换到下一区", "换区", "随时"),
    Key("Shift+F6", "previous_pane", "换到上一区", "", "随时"),
    Key("F9", "call", "领下一件：最急的一件待领件", "领下一件"),
    Key("F10", "submit", "提交选好的决定", "提交"),
    Key("F12", "lock", "立即遮盖屏幕", "遮盖", "随时"),
    Key("Ctrl+Shift+X", "lock", "立即遮盖屏幕", "", "随时"),
    Key("Ctrl+R", "reveal", "显示完整信息 5 秒（先留痕）", "", "办理"),
    Key("Ctrl+G", "give_notice", "退回补正"),
    Key("Ctrl+J", "refuse", "不予办理"),
    Key("Ctrl+=", "larger", "字大一档", "", "随时"),
    Key("Ctrl+-", "smaller", "字小一档", "", "随时"),
    Key("Ctrl+0", "normal_size", "字号还原", "", "随时"),
    Key("Ctrl+T", "theme", "明亮 / 高对比", "", "随时"),
    Key("Esc", "close", "退一步；收起浮层和提示", "", "随时"),
)
REVIEW_DIGITS = "1…9 选做什么，再选理由"

# The manager's desk: the same keys mean the same; Alt+n goes to a page as it goes to a field elsewhere.
MANAGE_KEYS: tuple[Key, ...] = (
    Key("F1", "help", "帮助：本页快捷键", "帮助", "随时"),
    Key("F6", "next_pane", "换到下一区", "换区", "随时"),
    Key("Shift+F6", "previous_pane", "换到上一区", "", "随时"),
    Key("F9", "call", "最早的一个求助", "应答求助", "办理"),
    Key("F10", "submit", "提交选好的安排", "提交"),
    Key("F12", "lock", "立即遮盖屏幕", "遮盖", "随时"),
    Key("Ctrl+Shift+X", "lock", "立即遮盖屏幕", "", "随时"),
    Key("Alt+1", "page_1", "现场", "", "办理"),
    Key("Alt+2", "page_2", "排班", "", "办理"),
    Key("Alt+3", "page_3", "到期件", "", "办理"),
    Key("Alt+4", "page_4", "差评回访", "", "办理"),
    Key("Alt+5", "page_5", "统计", "", "办理"),
    Key("Alt+6", "page_6", "异常处置", "", "办理"),
    Key("Alt+7", "page_7", "对账", "", "办理"),
    Key("Ctrl+S", "export", "统计表导出为 .xlsx", "导出表格", "办理"),
    Key("Ctrl+J", "hall", "全厅：停止或恢复取号"),
    Key("Ctrl+=", "larger", "字大一档", "", "随时"),
    Key("Ctrl+-", "smaller", "字小一档", "", "随时"),
    Key("Ctrl+0", "normal_size", "字号还原", "", "随时"),
    Key("Ctrl+T", "theme", "明亮 / 高对比", "", "随时"),
    Key("Esc", "close", "退一步；收起浮层和提示", "", "随时"),
)
MANAGE_DIGITS = "1…9 选做什么，再选到哪里、为什么"

# The guide desk: the same keys, the meanings of somebody who stands in front of the windows.
GUIDE_KEYS: tuple[Key, ...] = (
    Key("F1", "help", "帮助：本页快捷键", "帮助", "随时"),
    Key("F2", "take", "替群众取一个号", "取号"),
    Key("F3", "find", "按号查找", "查号", "随时"),
    Key("F4", "answer", "有人呼叫帮助：我去了", "应答"),
    Key("F5", "materials", "预审材料，打印一次性告知单", "预审"),
    Key("F6", "next_pane", "换到下一区", "换区", "随时"),
    Key("F7", "needs", "沟通需要（听障、视障、不识字、民族语言、行动不便）", "需要"),
    Key("F8", "promote", "调整优先（写明理由）", "优先"),
    Key("F9", "reissue", "补打号票", "补打"),
    Key("F10", "submit", "确定", "确定"),
    Key("F11", "assist", "安排帮办", "帮办"),
    Key("F12", "lock", "立即遮盖屏幕", "遮盖", "随时"),
    Key("Ctrl+H", "revive", "过号恢复"),
    Key("Ctrl+M", "merge", "合并重复的号（写明理由）"),
    Key("Ctrl+D", "cancel", "取消号（写明理由）"),
    Key("Ctrl+=", "larger", "字大一档", "", "随时"),
    Key("Ctrl+-", "smaller", "字小一档", "", "随时"),
    Key("Ctrl+0", "normal_size", "字号还原", "", "随时"),
    Key("Ctrl+T", "theme", "明亮 / 高对比", "", "随时"),
    Key("Esc", "close", "退一步；收起浮层和提示", "", "随时"),
)
GUIDE_DIGITS = "1…9 选当前一行里的项"

INPUT_METHODS = frozenset(
    {
        "Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+,", "Ctrl+;", "Ctrl+Shift+F", "Alt+Shift",
        "Ctrl+Shift", "Shift", "Ctrl", "Meta+Space", "Alt+Space", "Ctrl+Shift+Space",
    }
)  # fmt: skip
EDITING = frozenset(
    {"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Left", "Ctrl+Right", "Ctrl+Home", "Ctrl+End"}
)


def table(keys: tuple[Key, ...] = KEYS) -> dict[str, Key]:
    """The keys by chord."""
    return {key.chord: key for key in keys}


def strip(keys: tuple[Key, ...] = KEYS) -> tuple[Key, ...]:
    """The keys of the F-key strip, F1 first."""
    return tuple(key for key in keys if key.strip)


def chord_for(action: str, keys: tuple[Key, ...] = KEYS) -> str:
    """The first chord of an action, "" when it has none."""
    return next((key.chord for key in keys if key.action == action), "")


def clashes(keys: tuple[Key, ...] = KEYS) -> tuple[str, ...]:
    """What is wrong with a table: chords of input methods, of plain editing, or given twice."""
    wrong: list[str] = []
    seen: dict[str, str] = {}
    for key in keys:
        if key.chord in INPUT_METHODS or key.chord.startswith(("Ctrl+Alt+", "Meta+")):
            wrong.append(f"{key.chord} belongs to the input method")
        if key.chord in EDITING:
            wrong.append(f"{key.chord} edits text")
        if len(key.chord) == 1:
            wrong.append(f"{key.chord} is a bare character")
        if key.chord in seen:
            wrong.append(f"{key.chord} means {seen[key.chord]} and {key.action}")
        seen[key.chord] = key.action
    return tuple(wrong)
