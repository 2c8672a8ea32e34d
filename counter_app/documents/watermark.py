"""Watermarks: who had a paper printed, where, when and what for, faint and aslant under the words.

Only papers that stay in the house, and what somebody was told about another person, carry one; a citizen's
own paper never does. It is a picture, not text, so that the words of a paper verify as before. Source:
代查须授权并在查询单印水印与代查人 (CX01); prints carry window and time.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from counter_app.documents import fonts, words
from counter_app.domain.papers import PaperContent

INTERNAL = frozenset({"RZZD", "YJJJ"})  # what the hall keeps: the day's balance, originals changing hands
TOLD = "CXJG"  # what somebody was told; of another person, if an agent asked
FAINT, SIZE, SLANT = 226, 15, 28  # grey of 255; px at 72 to the inch; degrees


def mark_of(content: PaperContent) -> str:
    """The words of the watermark, "" for a paper that carries none."""
    if content.kind == TOLD and content.agent_name:
        purpose = f"代查人 {content.agent_name}"
    elif content.kind in INTERNAL:
        purpose = "内部使用"
    else:
        return ""
    window = f"{content.window} 号窗口" if content.window else ""
    clerk = content.clerk_no or content.giver
    told = (purpose, window, f"工号 {clerk}" if clerk else "", words.moment(content.issued_at))
    return "　".join(part for part in told if part)


@lru_cache(maxsize=4)
def ground(text: str, width: float, height: float) -> bytes:
    """A grey PNG of a page (points) covered with the words."""
    from PIL import Image, ImageDraw, ImageFont  # with ReportLab, when the first paper is set

    face = ImageFont.truetype(str(fonts.path(fonts.TEXT)), SIZE)
    side = round(width + height)
    sheet = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(sheet)
    step = round(pen.textlength(text, face)) + 5 * SIZE
    for nth, y in enumerate(range(0, side, 8 * SIZE)):
        for x in range(-(nth % 2) * step // 2, side, step):
            pen.text((x, y), text, FAINT, face)
    turned = sheet.rotate(SLANT, fillcolor=255)
    left, top = (side - round(width)) // 2, (side - round(height)) // 2
    held = BytesIO()
    turned.crop((left, top, left + round(width), top + round(height))).quantize(16).save(held, "PNG")
    return held.getvalue()
