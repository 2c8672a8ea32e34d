"""Running the HTTP side of a hub: in a thread beside the desk, or as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from counter_app.domain.value import Value
from counter_app.hub.authority import Authority
from counter_app.hub.blobs import Blobs
from counter_app.hub.hall import HallHub
from counter_app.hub.one_write import OneWrite
from counter_app.hub.routes import application
from counter_app.hub.tokens import Bearer
from counter_app.problems import Problem

DOOR_FILE = "hub.door"
_STOP_S = 10


class Served(Value, frozen=True):
    """A hub that answers at `url`."""

    url: str
    port: int


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises Problem `hub-port`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Said in full: asyncio switches Nagle's delay (40 ms per answer) off only for a socket that says TCP.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(256)
    except OSError as error:
        made.close()
        raise Problem("hub-port", "listen", f"{host}:{port}") from error
    return made


class HubServer(uvicorn.Server):
    """Ends the live events before it waits for open questions: who follows would be waited for in vain."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, let go of who follows, answer what is under way."""
        door = self.config.app.state.door  # type: ignore[union-attr]
        door.stopping.set()
        door.bell.ring()
        await super().shutdown(sockets)


def server_for(
    halls: dict[str, HallHub], authority: Authority | None = None, blobs: Blobs | None = None
) -> HubServer:
    """A server that logs no question and no address; with an authority it speaks TLS 1.3 only."""
    config = uvicorn.Config(
        application(halls, authority, blobs),
        http=OneWrite,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nobody asks where a question came from
        timeout_graceful_shutdown=2,
        lifespan="on",
    )
    config.load()
    config.ssl = authority.server() if authority is not None else None
    return HubServer(config)


@contextlib.contextmanager
def serving(
    halls: dict[str, HallHub],
    host: str = "127.0.0.1",
    port: int = 0,
    authority: Authority | None = None,
    blobs: Blobs | None = None,
) -> Iterator[Served]:
    """Serve in a thread until the block is left. Raises Problem `hub-port`, `hub-away`."""
    door = listening(host, port)
    server = server_for(halls, authority, blobs)
    thread = threading.Thread(target=server.run, args=([door],), name="hub-http", daemon=True)
    thread.start()
    try:
        _wait_until_started(server, thread)
        bound = door.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        scheme = "http" if authority is None else "https"
        yield Served(f"{scheme}://{shown}:{bound}", bound)
    finally:
        server.should_exit = True
        thread.join(_STOP_S)
        door.close()


@contextlib.contextmanager
def served_beside(hub: HallHub, folder: Path) -> Iterator[Served]:
    """Serve a desk's own hub on this machine only, for kiosk, board and manager beside it.

    The address and a token made for this run lie in `hub.door` (mode 0600) of the data folder until
    the block is left; a token of an earlier run is worthless.
    """
    with serving({hub.hall: hub}, blobs=Blobs(folder / "hall-pages")) as served:
        token = hub.issue(Bearer(hub.hall, "device"))
        file = folder / DOOR_FILE
        _write_private(file, json.dumps({"url": served.url, "token": token, "hall": hub.hall}))
        try:
            yield served
        finally:
            file.unlink(missing_ok=True)
            hub.revoke(token, "run over")


def _write_private(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    pause = threading.Event()
    while not server.started:
        if not thread.is_alive():
            raise Problem("hub-away")
        pause.wait(0.01)
