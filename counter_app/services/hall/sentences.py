"""How a call is written and said; reading digits aloud is the voice's own affair."""

from __future__ import annotations


def bare(window: str) -> str:
    """The window as people know it: a token's `w3` is 3."""
    return window[1:] if window[:1] in ("w", "W") and window[1:].isdecimal() else window


def written(number: str, window: str) -> str:
    """A call as a line of text, for whoever cannot hear it."""
    return f"请 {number} 号到 {bare(window)} 号窗口"


def spoken(number: str, window: str) -> str:
    """A call as it is handed to a voice: `A012` digit by digit, the window as a number."""
    return f"请 {number} 号，到 {bare(window)} 号窗口。"
