"""HTTP over the hub, and nothing else: decode, ask, encode. Every refusal has the one problems shape."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from counter_app import __version__
from counter_app.hub import openapi, pages, rating_page
from counter_app.hub.ask import Ask, Endpoint
from counter_app.hub.authority import Authority
from counter_app.hub.blobs import Blobs
from counter_app.hub.door import Door
from counter_app.hub.endpoints import ENDPOINTS
from counter_app.hub.enrol_shapes import EnrolBody
from counter_app.hub.events import stream
from counter_app.hub.hall import HallHub
from counter_app.hub.lane import HubLane
from counter_app.hub.shapes import BatchReply, HealthReply
from counter_app.problems import Problem, Problems

LARGEST_BODY = 4 << 20
_STATUS: Mapping[str, int] = {
    "token-unknown": 401,
    "token-role": 403,
    "supervisor-needed": 403,
    "enrol-code": 403,
    "enrol-proof": 403,
    "enrol-wait": 429,
    "not-found": 404,
    "verb-unknown": 404,
    "body-large": 413,
    "body-broken": 422,
    "group-unknown": 422,
    "class-unknown": 422,
    "need-unknown": 422,
    "notice-unknown": 422,
    "carry-day": 422,
    "booking-time": 422,
    "usage": 422,
    "reason-needed": 422,
    "rating-level": 422,
    "rating-indicator": 422,
    "rating-code": 422,
    "kept-unknown": 404,
    "move-role": 403,
    "move-unknown": 422,
    "cover-boxes": 422,
    "reason-unlisted": 422,
    "amount-needed": 422,
    "amount-wrong": 422,
    "days-needed": 422,
    "desk-needed": 422,
    "delivery-way": 422,
    "hub-away": 503,
    "blob-off": 404,
    "store-write": 503,
    "device-revoked": 403,
    "batch-unsigned": 403,
    "batch-signature": 403,
    "hub-paper": 422,
    "scope-unknown": 404,
    "exception-way": 422,
    "package-broken": 422,
}
_log = logging.getLogger(__name__)
Answer = Callable[[Request], Awaitable[Response]]


def application(
    halls: Mapping[str, HallHub], authority: Authority | None = None, blobs: Blobs | None = None
) -> Starlette:
    """The hub as an ASGI application over halls that share one store; `authority` is what devices pin."""
    door = Door(halls, authority, blobs)
    if authority is not None:
        for hall in halls.values():
            hall.root = authority.people_root(hall.hall)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        yield
        door.stopping.set()

    routes = [Route(e.path, _counted(door, e.path, _answer(door, e)), methods=[e.method]) for e in ENDPOINTS]
    routes += [
        Route("/v1/events", _counted(door, "/v1/events", _events(door)), methods=["GET"]),
        Route("/v1/blobs/{hash}", _counted(door, "/v1/blobs", pages.put(door)), methods=["PUT"]),
        Route("/v1/blobs/{hash}", _counted(door, "/v1/blobs", pages.get(door)), methods=["GET"]),
        Route("/v1/ca", _counted(door, "/v1/ca", _authority(door)), methods=["GET"]),
        Route("/v1/enrol", _counted(door, "/v1/enrol", _enrol(door)), methods=["POST"]),
        Route("/health", _counted(door, "/health", _health(door)), methods=["GET"]),
        Route("/metrics", _metrics(door), methods=["GET"]),
        Route("/openapi.json", _described, methods=["GET"]),
        *rating_page.routes(halls),
    ]
    app = Starlette(routes=routes, lifespan=life, exception_handlers={HTTPException: _http_refusal})
    app.state.door = door
    return app


# --- answering ----------------------------------------------------------------------------------
def _answer(door: Door, endpoint: Endpoint) -> Answer:
    decoder = msgspec.json.Decoder(endpoint.body) if endpoint.body is not None else None

    async def answer(request: Request) -> Response:
        bearer = await door.bearer(request, endpoint.from_left)
        if not bearer.has_left and not bearer.may(endpoint.may):
            raise Problem("token-role", "authorization", bearer.role)
        body = await _body(request, decoder) if decoder is not None else None
        hall = door.halls[bearer.hall]
        if endpoint.method != "GET":
            hall.refuse_fenced()
        ask = Ask(hall, bearer, request.path_params, request.query_params, body)
        request.state.ask = ask  # lives until the answer has left: throwing a large batch away takes a while
        reply = await _admitted(door, endpoint, ask)
        if endpoint.method != "GET":
            door.bell.ring()
        return Response(status_code=204) if reply is None else _json(reply)

    return answer


async def _admitted(door: Door, endpoint: Endpoint, ask: Ask) -> Any:
    """Facts are handed over by so many at once, everything else as it comes.

    A place is taken only when the whole question is here: who sends slowly keeps nobody out.
    """
    if endpoint.path not in ("/v1/batches", "/v1/brought") or endpoint.method == "GET":
        return await _asked(door, endpoint, ask)
    wait = door.crowd.enter(time.monotonic())
    if wait:
        return BatchReply(verdicts=[], retry_after=wait)
    try:
        return await _asked(door, endpoint, ask)
    finally:
        door.crowd.leave(time.monotonic())


async def _asked(door: Door, endpoint: Endpoint, ask: Ask) -> Any:
    """Ask where it costs least: what a press writes goes together with what else has just been pressed."""
    lane = ask.hall.lane
    if endpoint.brief:
        return await door.turn(lane).ask(lambda _: endpoint.run(ask))
    if endpoint.method == "GET" or not isinstance(lane, HubLane):
        return await run_in_threadpool(endpoint.run, ask)
    return await asyncio.wrap_future(lane.submit(lambda _: endpoint.run(ask)))


async def _body(request: Request, decoder: msgspec.json.Decoder[Any]) -> Any:
    """The decoded body. Raises Problem `body-large`, `body-broken`."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > LARGEST_BODY:
            raise Problem("body-large", "", str(LARGEST_BODY))
        pieces.append(piece)
    try:
        return decoder.decode(b"".join(pieces))
    except (msgspec.DecodeError, RecursionError) as error:
        raise Problem("body-broken", "body", str(error)[:200]) from error


