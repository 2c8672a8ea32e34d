"""How personal data is shown when nobody asked to see it whole. Employers are not masked."""

from __future__ import annotations

import re

_GLYPH = re.compile(r".[\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)


def name(text: str) -> str:
    """李小芳 becomes 李*芳, 李芳 becomes 李*; a long name keeps its ends and three stars."""
    glyphs = _GLYPH.findall(text)
    if len(glyphs) < 2:
        return "*" * len(glyphs)
    if len(glyphs) == 2:
        return f"{glyphs[0]}*"
    return f"{glyphs[0]}{'*' * min(len(glyphs) - 2, 3)}{glyphs[-1]}"


def certno(text: str) -> str:
    """First six and last four of an 18-digit number; short numbers keep two at each end."""
    if len(text) >= 15:
        return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"
    if len(text) >= 6:
        return f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}"
    return "*" * len(text)


def phone(text: str) -> str:
    """First three and last four of a mobile number; of a landline the last four."""
    if len(text) == 11 and text.isdecimal():
        return f"{text[:3]}****{text[-4:]}"
    return f"****{text[-4:]}" if len(text) > 4 else "*" * len(text)


def bank_card(text: str) -> str:
    """The last four digits."""
    return f"****{text[-4:]}" if len(text) > 4 else "*" * len(text)


def mask(text: str, sensitive: str, type_: str = "") -> str:
    """Mask a value by its field's `sensitive` (none id diagnosis bank name) and `type`.

    A diagnosis is never shown in part: it becomes 已填.
    """
    if not text:
        return ""
    if type_ == "phone":
        return phone(text)
    rules = {"id": certno, "bank": bank_card, "name": name}
    if sensitive == "diagnosis":
        return "已填"
    return rules[sensitive](text) if sensitive in rules else text
