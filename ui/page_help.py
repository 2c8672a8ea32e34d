"""F1 about the page that is shown: what it is for, its own keys, what to do when it goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import tomli

import resources
from counter_app.domain.value import Value


class PageHelp(Value, frozen=True):
    """One page's help: its title, what it is for, chord and meaning of its keys, sentences for trouble."""

    title: str
    about: str
    keys: tuple[tuple[str, str], ...] = ()
    wrong: tuple[str, ...] = ()


@cache
def page_helps(face: str) -> Mapping[str, PageHelp]:
    """The help of every page of a face (desk, review, guide, manage, kiosk), from `resources/help`."""
    told = tomli.loads(resources.read_bytes(f"help/{face}.toml").decode("utf-8"))
    return {
        page: PageHelp(
            one["title"],
            one["about"],
            tuple((chord, does) for chord, does in one.get("keys", ())),
            tuple(one["wrong"]),
        )
        for page, one in told.items()
    }


def help_for(face: str, page: str) -> PageHelp | None:
    """The help of one page; None for a page nobody has written one for."""
    return page_helps(face).get(page)
