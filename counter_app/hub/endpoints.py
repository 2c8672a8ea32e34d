"""Every question a hub answers over HTTP: path, who may ask, what is sent and what comes back.

The functions here turn a body into one call of `HallHub`; `routes` carries them, `openapi` describes
them. To add one, add a row to `ENDPOINTS`, or to `line_endpoints.LINE` when it is about the line.
"""

from __future__ import annotations

from typing import Any

from counter_app.catalog.reasons import reasons
from counter_app.domain.life import Wish
from counter_app.hub import enrol_shapes as es
from counter_app.hub import life_shapes as ls
from counter_app.hub import shapes as s
from counter_app.hub.accounts import ACCOUNT_ENDPOINTS
from counter_app.hub.ask import Ask, Endpoint, number_of
from counter_app.hub.away_endpoints import AWAY
from counter_app.hub.codes import CODES
from counter_app.hub.day_endpoints import DAY
from counter_app.hub.enrolment import VALID
from counter_app.hub.field_keys import FIELDS
from counter_app.hub.keys import KeyBody, KeyReply
from counter_app.hub.line_endpoints import LINE
from counter_app.hub.manage_endpoints import MANAGE
from counter_app.hub.message_endpoints import MESSAGES
from counter_app.hub.people_endpoints import PEOPLE
from counter_app.hub.sync_endpoints import SYNC
from counter_app.hub.witness import WITNESS
from counter_app.problems import Problem

_MOST_WORK = 1000


