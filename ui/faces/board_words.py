"""The board in the hall's other languages: below or beside the Chinese, one at a time, in turns.

Only a call is told in all of them at once: whoever is called may not have to wait for their language's turn.
What is in no table (the hall's own text, a name of its own) stays in Chinese.
"""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.catalog.tongues import END, tongue

OWN_WAY = "\u2068"  # isolate: read as its first letter is
TURN_S = 8  # how long one language stands beside the Chinese


def also(words: str, codes: Sequence[str]) -> str:
    """A sentence in the hall's other languages, each read its own way; "" where none has it."""
    told = [tongue(code).known(words) for code in codes]
    return "　　".join(f"{OWN_WAY}{one}{END}" for one in told if one)


def turned(words: str, codes: Sequence[str], turn: int) -> str:
    """A text in the language whose turn it is; "" where it has none, or would say it in the same signs."""
    if not codes:
        return ""
    told = tongue(codes[turn % len(codes)]).known(words)
    return f"{OWN_WAY}{told}{END}" if told and told != words else ""


def beside(words: str, codes: Sequence[str], turn: int) -> str:
    """A heading, and after it the same in the language whose turn it is."""
    told = turned(words, codes, turn)
    return f"{words}　{told}" if told else words
