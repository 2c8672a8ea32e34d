"""A hall over the network as its manager asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.sync.answers import clerk_body, quoted
from counter_app.sync.remote_hall import RemoteHall


class RemoteManage(RemoteHall):
    """Everything `services.managing` asks, at an address. Raises Problem `hub-away` or the hub's refusal."""

    def statistics(self, first: date, last: date) -> Mapping[str, Any]:
        """The sums of a span."""
        return self._item("GET", f"/v1/statistics?first={first.isoformat()}&last={last.isoformat()}")

    def shifts(self, day: date) -> Sequence[Mapping[str, Any]]:
        """The shifts of a day by window and time."""
        return self._items(f"/v1/shifts?day={day.isoformat()}")

    def plan_shift(
        self,
        request_id: str,
        day: date,
        window: str,
        clerk: str,
        name: str,
        start: str,
        end: str,
        actor: Actor,
        why: str = "",
    ) -> bool:
        """Plan a shift; False when it was planned before."""
        body = {"request_id": request_id, "day": day.isoformat(), "window": window, "clerk": clerk}
        more = {"name": name, "start": start, "end": end, "why": why, "by": clerk_body(actor)}
        return not self.ask("POST", "/v1/shifts", body | more)["repeated"]

    def drop_shift(self, request_id: str, day: date, shift: str, actor: Actor, why: str) -> bool:
        """Take a shift back; False when it was before."""
        body = {"request_id": request_id, "day": day.isoformat(), "why": why, "by": clerk_body(actor)}
        return not self.ask("POST", f"/v1/shifts/{quoted(shift)}/drop", body)["repeated"]

    def bad_answers(self) -> Sequence[Mapping[str, Any]]:
        """Bad ratings that are not answered yet, the oldest first."""
        return self._items("/v1/follow-ups")

    def answer_bad(self, follow_up: str, act: str, request_id: str, actor: Actor, note: str) -> None:
        """`call_back`, `mend` or `close` one of them. Raises Problem as the hub says."""
        body = {"request_id": request_id, "note": note, "clerk": clerk_body(actor)}
        self.ask("POST", f"/v1/follow-ups/{quoted(follow_up)}/{quoted(act)}", body)

    def messages(self, open_only: bool = True) -> Sequence[Mapping[str, Any]]:
        """Messages to the core platform that are not done or settled."""
        return self._items(f"/v1/messages?all={int(not open_only)}")

    def order_message(self, errand_id: str, act: str, request_id: str, actor: Actor, why: str = "") -> bool:
        """`ask`, `resend` or `settle`; False when it was ordered before. Raises Problem as the hub says."""
        body = {"request_id": request_id, "why": why, "clerk": clerk_body(actor)}
        path = f"/v1/messages/{quoted(errand_id)}/{quoted(act)}"
        return not self.ask("POST", path, body)["repeated"]