def _invite(ask: Ask) -> Any:
    b = ask.body
    code = ask.hall.invite(b.role, ask.actor(b.clerk), b.window, b.name, b.person)
    return es.InvitedReply(code=code, minutes=int(VALID.total_seconds() // 60))


def _devices(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(one) for one in ask.hall.devices()])


def _revoke(ask: Ask) -> Any:
    ask.hall.revoke_device(ask.path["device"], ask.actor(ask.body.clerk), ask.body.why)
    return s.DoneReply()


def _people(ask: Ask) -> Any:
    key = ask.query.get("key", "")
    if not key:
        raise Problem("body-broken", "key", "请写明人员键 key")
    return s.ItemsReply(items=[dict(ask.hall.person(key))])


def _rate(ask: Ask) -> Any:
    b = ask.body
    kept = ask.hall.rate(b.request_id, b.case_id, b.level, tuple(b.indicators))
    return s.DoneReply(repeated=not kept)


def _feed(ask: Ask) -> Any:
    page = ask.hall.feed(number_of(ask.query.get("after", "0"), "after"))
    return s.FeedReply(epoch=page.epoch, last=page.last, items=[dict(row) for row in page.rows])


def _send(ask: Ask) -> Any:
    return s.DoneReply(repeated=not ask.hall.send(ask.body.request_id, ask.body.package))


def _filings(ask: Ask) -> Any:
    found = ask.hall.packages(number_of(ask.query.get("after", "0"), "after"))
    return s.ItemsReply(items=[dict(one) for one in found])


def _claim(ask: Ask) -> Any:
    ask.hall.claim(ask.body.filing, ask.actor(ask.body.clerk))
    return s.DoneReply()


def _release(ask: Ask) -> Any:
    ask.hall.release(ask.body.filing, ask.actor(ask.body.clerk))
    return s.DoneReply()


def _voucher(ask: Ask) -> Any:
    if ask.hall.vouchers is None:
        raise Problem("voucher-away", "hub")
    return s.VoucherReply(**ask.hall.vouchers(ask.body.code, ask.body.business))


def _cases(ask: Ask) -> Any:
    return s.ItemsReply(items=[dict(row) for row in ask.hall.cases()])


def _work(ask: Ask) -> Any:
    most = min(number_of(ask.query.get("limit", "200"), "limit"), _MOST_WORK)
    found = ask.hall.work(ask.query.get("desk", ""), most)
    return ls.WorkReply(items=[ls.work_shape(row) for row in found])


def _case(ask: Ask) -> Any:
    found = ask.hall.case(ask.path["case"])
    if found is None:
        raise Problem("not-found", "case", ask.path["case"])
    return ls.case_shape(found)


def _move(ask: Ask) -> Any:
    b = ask.body
    wish = Wish(b.request_id, b.act, b.to, b.desk, tuple(b.desks), b.reason, b.amount, b.days, b.detail)
    return ls.case_shape(ask.hall.move(ask.path["case"], wish, ask.actor(b.clerk)))


def _opened(ask: Ask) -> Any:
    b = ask.body
    ask.hall.opened(ask.path["case"], b.what, b.request_id, ask.actor(b.clerk))
    return s.DoneReply()


def _cover(ask: Ask) -> Any:
    b, case = ask.body, ask.path["case"]
    ask.hall.cover(case, b.page, b.boxes, b.request_id, ask.actor(b.clerk))
    return s.DoneReply()


def _reasons(ask: Ask) -> Any:
    found = reasons(ask.query.get("act", ""), ask.query.get("region", ""))
    return ls.ReasonsReply(items=[ls.ReasonShape(code=one.code, text=one.text) for one in found])


def _card_key(ask: Ask) -> Any:
    return KeyReply(answer=ask.hall.card_key(ask.body.question))


ENDPOINTS: tuple[Endpoint, ...] = (
    *LINE,
    *DAY,
    *MANAGE,
    *PEOPLE,
    *SYNC,
    *MESSAGES,
    *WITNESS,
    *FIELDS,
    *ACCOUNT_ENDPOINTS,
    *CODES,
    *AWAY,
    Endpoint(
        "POST", "/v1/invitations", "A code for one device", "arrange", _invite, es.InviteBody, es.InvitedReply
    ),
    Endpoint("GET", "/v1/people", "Cases of a key", "work", _people, None, s.ItemsReply, ("key",)),
    Endpoint("GET", "/v1/devices", "Devices of the hall", "arrange", _devices, None, s.ItemsReply),
    Endpoint(
        "POST", "/v1/devices/{device}/revoke", "It leaves", "arrange", _revoke, es.RevokeBody, s.DoneReply
    ),
    Endpoint("POST", "/v1/ratings", "A citizen's answer", "rate", _rate, s.RateBody, s.DoneReply),
    Endpoint(
        "GET", "/v1/feed", "What happened to cases", "push", _feed, None, s.FeedReply, ("scope", "after")
    ),
    Endpoint("GET", "/v1/work", "What lies on a desk", "work", _work, None, ls.WorkReply, ("desk", "limit")),
    Endpoint("GET", "/v1/cases/{case}", "One case and its life", "work", _case, None, ls.CaseShape),
    Endpoint(
        "POST",
        "/v1/cases/{case}/moves",
        "One step of a case's life, once per request id",
        "move",
        _move,
        ls.MoveBody,
        ls.CaseShape,
    ),
    Endpoint(
        "POST",
        "/v1/cases/{case}/looks",
        "Somebody opens what is masked; written down first",
        "work",
        _opened,
        ls.OpenedBody,
        s.DoneReply,
    ),
    Endpoint(
        "POST",
        "/v1/cases/{case}/covers",
        "Parts of a page are covered, once per request id",
        "move",
        _cover,
        ls.CoverBody,
        s.DoneReply,
    ),
    Endpoint(
        "GET",
        "/v1/reasons",
        "Reasons to choose from for an act",
        "work",
        _reasons,
        None,
        ls.ReasonsReply,
        ("act", "region"),
    ),
    Endpoint("POST", "/v1/filings", "A package of filings", "file", _send, s.SendBody, s.DoneReply),
    Endpoint("GET", "/v1/filings", "Packages of filings", "push", _filings, None, s.ItemsReply, ("after",)),
    Endpoint("POST", "/v1/filings/claim", "Take a filing", "act", _claim, s.ClaimBody, s.DoneReply),
    Endpoint("POST", "/v1/filings/release", "Give one back", "act", _release, s.ClaimBody, s.DoneReply),
    Endpoint("POST", "/v1/vouchers", "Whose code is this", "take", _voucher, s.VoucherBody, s.VoucherReply),
    Endpoint("POST", "/v1/card-keys", "Ask the key module", "call", _card_key, KeyBody, KeyReply),
    Endpoint("GET", "/v1/cases", "Cases as the hub sees them", "push", _cases, None, s.ItemsReply),
)
