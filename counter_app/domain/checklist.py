"""What to bring, as the guide desk prints it on 80 mm: no number, no signature, nobody's name."""

from __future__ import annotations

from counter_app.domain.value import Value


class Checklist(Value, frozen=True):
    """The list of one matter. Each item is words and whether the person has it (None: was not looked at)."""

    hall: str
    matter: str
    situation: str
    items: tuple[tuple[str, bool | None], ...]
    told: tuple[str, ...]
    printed_at: str  # local day and minute
    hotline: str = ""
    is_demo: bool = False
