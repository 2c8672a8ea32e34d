"""Floor: the same two routes over the same server, without a database: body read, an answer of the same size.

usage: bare_route.py     prints `{"port": …}`, serves until it is killed
"""

import json
import socket
import sys

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class Body(msgspec.Struct):
    request_id: str = ""
    call_id: str = ""
    group: str = ""
    priority: str = ""


TICKET = {"id": "6f6e6577-696e-646f-7720-7469636b6574", "number": "A001", "state": "waiting", "window": ""}
TICKET |= {
    "group": "general",
    "class": "ordinary",
    "taken_at": "2026-11-23T09:00:00+08:00",
    "called_at": None,
}
TICKET |= {"recalls": 0, "due_key": 1795400000000, "person": "", "note": "", "needs": [], "helper": ""}
decoder = msgspec.json.Decoder(Body)


def answer(body):
    return {
        "id": TICKET["id"],
        "number": "A001",
        "ahead": 3,
        "wait_low_min": 1,
        "wait_high_min": 9,
        "ticket": TICKET,
    }


async def route(request: Request) -> Response:
    if not request.headers.get("authorization", "").startswith("Bearer "):
        return Response(status_code=401)
    body = decoder.decode(await request.body())
    made = await run_in_threadpool(answer, body)
    return Response(msgspec.json.encode(made), media_type="application/json")


paths = ("/v1/tickets", "/v1/windows/{window}/call", "/v1/tickets/{ticket}/{verb}")
app = Starlette(routes=[Route(path, route, methods=["POST"]) for path in paths])
door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
door.bind(("127.0.0.1", 0))
door.listen(256)
sys.stdout.write(json.dumps({"port": door.getsockname()[1]}) + "\n")
sys.stdout.flush()
uvicorn.Server(uvicorn.Config(app, http="h11", log_config=None, access_log=False, server_header=False)).run(
    [door]
)
