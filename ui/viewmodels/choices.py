"""Finding one of a field's choices by code, initials or part of the words."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.services.visit_view import ChoiceView
from ui.viewmodels.initials import initials

SHOWN = 60
WHOLE = 2  # ranks up to here mean that a key was typed whole
IN_SEQUENCE = 9  # the last: letters of the initials with others between them
Keys = tuple[str, str, str, str, str]  # code, words, initials, hint, mark
YES_NO = (ChoiceView("yes", "是", "y 1"), ChoiceView("no", "否", "n 0 2"))


class ChoiceIndex:
    """One field's choices with their search keys, built when first asked."""

    def __init__(self, choices: Sequence[ChoiceView]) -> None:
        self.choices = tuple(choices)
        self._keys: tuple[tuple[str, Keys], ...] = ()

    def label(self, code: str) -> str:
        """The words of a code; the code itself when it is not a choice."""
        return next((c.label for c in self.choices if c.code == code), code)

    def mark(self, choice: ChoiceView) -> str:
        """What stands before a choice's words and picks it when typed: its code, else its place in the list.

        Codes of our own are English words, which say nothing to a clerk.
        """
        if not any(letter.islower() or letter == "_" for letter in choice.code):
            return choice.code
        return str(self.choices.index(choice) + 1)

    def find(self, typed: str) -> tuple[ChoiceView, ...]:
        """Choices fitting what was typed, best first; all of them for an empty text."""
        if not typed.strip():
            return self.choices[:SHOWN]
        return tuple(self.choices[n] for _, n in self._ranked(typed)[:SHOWN])

    def settled(self, typed: str) -> ChoiceView | None:
        """The one choice that was surely meant: typed whole (code, words, initials), or the only one."""
        ranked = self._ranked(typed) if typed.strip() else []
        whole = [n for rank, n in ranked if rank <= WHOLE]
        sure = whole if len(whole) == 1 else [n for _, n in ranked] if len(ranked) == 1 else []
        return self.choices[sure[0]] if sure else None

    def _ranked(self, typed: str) -> list[tuple[int, int]]:
        wanted = typed.strip().lower()
        if not self._keys:
            keys = ((*_keys(choice), self.mark(choice).lower()) for choice in self.choices)
            self._keys = tuple(("\n".join(one), one) for one in keys)
        ranks = ((_rank(whole, keys, wanted), n) for n, (whole, keys) in enumerate(self._keys))
        return sorted((rank, n) for rank, n in ranks if rank is not None)


def _keys(choice: ChoiceView) -> tuple[str, str, str, str]:
    return choice.code.lower(), choice.label.lower(), initials(choice.label), choice.hint.lower()


def _rank(whole: str, keys: Keys, wanted: str) -> int | None:
    """How well a choice fits, 0 the best; `whole` is all its keys in one text, which most choices fail at."""
    code, label, short, hint, mark = keys
    if wanted not in whole:
        return IN_SEQUENCE if _in_sequence(wanted, short) else None
    tests = (
        code == wanted,
        label == wanted,
        short == wanted or wanted in hint.split() or mark == wanted,
        code.startswith(wanted),
        label.startswith(wanted),
        short.startswith(wanted),
        wanted in label,
        wanted in short,
        any(word.startswith(wanted) for word in hint.split()),
    )
    found = next((n for n, fits in enumerate(tests) if fits), None)
    return IN_SEQUENCE if found is None and _in_sequence(wanted, short) else found


def _in_sequence(wanted: str, text: str) -> bool:
    rest = iter(text)
    return len(wanted) > 1 and wanted.isascii() and all(letter in rest for letter in wanted)