def _counted(door: Door, path: str, answer: Answer) -> Answer:
    """Refusals in the one shape; anything else is our bug, logged without what was asked."""

    async def counted(request: Request) -> Response:
        start = time.perf_counter()
        try:
            response = await answer(request)
        except Problem as problem:
            response = _refusal([problem])
        except Problems as several:
            response = _refusal(several.problems)
        except ClientDisconnect:
            response = Response(status_code=400)
        except Exception:
            _log.exception("a question of %s %s failed", request.method, path)
            response = _refusal([Problem("unknown", "", "hub")], 500)
        door.asked[path, response.status_code] += 1
        door.seconds[path] += time.perf_counter() - start  # type: ignore[assignment]
        return response

    return counted


def _refusal(problems: list[Problem], status: int = 0) -> Response:
    chosen = status or _STATUS.get(problems[0].code, 409)
    return _json({"problems": [problem.as_dict() for problem in problems]}, chosen)


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _http_refusal(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = "not-found" if status == 404 else "body-broken"
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    response = _refusal([Problem(code, "path", request.method)], status)
    response.headers.update(headers)
    return response


# --- open to everybody ----------------------------------------------------------------------------
def _authority(door: Door) -> Answer:
    async def authority(request: Request) -> Response:
        return _json(door.told())

    return authority


def _enrol(door: Door) -> Answer:
    decoder = msgspec.json.Decoder(EnrolBody)

    async def enrol(request: Request) -> Response:
        body = await _body(request, decoder)
        return _json(await run_in_threadpool(door.enrol, body))

    return enrol


def _health(door: Door) -> Answer:
    async def health(request: Request) -> Response:
        first = next(iter(door.halls.values()))
        await run_in_threadpool(first.today_is_known)
        return _json(HealthReply(ok=True, version=__version__, database=first.database.dialect))

    return health


def _metrics(door: Door) -> Answer:
    async def metrics(request: Request) -> Response:
        lines = ["# TYPE onewindow_requests_total counter"]
        lines += [
            f'onewindow_requests_total{{path="{path}",status="{status}"}} {count}'
            for (path, status), count in sorted(door.asked.items())
        ]
        lines.append("# TYPE onewindow_seconds_total counter")
        lines += [
            f'onewindow_seconds_total{{path="{path}"}} {spent:.6f}'
            for path, spent in sorted(door.seconds.items())
        ]
        return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")

    return metrics


async def _described(request: Request) -> Response:
    return _json(openapi.document())


def _events(door: Door) -> Answer:
    async def events(request: Request) -> Response:
        bearer = await door.bearer(request)
        last = request.headers.get("last-event-id", "")
        if last and not (last.isascii() and last.isdecimal() and len(last) <= 15):
            raise Problem("body-broken", "Last-Event-ID", "Last-Event-ID 应为整数")
        told = stream(door.halls[bearer.hall], int(last) if last else None, door.bell, door.stopping)
        return StreamingResponse(told, media_type="text/event-stream", headers={"cache-control": "no-store"})

    return events
