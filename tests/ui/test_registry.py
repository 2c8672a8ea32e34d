from __future__ import annotations

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
        "book_visit",
        "send_back",
        "package",
    }
    assert set(pages()) == wanted
    assert all(page.title for page in pages().values())
