"""`PUT` and `GET /v1/blobs/{hash}`: raw bytes over HTTP, so not among the JSON questions."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from counter_app.hub.blobs import LARGEST, Blobs
from counter_app.hub.door import Door
from counter_app.problems import Problem

_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")


def put(door: Door) -> Callable[[Request], Awaitable[Response]]:
    """Take in a page, whole or by `Content-Range`; 201 when it is whole, 202 with `Range` when not."""

    async def answer(request: Request) -> Response:
        bearer = await door.bearer(request)
        if not (bearer.may("push") or bearer.may("bring")):
            raise Problem("token-role", "authorization", bearer.role)
        blobs, name = _blobs(door), request.path_params["hash"]
        piece = await _body(request)
        start, total = _place(request.headers.get("content-range", ""), len(piece))
        held = await run_in_threadpool(blobs.add, bearer.hall, name, piece, start, total)
        if held < 0:
            return Response(status_code=201)
        return Response(status_code=202, headers={"range": f"bytes=0-{held - 1}"})

    return answer


def get(door: Door) -> Callable[[Request], Awaitable[Response]]:
    """A page as it was sealed, for whoever may see pages."""

    async def answer(request: Request) -> Response:
        bearer = await door.bearer(request)
        if not bearer.may("page"):
            raise Problem("token-role", "authorization", bearer.role)
        data = await run_in_threadpool(_blobs(door).read, bearer.hall, request.path_params["hash"])
        return Response(data, media_type="application/octet-stream")

    return answer


def _blobs(door: Door) -> Blobs:
    if door.blobs is None:
        raise Problem("blob-off", "blob")
    return door.blobs


async def _body(request: Request) -> bytes:
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > LARGEST:
            raise Problem("body-large", "blob", str(LARGEST))
        pieces.append(piece)
    return b"".join(pieces)


def _place(said: str, length: int) -> tuple[int, int]:
    """Where a piece begins and how long the page is. Raises Problem `body-broken`."""
    if not said:
        return 0, length
    match = _RANGE.fullmatch(said)
    if match is None or int(match[2]) - int(match[1]) + 1 != length:
        raise Problem("body-broken", "Content-Range", "Content-Range 应写作 bytes 0-99/300，且与内容等长")
    return int(match[1]), int(match[3])
