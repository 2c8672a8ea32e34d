"""What devices ask beside the line: facts handed over, the hub's epoch, reference data, exceptions."""

from __future__ import annotations

from typing import Any

from counter_app.hub import shapes as s
from counter_app.hub import sync_shapes as ss
from counter_app.hub.ask import Ask, Endpoint, number_of
from counter_app.hub.reference import MOST
from counter_app.problems import Problem
from counter_app.seals import base64url


def push(ask: Ask) -> Any:
    """Facts of a device, each judged alone. Raises what `HallSync.hand_over` raises."""
    b = ask.body
    header = {"hall": ask.bearer.hall, "device": b.device, "request_id": b.request_id}
    header |= {"hub_epoch": b.hub_epoch, "signature": b.signature, "standing": b.standing, "head": b.head}
    told = ask.hall.hand_over(ask.bearer.device, b.envelopes, header)
    verdicts = list(told["verdicts"])
    standing, head = dict(told["standing"]), dict(told["head"])
    fenced, left = told["fenced"], told["left"]
    return s.BatchReply(verdicts=verdicts, standing=standing, head=head, fenced=fenced, left=left)


def _heads(ask: Ask) -> Any:
    store = ask.query.get("device", "")
    if not store:
        raise Problem("body-broken", "device", "请写明设备 device")
    return s.ItemsReply(items=[dict(one) for one in ask.hall.heads(store)])


def _standing(ask: Ask) -> Any:
    return ss.StandingReply(standing=dict(ask.hall.standing_paper()))


def _lease(ask: Ask) -> Any:
    return ss.LeaseReply(lease=dict(ask.hall.lease(ask.bearer.device)))


def _scopes(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(one) for one in ask.hall.scopes()])


def _reference(ask: Ask) -> Any:
    after = number_of(ask.query.get("after", "0"), "after")
    limit = number_of(ask.query.get("limit", str(MOST)), "limit")
    page = ask.hall.reference(ask.path["scope"], after, limit)
    rows = [dict(row) for row in page.rows]
    return ss.ReferenceReply(epoch=page.epoch, last=page.last, total=page.total, items=rows)


def _package(ask: Ask) -> Any:
    try:
        data = base64url.decode(ask.body.package)
    except ValueError as error:
        raise Problem("package-broken", "package", "不是 base64url") from error
    return ss.PackageReply(**ask.hall.take_package(data, ask.bearer.device))


def _exceptions(ask: Ask) -> Any:
    found = ask.hall.exceptions(ask.query.get("all", "") != "1")
    return s.ItemsReply(items=[dict(one) for one in found])


def _held(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(one) for one in ask.hall.held_records(ask.path["event"])])


def _settle(ask: Ask) -> Any:
    b, of = ask.body, ask.path
    made = ask.hall.settle_exception(of["event"], of["code"], b.way, b.why, ask.actor(b.clerk))
    return s.DoneReply(repeated=not made)


SYNC: tuple[Endpoint, ...] = (
    Endpoint(
        "POST", "/v1/batches", "Facts of a device", "push", push, s.BatchBody, s.BatchReply, from_left=True
    ),
    Endpoint("GET", "/v1/heads", "How far facts are here", "push", _heads, None, s.ItemsReply, ("device",)),
    Endpoint("GET", "/v1/standing", "Which hub this is", "see", _standing, None, ss.StandingReply),
    Endpoint("GET", "/v1/lease", "How long a device may go on alone", "push", _lease, None, ss.LeaseReply),
    Endpoint("GET", "/v1/reference", "Kinds of reference data", "push", _scopes, None, s.ItemsReply),
    Endpoint(
        "GET",
        "/v1/reference/{scope}",
        "Reference data in commit order",
        "push",
        _reference,
        None,
        ss.ReferenceReply,
        ("after", "limit"),
    ),
    Endpoint(
        "POST",
        "/v1/packages",
        "Records that came by stick",
        "push",
        _package,
        ss.PackageBody,
        ss.PackageReply,
    ),
    Endpoint(
        "GET", "/v1/exceptions", "What did not fit", "follow", _exceptions, None, s.ItemsReply, ("all",)
    ),
    Endpoint(
        "GET",
        "/v1/exceptions/{event}/held",
        "What a lost device sent, masked",
        "follow",
        _held,
        None,
        s.ItemsReply,
    ),
    Endpoint(
        "POST",
        "/v1/exceptions/{event}/{code}/settle",
        "How one was settled",
        "follow",
        _settle,
        ss.SettleBody,
        s.DoneReply,
    ),
)
