"""What a paper is, and finding all of them: each module of this package with a `PAPER`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import counter_app.documents as package
from counter_app import walk
from counter_app.documents.bilingual import beside
from counter_app.documents.blocks import Block
from counter_app.documents.parts import Part
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent
from counter_app.domain.value import Value
from counter_app.problems import Problem

SEAL = "机构业务专用章"


class Paper(Value, frozen=True):
    """One kind of paper: `compose` says what is on it, `seals` which kinds of seal it needs.

    `form` names the file of its sentences in `resources/forms`; `copies` are the 联 handed out and kept.
    `payment_title` is its name where money is refused.
    """

    code: str
    title: str
    form: str
    compose: Part
    media: str = "a4"  # a4 | r80
    seals: tuple[str, ...] = (SEAL,)
    copies: int = 1
    payment_title: str = ""

    def blocks(self, content: PaperContent, edition: int = 0) -> list[Block]:
        """The paper as data. Raises Problem `paper-broken` for an edition that is not kept."""
        made = self.compose(content, Form(self.form, content, edition))
        return beside(made, content.tongue, edition) if content.tongue else made

    def heading(self, content: PaperContent) -> str:
        """The title printed on this one."""
        title = self.payment_title if self.payment_title and content.amount is not None else self.title
        return f"{title}（补充）" if content.completes else title


@cache
def papers() -> Mapping[str, Paper]:
    """Every paper by code. Raises ValueError when two share one."""
    return walk.found(package, "PAPER", lambda paper: paper.code)


def paper_of(code: str) -> Paper:
    """The paper with a code. Raises Problem `not-found`."""
    found = papers().get(code)
    if found is None:
        raise Problem("not-found", "paper", code)
    return found
