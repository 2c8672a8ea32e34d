"""社保卡密码解锁指引: where a locked or forgotten card password is put right, and how to go on today.

It names nobody: whoever hands it out need not have identified the citizen.
"""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.blocks import Block, Divide, Text
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent


def way_on(content: PaperContent, form: Form) -> list[Block]:
    """What the form says of today and of the password, then where this place does it."""
    return [*(Text(line) for line in form.lines("way_on")), *(Text(line) for line in content.told)]


def issued(content: PaperContent, form: Form) -> list[Block]:
    """Where and when it was handed out."""
    window = words.window(content)
    line = "　".join(part for part in (content.number, window, words.moment(content.issued_at)) if part)
    return [Divide(), Text(line, small=True)]


PAPER = Paper("KMJS", "社保卡密码解锁指引", "kmjs", parts.paper(way_on, issued), media="r80", seals=())
