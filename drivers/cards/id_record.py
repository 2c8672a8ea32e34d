"""Identity cards as vendor libraries tell them: in words, with dates in many dresses."""

from __future__ import annotations

import re
from typing import Dict, Mapping, Optional, Sequence

from drivers.cards.card_dates import iso_date
from drivers.protocols import IdCardRead

_NATIONS = re.findall(  # GB/T 3304, 01 to 56
    r"\w+",
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 "
    "土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 "
    "乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 ",
)
_CODES = {name: format(n + 1, "02d") for n, name in enumerate(_NATIONS)}
_SEXES = {"男": "1", "女": "2", "未知": "0", "未说明": "9"}
_ORDER = (
    "name",
    "sex",
    "ethnic_code",
    "birth_date",
    "address",
    "idno",
    "valid_from",
    "valid_to",
    "issuer",
)


def id_card_of(parts: Sequence[str], reader: str, proof: str = "") -> IdCardRead:
    """The card of a record `姓名|性别|民族|出生日期|住址|身份证号|签发日期|有效期止|签发机关|`."""
    told = {key: parts[n] for n, key in enumerate(_ORDER) if n < len(parts)}
    return id_card(told, reader, proof)


def id_card(told: Mapping[str, str], reader: str, proof: str = "", photo: bytes = b"") -> IdCardRead:
    """The card of values in a library's own words; what cannot be understood is empty and in `missing`."""
    values: Dict[str, str] = {}
    for key in _ORDER:
        values[key] = _understood(key, told.get(key, "").strip(" \x00")) or ""
    missing = tuple(key for key in _ORDER if not values[key])
    return IdCardRead(reader, complete=not missing, missing=missing, proof=proof, photo=photo, **values)


def _understood(key: str, text: str) -> Optional[str]:
    if any(ord(char) < 32 for char in text):
        return None
    if key == "sex":
        return text if text in ("0", "1", "2", "9") else _SEXES.get(text)
    if key == "ethnic_code":
        return text if re.fullmatch(r"\d{2}", text, re.ASCII) else _CODES.get(text.replace("族", ""))
    if key == "valid_to" and text == "长期":
        return text
    if key in ("birth_date", "valid_from", "valid_to"):
        found = re.fullmatch(r"(\d{4})[-./年]?(\d{2})[-./月]?(\d{2})日?", text, re.ASCII)
        return iso_date("".join(found.groups())) if found else None
    return text
