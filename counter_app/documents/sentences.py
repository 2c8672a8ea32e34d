"""The fixed sentences of papers, from `resources/forms/*.toml`, with their places filled.

A sentence whose place has no value is left out whole, so that no paper ever says “请到  办理”.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import tomli

import resources
from counter_app.documents import words
from counter_app.domain.papers import PaperContent
from counter_app.domain.value import Value
from counter_app.problems import Problem


class Form(Value, frozen=True):
    """The sentences of one paper, filled for one content; `edition` 0 is the current one."""

    name: str
    content: PaperContent
    edition: int = 0

    def text(self, key: str, **more: str) -> str:
        """One filled sentence, "" when it is not given or needs something unknown."""
        return fill(_read(self.name, self.edition).get(key, ""), self.content, more)

    def lines(self, key: str) -> list[str]:
        """A list of filled sentences without the empty ones."""
        found = [fill(line, self.content, {}) for line in _read(self.name, self.edition).get(key, [])]
        return [line for line in found if line]

    @property
    def common(self) -> Form:
        """The sentences several papers share."""
        return Form("common", self.content, self.edition)


def practice(content: PaperContent) -> str:
    """Which words of `common` say that a paper has no effect: 演示, or 培训 where people learn."""
    return "training" if content.training else "demo"


def fill(sentence: str, content: PaperContent, more: Mapping[str, str]) -> str:
    """A sentence with its places filled; one that needs something unknown is left out whole."""
    places = [part.split("}")[0] for part in sentence.split("{")[1:]]
    if not places:
        return sentence
    known = {**values(content), **more}
    if not all(known.get(place) for place in places):
        return ""
    return sentence.format(**known)


def values(content: PaperContent) -> dict[str, str]:
    """What a sentence may name in braces."""
    agency = content.agency
    late = [m for m in content.materials if m.source == "deferred"]
    return {
        "applicant": content.emp_name or content.applicant_name,
        "agent": content.agent_name,
        "type": content.type_name,
        "accepted": words.day(content.accepted_at),
        "accepted_time": words.moment(content.accepted_at),
        "submitted": words.day(content.submitted_at),
        "issued": words.day(content.issued_at),
        "due": words.day(content.due_on),
        "reply_by": words.day(content.reply_by),
        "from": words.day(content.valid_from or content.issued_at),
        "to": words.day(content.valid_to),
        "go_to": content.go_to,
        "amount": words.yuan(content.amount),
        "case": content.case_number,
        "agency": agency.name or agency.region_name,
        "place": words.place(agency),
        "tel": agency.tel,
        "delivery": content.result_delivery,
        "deferred": "、".join(m.name for m in late),
        "deferred_by": words.day(max((m.due_on for m in late), default="")),
        "commitments": "、".join(content.commitments),
        "unverified": "、".join(words.UNVERIFIED.get(c, c) for c in content.offline_unverified),
    }


def current_edition() -> int:
    """The edition of today; it travels in each paper, so that an old one can be composed again."""
    return _number()


def folder(edition: int) -> str:
    """Where the sentences of an edition lie in `resources`; 0 is the current one."""
    return "forms" if edition in (0, _number()) else f"forms/{edition}"


@cache
def _read(name: str, edition: int) -> Mapping[str, Any]:
    """Raises Problem `paper-broken` for an edition that is not kept."""
    try:
        return tomli.loads(resources.read_bytes(f"{folder(edition)}/{name}.toml").decode("utf-8"))
    except FileNotFoundError as error:
        detail = f"单据采用第 {edition} 版文书格式，本机没有这一版。"
        raise Problem("paper-broken", name, detail) from error


@cache
def _number() -> int:
    return int(tomli.loads(resources.read_bytes("forms/common.toml").decode("utf-8"))["edition"])
