"""How words can be typed without an input method: every reading of every character.

pypinyin is imported at the first use (about 0.1 s); call `prepare` before the desk is ready. Where it
is not installed (a hub server) nothing is found by pinyin and everything else works.
"""

from __future__ import annotations

import itertools
import os
from functools import lru_cache
from types import ModuleType

MOST = 48  # combinations of readings kept per word

# Characters whose reading as a surname a dictionary puts last or leaves out, and ordinary ones that
# pypinyin reads otherwise in the words of this trade (给付, 重大疾病).
_MORE = {
    "曾": ("zeng",),
    "单": ("shan", "dan"),
    "解": ("xie", "jie"),
    "仇": ("qiu", "chou"),
    "查": ("zha", "cha"),
    "朴": ("piao", "pu"),
    "区": ("ou", "qu"),
    "尉": ("yu", "wei"),
    "翟": ("zhai", "di"),
    "覃": ("qin", "tan"),
    "盖": ("ge", "gai"),
    "任": ("ren",),
    "华": ("hua",),
    "乐": ("yue", "le"),
    "召": ("shao", "zhao"),
    "黑": ("he", "hei"),
    "逄": ("pang",),
    "郇": ("xun", "huan"),
    "给": ("gei", "ji"),
    "重": ("zhong", "chong"),
    "长": ("chang", "zhang"),
    "厦": ("xia", "sha"),
    "蚌": ("beng", "bang"),
    "䶮": ("yan",),
}


@lru_cache(maxsize=1)
def library() -> ModuleType | None:
    """The library without its phrases, which nobody here asks for: far less time and memory."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    try:
        import pypinyin
    except ImportError:
        return None
    return pypinyin


def prepare() -> bool:
    """Load the dictionary; False when it is not installed."""
    found = library()
    if found is not None:
        found.pinyin("一窗", style=found.Style.NORMAL, heteronym=True)
    return found is not None


@lru_cache(maxsize=8192)
def _readings(char: str) -> tuple[str, ...]:
    if char.isascii():
        return (char.lower(),) if char.isalnum() else ()
    reader = library()
    if reader is None:
        return ()
    style = reader.Style.NORMAL
    found = reader.pinyin(char, style=style, heteronym=True, errors="ignore")
    plain = [reading.replace("ü", "v") for reading in (found[0] if found else [])]
    return tuple(dict.fromkeys((*_MORE.get(char, ()), *plain)))


@lru_cache(maxsize=8192)
def spellings(word: str) -> tuple[str, ...]:
    """Full pinyin of a word without tones, the usual reading first: `yidi`."""
    return _combine([_readings(char) for char in word])


@lru_cache(maxsize=8192)
def initials(word: str) -> tuple[str, ...]:
    """First letters of a word, the usual reading first: 异地就医备案 is `ydjyba`."""
    heads = [tuple(dict.fromkeys(reading[0] for reading in _readings(char))) for char in word]
    return _combine(heads)


def _combine(options: list[tuple[str, ...]]) -> tuple[str, ...]:
    readable = [choices for choices in options if choices]
    if not readable:
        return ()
    return tuple(dict.fromkeys("".join(parts) for parts in itertools.islice(_product(readable), MOST)))


def _product(options: list[tuple[str, ...]]) -> itertools.product[tuple[str, ...]]:
    """All combinations, but never more than the limit allows: long words keep one reading at the end."""
    total = 1
    kept = []
    for choices in options:
        total *= len(choices)
        kept.append(choices if total <= MOST else choices[:1])
        total = total if total <= MOST else total // len(choices)
    return itertools.product(*kept)
