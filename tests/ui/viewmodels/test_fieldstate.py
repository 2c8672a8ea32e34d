from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.viewmodels.fieldstate import FieldState, after_mask, is_masked


def test_typed_text_waits_for_its_answer() -> None:
    state = FieldState()
    assert state.may_show
    state.type()
    assert not state.may_show
    assert state.hand_over()
    assert not state.hand_over()
    state.release()
    assert not state.may_show  # still under way
    state.arrived()
    assert state.may_show


def test_refused_text_is_typed_again() -> None:
    state = FieldState()
    state.type()
    state.hand_over()
    state.lost()
    state.release()
    assert not state.may_show
    assert state.hand_over()


@given(st.lists(st.sampled_from(["type", "hand_over", "arrived", "lost", "release"]), max_size=40))
def test_no_order_of_events_loses_text(events: list[str]) -> None:
    """Unless handed over and taken, typed text is never shown over."""
    state, unsaved, under_way = FieldState(), False, 0
    for event in events:
        if event in ("arrived", "lost") and under_way == 0:
            continue
        given_over = getattr(state, event)()
        if event == "type":
            unsaved = True
        elif event == "hand_over" and given_over:
            unsaved, under_way = False, under_way + 1
        elif event == "arrived":
            under_way -= 1
        elif event == "lost":
            unsaved, under_way = True, under_way - 1
        if unsaved or under_way:
            assert not state.may_show


@given(st.text("0123456789X", min_size=1, max_size=20), st.integers(0, 18))
def test_editing_a_mask_never_yields_a_mask(new: str, at: int) -> None:
    mask = "370102********1526"
    assert after_mask(mask, mask[:at] + new + mask[at:], at + len(new)) == new
    assert not is_masked(after_mask(mask, mask[:at], at))


def test_plain_text_may_hold_a_star() -> None:
    assert after_mask("甲", "甲*乙", 3) == "甲*乙"
