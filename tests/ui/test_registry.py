from __future__ import annotations

import importlib
from typing import Any

import pytest

from ui.registry import pages


def test_every_step_of_the_desk_has_a_page() -> None:
    wanted = {
        "idle",
        "identify",
        "choose",
        "fill",
        "check",
        "done",
        "speaker",
        "refuse",
        "basis",
        "add_person",
        "list",
        "reports",
        "devices",
        "repair",
        "day",
        "outage",
        "verify",
        "cross",
        "home_visit",
        "attest",
        "news",
        "book_visit",
        "send_back",
        "package",
        "bills",
        "sign_out",
    }
    assert set(pages()) == wanted
    assert all(page.title for page in pages().values())


def test_a_page_is_imported_when_it_is_first_asked_for() -> None:
    found = pages()
    assert not any(found.is_loaded(step) for step in found)
    assert found["idle"].title
    assert [step for step in found if found.is_loaded(step)] == ["idle"]
    with pytest.raises(KeyError):
        found["nowhere"]


def test_a_page_under_another_name_is_refused(monkeypatch: Any) -> None:
    other = importlib.import_module("ui.views.done").PAGE
    monkeypatch.setattr(importlib.import_module("ui.views.idle"), "PAGE", other)
    with pytest.raises(ValueError, match="holds the page done"):
        pages().load("idle")
