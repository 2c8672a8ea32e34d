"""Sentences in the other languages of a hall as an engine reads them: numbers of tickets sign by sign."""

from __future__ import annotations

import re
from typing import Callable, Mapping

_TICKET = re.compile(r"[A-Za-z]+\d+|(?<![\d.,:-])0\d+(?![\d.,:-])", re.ASCII)


def apart(text: str) -> str:
    """The signs of a ticket's number set apart, so that each is heard: A012 is A 0 1 2."""
    return _TICKET.sub(lambda found: " ".join(found.group()), text)


# By the code of a language of the screens: how its words are handed to an engine.
READ: Mapping[str, Callable[[str], str]] = {"en": apart, "ug": apart, "kk_Arab": apart}
