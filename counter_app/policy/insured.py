"""Who is insured how, in the three groups by which the regions set their standards."""

from __future__ import annotations

from enum import StrEnum

from counter_app.problems import Problem


class Insured(StrEnum):
    """The groups; the values are used in parameter names."""

    EMPLOYEE = "employee"
    FLEXIBLE = "flexible"
    RESIDENT = "resident"


_WORDS = {
    Insured.EMPLOYEE: {"职工", "在职职工", "城镇职工", "职工医保", "310", "1101", "1102", "1201", "1202"},
    Insured.FLEXIBLE: {"灵活就业", "灵活就业人员", "1103", "1203"},
    Insured.RESIDENT: {"居民", "女居民", "城乡居民", "城镇居民", "居民医保", "参保居民", "390", "391"},
}


def insured(word: str) -> Insured:
    """Read the group from a form's word or a national code. Raises Problem `policy-input`."""
    for group, words in _WORDS.items():
        if word.strip() in words:
            return group
    raise Problem("policy-input", "insured", f"参保身份“{word}”无法归入职工、灵活就业或居民。")
