"""长辈模式: the words of officials changed into those people use, on their way to the screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import tomli

import resources


def plain(text: str) -> str:
    """The plain word for a whole label; any other text as it is, for half a sentence is soon nonsense."""
    return plain_words().get(text, text)


@cache
def plain_words() -> Mapping[str, str]:
    """Official word to plain word, from `resources/plain_words.toml`."""
    table = tomli.loads(resources.read_bytes("plain_words.toml").decode("utf-8"))
    return dict(table["words"])
