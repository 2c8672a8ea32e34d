"""Trying out what stands before the citizen: a voice is heard, a screen that is away is said to be."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from drivers.protocols import Fault
from drivers.trials import Trial, tried


def test_a_voice_says_a_sentence() -> None:
    said: list[str] = []
    told = tried("voice", SimpleNamespace(say=said.append))
    assert told == Trial("said", said[0])
    assert said == ["请 A001 号到 1 号窗口"]


def test_a_customer_screen_is_asked_whether_it_is_there() -> None:
    assert tried("customer_screen", SimpleNamespace(online=lambda: True)).what == "opened"
    with pytest.raises(Fault) as caught:
        tried("customer_screen", SimpleNamespace(online=lambda: False))
    assert caught.value.code == "gwq-away"
