"""The reviewer's place of work: a hub, a person, the packs; no store of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Protocol

from counter_app.catalog.reasons import Reason
from counter_app.domain.actor import Actor
from counter_app.domain.ids import new_id
from counter_app.domain.life import Wish
from counter_app.domain.text import normalise
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services import estimate, review
from counter_app.services.estimate import Trial
from counter_app.services.ports import Clock
from counter_app.services.review_sheet import Eyes, sealed_labels, sheet
from counter_app.services.review_view import CaseSheet, Decision, WorkRow

MOST = 200  # lines of a work list
LONGEST_LOOK = 100  # characters of what a look is written down as
LONGEST_WHY = 80  # characters of a reason for lifting a cover
_SHARED = ("step", "step_name", "holder", "desk", "acts")


class CaseHub(Protocol):
    """What of a hub works behind the counter. Raises Problem (`hub-away` when it cannot be reached)."""

    def work(self, desk: str = "", limit: int = 200) -> Sequence[Mapping[str, Any]]:
        """What lies on a desk, nearest deadline first."""

    def case(self, case_id: str) -> Mapping[str, Any] | None:
        """One case with its life; None when nobody knows it."""

    def move(self, case_id: str, wish: Wish, actor: Actor) -> Mapping[str, Any]:
        """One step of its life; the case after it."""

    def opened(self, case_id: str, what: str, look_id: str, actor: Actor) -> None:
        """Write down that somebody opens what is masked."""

    def cover(
        self, case_id: str, page: str, boxes: Sequence[Sequence[int]], request_id: str, actor: Actor
    ) -> None:
        """Write down that parts of a page are covered; once per id."""


class Reviewing(Value, frozen=True):
    """The verbs of somebody behind the counter; each may take as long as the hub does."""

    hub: CaseHub
    eyes: Eyes
    clock: Clock
    page_of: Callable[[str], bytes] | None = None

    @property
    def actor(self) -> Actor:
        """Who works here."""
        return self.eyes.actor

    def new_request(self) -> str:
        """An id by which a decision that is sent again counts once."""
        return new_id(int(self.clock.now().timestamp() * 1000))

    def work(self, desk: str = "") -> tuple[WorkRow, ...]:
        """What lies on a desk ("" = on every one), nearest deadline first."""
        rows = (review.work_row(one, self.actor) for one in self.hub.work(desk, MOST))
        return tuple(sorted(rows, key=review.urgency))

    def sheet(self, case_id: str, part: str = "") -> CaseSheet:
        """One case whole, masked; of a joint case what is to be done in one part. Raises `not-found`."""
        return self._sheet(self._found(case_id), part)

    def reveal(self, case_id: str, part: str, request_id: str) -> CaseSheet:
        """The same with nothing masked; the look and what is opened are written down at the hub first."""
        found = self._found(case_id)
        sealed = "、".join(sealed_labels(found, self.eyes.catalogue))
        what = f"后台查看完整信息：{sealed}" if sealed else "后台查看完整信息"
        self.hub.opened(case_id, what[:LONGEST_LOOK], request_id, self.actor)
        return self._sheet(found, part, revealed=True)

    def reasons(self, act: str) -> tuple[Reason, ...]:
        """The reasons to choose from for an act."""
        return review.choices(act, self.eyes.region.id)

    def decide(self, seen: CaseSheet, said: Decision, request_id: str) -> CaseSheet:
        """Carry a decision out; the case after it. The same id counts once.

        Raises Problem: what is missing (`reason-needed`, `amount-needed` …), and whatever the hub says.
        """
        offer = next((one for one in seen.offers if one.act == said.act), None)
        if offer is None:
            raise Problem("state-wrong", "act", seen.row.step_name)
        missing = review.problem_of(offer, said)
        if missing is not None:
            raise missing
        wish = review.wish_of(request_id, seen.row, said, seen.parts)
        return self._sheet(self.hub.move(seen.row.case_id, wish, self.actor), seen.row.part)

    def page(self, ref: str) -> bytes:
        """A scanned page. Raises Problem `page-away` where pages are not at hand."""
        if self.page_of is None:
            raise Problem("page-away", "page")
        return self.page_of(ref)

    def uncovered(self, case_id: str, ref: str, why: str, request_id: str) -> bytes:
        """A covered page as it was before, for a reason; the look is written down at the hub first.

        Raises Problem `reason-needed`, `not-found` (nothing was covered), `page-away`, and what the hub says.
        """
        reason = normalise(why, LONGEST_WHY, "reason")
        if not reason:
            raise Problem("reason-needed", "page")
        found = self._found(case_id)
        laid = (ref for one in found.get("laid", ()) if one["page"] == ref)
        covers = (str(one["original"]) for one in found.get("covers", ()) if one["page"] == ref)
        original = next(chain(covers, laid), "")
        if not original:
            raise Problem("not-found", "page", "这一页没有遮盖")
        self.hub.opened(case_id, f"揭开影像遮盖：{reason}", request_id, self.actor)
        return self.page(original)

    def cover(self, seen: CaseSheet, ref: str, boxes: Sequence[Sequence[int]], request_id: str) -> CaseSheet:
        """Cover parts of a page (`domain.laid`) for everybody who looks from now on; the case after it.

        The page stays as the counter sealed it; who covered it stands in the case's story, there and here.
        """
        self.hub.cover(seen.row.case_id, ref, boxes, request_id, self.actor)
        return self.sheet(seen.row.case_id, seen.row.part)

    def _found(self, case_id: str) -> Mapping[str, Any]:
        found = self.hub.case(case_id)
        if found is None:
            raise Problem("not-found", "case", case_id)
        return found

    def _sheet(self, plain: Mapping[str, Any], part: str, revealed: bool = False) -> CaseSheet:
        told = {**plain, **self._share(plain, part)} if part and plain.get("joint") else plain
        return sheet(told, self.eyes, self._trial(plain), revealed)

    def _share(self, plain: Mapping[str, Any], part: str) -> Mapping[str, Any]:
        """What of a joint case belongs to one desk: its step, its holder, what may be done there."""
        lines = (one for one in self.hub.work("", MOST) if one["id"] == plain["id"])
        mine: Mapping[str, Any] = next((one for one in lines if one.get("part") == part), {"acts": []})
        return {"part": part} | {name: mine[name] for name in _SHARED if name in mine}

    def _trial(self, plain: Mapping[str, Any]) -> Trial | None:
        form: Mapping[str, Any] = plain.get("form", {})
        given = form.get("answers", {})
        answers = {k: v for k, v in given.items() if not (isinstance(v, Mapping) and "sealed" in v)}
        on = plain.get("received_on")
        if not on:
            return None
        situation = str(form.get("situation", ""))
        day = date.fromisoformat(str(on))
        return estimate.of_answers(self.eyes.region, plain["type"], situation, answers, day)
