from __future__ import annotations

from dataclasses import replace

from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02, WRONG
from ui.viewmodels.place import Wish, page_for


def test_the_page_follows_the_visit() -> None:
    assert page_for(s.EMPTY, Wish()) == "idle"
    assert page_for(s.CALLED, Wish()) == "identify"
    assert page_for(s.KNOWN, Wish()) == "choose"
    assert page_for(s.FILLING, Wish()) == "fill"
    assert page_for(s.FILLING, Wish(checking=True)) == "check"
    assert page_for(s.DONE, Wish(checking=True)) == "done"
    assert page_for(s.FILLING, Wish(aside="speaker")) == "speaker"
    assert page_for(s.EMPTY, Wish(aside="speaker")) == "idle"


def test_another_case_or_new_problems_lead_back_to_the_form() -> None:
    wish = Wish(checking=True, aside="")
    other = replace(s.FILLING, case=BX02)
    assert wish.after(s.FILLING, other) == Wish()
    assert not wish.after(s.FILLING, replace(s.FILLING, case=WRONG)).checking
    assert wish.after(s.FILLING, replace(s.FILLING, unsynced=5)) == wish
