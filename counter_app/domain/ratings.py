"""好差评: five levels and the fixed indicators of each, as the national service evaluation asks them.

Levels, their words and the codes of indicators are unified by the state and the province; no hall may edit
them, so they stand here and not in a region's pack.

How sure: the five levels, and that the two lowest are bad, stand in every published rule (国办发〔2019〕51号,
GB/T 39735-2020). Nine of the phrases were found word for word in published rules; the others follow lists of
city platforms, and the standards' own text (GB/T 39734-2020 附录A for bad answers) could not be compared. A
hall that joins its province's platform compares codes and words with that platform's list first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from counter_app.domain.value import Value
from counter_app.problems import Problem

LEVELS: Mapping[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
LEVEL_ORDER = tuple(LEVELS)  # as the buttons stand, all of one size, none chosen before
NOT_RATED = 0  # 未评: skipped or timed out; counted apart and never averaged in
BAD = (1, 2)  # 差评: somebody calls back
RATE_SECONDS = 30  # how long a screen waits for an answer before it is 未评
CHANNELS = ("screen", "rater", "kiosk", "qr")


class Indicator(Value, frozen=True):
    """One thing a citizen may tick. The last two digits of a code count through a level's eight."""

    code: str
    text: str


OTHER = Indicator("000", "其他原因")
_TEXTS: Mapping[int, str] = {
    5: "一窗受理、一次办结|可以先受理后补材料|不用提交证明|可以全程网上办理|可以使用手机办理|可以就近办理|"
    "无需材料直接办理|服务热情、效率高",
    4: "填写一张表单就可完成申报|在线提交材料、窗口核验|一张清单告知全部申报材料|用告知承诺减免申报材料|"
    "可以在线预约办理|跑大厅一次办完|可以使用自助机办理|服务态度较好",
    3: "一次性告知需要补正的材料|提供申报材料样本|在承诺的时间内办结|办事指南准确|"
    "按办事指南要求的材料即可办理|可以快递送达|跑动次数与承诺的一致|服务态度一般",
    2: "没有提供材料样本|没有提供材料清单|未在承诺时间内办结|同样内容的证明材料被要求多次提交|"
    "承诺网办但无法全程网上办理|承诺可以就近办但不能办|窗口人员业务不熟练|服务态度生硬",
    1: "在办事指南之外增加新的审批条件|需提供办事指南之外的申报材料|超过法定办理时间|"
    "办事指南提供的信息不准确|线上线下要求提供的申报材料不一致|多头跑窗口和部门|跑动次数与承诺的不一致|服务态度差、效率低",
}
_FIRST: Mapping[int, int] = {5: 510, 4: 406, 3: 307, 2: 207, 1: 108}
INDICATORS: Mapping[int, tuple[Indicator, ...]] = {
    level: tuple(Indicator(str(_FIRST[level] + n), text) for n, text in enumerate(texts.split("|")))
    for level, texts in _TEXTS.items()
}


def reasons_wanted(level: int) -> bool:
    """Whether a screen asks why; only of the two bottom levels, and 其他原因 always answers it."""
    return level in BAD


def choices(level: int) -> tuple[Indicator, ...]:
    """What may be ticked at a level, 其他原因 last."""
    return (*INDICATORS.get(level, ()), OTHER) if level in LEVELS else ()


def text_of(code: str) -> str:
    """The words of an indicator's code; the code itself where it is none of ours."""
    every = (OTHER, *(one for level in INDICATORS.values() for one in level))
    return next((one.text for one in every if one.code == code), code)


def checked(level: int, indicators: Iterable[str] = ()) -> tuple[str, ...]:
    """The indicators of an answer, each once, in the order they are asked.

    Raises Problem `rating-level`, `rating-indicator` (one of another level, or none of ours).
    """
    if level not in (NOT_RATED, *LEVELS):
        raise Problem("rating-level", "level", str(level))
    given = set(indicators)
    known = tuple(one.code for one in choices(level) if one.code in given)
    strange = given - set(known)
    if strange:
        raise Problem("rating-indicator", "indicators", "、".join(sorted(strange)))
    return known
