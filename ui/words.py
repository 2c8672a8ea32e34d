"""Codes to words: what the screens say for the codes a snapshot carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_app.domain.tickets import CLASS_NAMES, TicketClass

if TYPE_CHECKING:
    from counter_app.services.day.closing import Sealed

SEX: Mapping[str, str] = {"1": "男", "2": "女", "0": "", "9": ""}
EVIDENCE: Mapping[str, tuple[str, str]] = {
    "card": ("ok", "✓ 已读社保卡"),
    "id_card": ("ok", "✓ 已读身份证"),
    "voucher": ("ok", "✓ 已扫医保码"),
    "typed": ("warn", "▲ 手工录入，证件未验"),
    "child": ("info", "● 新生儿，暂无证件号"),
    "online": ("info", "● 网上实名申报，本人未到窗口"),
    "list": ("warn", "▲ 名单申报，未逐人核验"),
}
WITNESS: Mapping[str, tuple[str, str]] = {
    "verified": ("ok", "✓ 人证已核"),
    "doubtful": ("err", "✕ 人证存疑"),
    "unattended": ("info", "● 自助办理，未比对人证"),
    "": ("warn", "▲ 待核人证"),
}
PARTY: Mapping[str, str] = {
    "self": "本人办理",
    "guardian": "监护人",
    "kin": "亲友代办",
    "agent": "授权代理人",
    "heir": "继承人",
    "employer": "单位经办人",
}
AGENT_FIELDS: Mapping[str, str] = {
    "agnter_name": "代办人姓名",
    "agnter_cert_type": "证件类型",
    "agnter_certno": "证件号码",
    "agnter_tel": "联系电话",
    "agnter_addr": "联系地址",
    "agnter_rlts": "与办理人关系",
}
MATERIAL: Mapping[str, tuple[str, str]] = {
    "missing": ("err", "✕ 缺"),
    "received": ("ok", "✓ 已收"),
    "by_card": ("ok", "✓ 读卡免交"),
    "shared": ("ok", "✓ 共享免交"),
    "committed": ("defer", "◆ 承诺"),
    "deferred": ("defer", "◆ 容缺"),
    "not_needed": ("quiet", "－ 不需要"),
}
FORM: Mapping[str, str] = {
    "original": "收原件",
    "copy": "复印件",
    "signed_form": "签字原表",
    "electronic": "电子件",
    "verify_original": "验原件",
}
STEPS: tuple[tuple[str, str], ...] = (
    ("identify", "核身"),
    ("fill", "填写"),
    ("materials", "材料"),
    ("check", "核对"),
    ("done", "办结"),
)
PAPER_STATE: Mapping[str, tuple[str, str]] = {
    "queued": ("info", "● 正在打印"),
    "sent": ("ok", "✓ 已打印"),
    "unknown": ("warn", "▲ 请看打印机是否出纸"),
    "failed": ("err", "✕ 没打出来"),
}
SOURCE: Mapping[str, str] = {
    "card": "读卡",
    "scan": "扫码",
    "hub": "共享",
    "earlier": "上次",
    "clerk": "",
    "default": "默认",
}
UNVERIFIED: Mapping[str, str] = {
    "identity": "身份未核验",
    "insurance": "参保信息未联网核验",
    "name": "卡面姓名与登记不一致",
}
INSURANCE: Mapping[str, str] = {
    "310": "职工医保",
    "320": "公务员医疗补助",
    "330": "大额医疗补助",
    "340": "离休人员医疗保障",
    "390": "居民医保",
    "391": "城镇居民医保",
    "410": "长期护理保险",
    "510": "生育保险",
}
INSURED_STATE: Mapping[str, str] = {"0": "未参保", "1": "正常参保", "2": "暂停参保", "3": "终止参保"}
PERSON_TYPE: Mapping[str, str] = {
    "11": "在职", "1101": "职工在职", "1102": "公务员在职", "1103": "灵活就业",
    "12": "退休", "1201": "职工退休", "1202": "公务员退休", "1203": "灵活就业退休", "1204": "提前退休",
    "13": "离休", "1300": "离休", "14": "未成年居民", "1401": "新生儿", "1402": "学龄前儿童",
    "1403": "中小学生", "1404": "大学生", "1405": "未入学儿童", "15": "成年居民", "1501": "成年居民",
    "16": "老年居民",
}  # fmt: skip
FLAGS: Mapping[str, str] = {
    "senior": "高龄优先",
    "disabled": "残疾人优先",
    "pregnant": "孕产妇优先",
    "veteran": "军人优先",
    "chronic": "门诊慢特病",
    "arrears": "欠费",
    "remote": "异地备案有效",
    "low_income": "低保对象",
    "assisted": "医疗救助对象",
    "false_commitment": "承诺不实未修复",
    "discredited": "失信记录未修复",
}
OFFLINE: Mapping[str, str] = {
    "full": "",
    "accept_only": "离线只收件受理，联网后再办结",
    "cache_only": "离线只能查本机留存",
    "none": "此事项须联网",
}
# Why a number may be called earlier; of an ordinary one nothing is said.
KLASS: Mapping[str, str] = {
    klass.value: "" if klass is TicketClass.ORDINARY else words for klass, words in CLASS_NAMES.items()
}


def say(words: Mapping[str, str], code: str) -> str:
    """The word of a code; a code nobody has named yet is shown as it is."""
    return words.get(code, code)


def sign(words: Mapping[str, tuple[str, str]], code: str) -> tuple[str, str]:
    """Kind and words of a chip; an unnamed code becomes a quiet chip."""
    return words.get(code, ("quiet", code))


PROMPTS: Mapping[str, tuple[str, str]] = {
    "second_card": ("这是另一个人的卡，怎么处理？", "窗口里已有办理对象。请问清来人，再选一项。"),
    "witness": ("请看照片，是来人本人吗？", "与证件照片比对后记录；存疑也可继续，但会留痕。"),
    "leave": ("当前号还没有办完", "内容都已保存。"),
    "deceased": ("系统登记持卡人已经离世", "请先致以慰问，说话放缓。仅可由继承人办理遗属相关事项。"),
    "expired": ("证件已过有效期", "请换用有效证件；确需继续的，回执会注明。"),
    "resume": ("上次有没办完的内容", "程序停下时的内容都在。"),
    "confirm_refuse": ("确定出具不予受理通知书吗？", "通知书一经打印即留存，须写明理由、依据和救济途径。"),
}
OPTIONS: Mapping[str, str] = {
    "agent": "代办人（替原来那位办）",
    "replace": "换成此人办理",
    "related": "关联人（共济、同办）",
    "cancel": "取消，请取回此卡",
    "verified": "人证已核，是本人",
    "doubtful": "存疑，继续并记录",
    "stay": "留在当前号",
    "finish": "办结当前号",
    "hold": "挂起，稍后再办",
    "heir": "由继承人办理",
    "other_document": "换一种证件",
    "go_on": "继续办理并注明",
    "resume": "接着办",
    "discard": "不要了",
    "yes": "是",
    "no": "否",
}
RELATIONS = (
    "配偶",
    "父母",
    "子女",
    "祖孙",
    "兄弟姐妹",
    "其他亲属",
    "监护人",
    "邻里/村社工作人员",
    "单位经办",
    "其他",
)
OUTCOME_PAPERS: Mapping[str, str] = {
    "BYSL": "已出具不予受理通知书",
    "BZGZ": "已出具一次性补正告知书",
    "CLJS": "已收件，尚未受理",
}


def sealed_words(sealed: Sealed) -> str:
    """What came of sealing, for whoever carries the file."""
    if not sealed.records:
        return "✓ 记录都已上传，不用封存。"
    return f"✓ 已封存 {sealed.records} 条记录：{sealed.file}\n存放在：{sealed.folder}\n请交本厅任一窗口收进。"
