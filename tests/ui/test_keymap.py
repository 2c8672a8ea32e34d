from __future__ import annotations

import pytest

from ui import keymap
from ui.keymap import Key


def test_our_keys_clash_with_nothing() -> None:
    assert keymap.clashes() == ()


@pytest.mark.parametrize("chord", ["Ctrl+Space", "Ctrl+.", "Ctrl+Shift+F", "Ctrl+Alt+P", "Ctrl+C", "x"])
def test_a_chord_of_the_input_method_or_of_editing_is_refused(chord: str) -> None:
    assert keymap.clashes((Key(chord, "check", "核对"),))


def test_one_chord_with_two_meanings_is_refused() -> None:
    assert keymap.clashes((Key("F8", "check", "核对"), Key("F8", "submit", "提交")))


def test_the_strip_is_f1_to_f12_in_order() -> None:
    assert [key.chord for key in keymap.strip()] == [f"F{n}" for n in range(1, 13)]


def test_submit_is_far_from_enter() -> None:
    assert keymap.chord_for("submit") == "F10"
    assert "Return" not in {key.chord for key in keymap.KEYS if "submit" in key.action}


def test_behind_the_counter_a_key_means_what_it_means_at_the_desk() -> None:
    assert keymap.clashes(keymap.REVIEW_KEYS) == ()
    at_the_desk = keymap.table()
    shared = [key for key in keymap.REVIEW_KEYS if key.chord in at_the_desk]
    assert len(shared) > 12
    assert all(at_the_desk[key.chord].action == key.action for key in shared)
