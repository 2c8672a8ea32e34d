"""Following a hub's live events: what was missed first, then what happens; for as long as it takes.

One connection, read line by line on the caller's thread. When it breaks, the next one says where the
last event stood (`Last-Event-ID`), so nothing is told twice and nothing is left out.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.sync.doors import Where
from counter_app.sync.pinned import pinned

_SILENCE_S = 40.0  # the hub says something every 15 s: longer than this and the line is dead
_WAITS_S = (0.2, 0.5, 1.0, 2.0, 4.0)
_HOPELESS = ("token-unknown", "device-revoked", "token-role", "setting-value", "hub-keys")
_LONGEST_LINE = 1 << 20
_log = logging.getLogger(__name__)


class Told(Value, frozen=True):
    """One live event: its number, its kind, what it says."""

    serial: int
    kind: str
    data: Mapping[str, Any]


class LiveEvents:
    """One hub's events. `where` gives its address and a token anew for each connection.

    `opened` is called at each new connection, when the hub has said where its events stand; `lost` once
    for each break. Both and `tell` are called on the following thread.
    """

    def __init__(self, where: Where, silence_s: float = _SILENCE_S) -> None:
        self._where, self._silence = where, silence_s
        self._link: http.client.HTTPConnection | None = None
        self._answer: http.client.HTTPResponse | None = None
        self._stop = threading.Event()
        self._tries = 0
        self.last: int | None = None

    def follow(
        self, tell: Callable[[Told], None], opened: Callable[[], None], lost: Callable[[], None]
    ) -> None:
        """Follow until `close`. Raises Problem `token-unknown`, `token-role`, `setting-value`."""
        while not self._stop.is_set():
            try:
                for told in self._connected(opened):
                    self.last = told.serial
                    if told.data:
                        tell(told)
            except (OSError, http.client.HTTPException, ValueError, Problem) as error:
                if isinstance(error, Problem) and error.code in _HOPELESS:
                    raise
                _log.info("live events broke off: %s", type(error).__name__)
            finally:
                self._hang_up()
            if self._stop.is_set():
                return
            if self._tries == 0:
                lost()
            self._stop.wait(_WAITS_S[min(self._tries, len(_WAITS_S) - 1)])
            self._tries += 1

    def close(self) -> None:
        """Stop following; the thread that follows returns soon."""
        self._stop.set()
        link = self._link
        if link is not None and link.sock is not None:
            with contextlib.suppress(OSError):  # it was gone already
                link.sock.shutdown(socket.SHUT_RDWR)

    def _connected(self, opened: Callable[[], None]) -> Iterator[Told]:
        url, token, ca = self._where()
        link = self._link = _link(url, ca, self._silence)
        named = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
        if self.last is not None:
            named["Last-Event-ID"] = str(self.last)
        link.request("GET", "/v1/events", headers=named)
        self._answer = response = link.getresponse()
        if self._stop.is_set():  # closed while there was no line yet to be cut
            return
        if response.status in (401, 403):
            raise Problem("token-unknown" if response.status == 401 else "token-role", "token")
        if response.status != 200 or "event-stream" not in (response.headers.get("content-type") or ""):
            raise ValueError("not the hub's events")
        for nth, told in enumerate(_events(response)):
            if nth == 0:  # it says where the events stand
                self._tries = 0
                self.last = told.serial
                opened()
            yield told

    def _hang_up(self) -> None:
        if self._answer is not None:
            self._answer.close()
        if self._link is not None:
            self._link.close()
        self._link = self._answer = None


def _link(url: str, ca: str, timeout: float) -> http.client.HTTPConnection:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Problem("setting-value", "hub", url)
    if parts.scheme == "http":
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    tls = pinned(ca) if ca else None
    return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=timeout, context=tls)


def _events(response: http.client.HTTPResponse) -> Iterator[Told]:
    """The events of one answer, until it ends. Raises ValueError for what is none."""
    named: dict[str, str] = {}
    while line := response.readline(_LONGEST_LINE):
        text = line.decode("utf-8").rstrip("\r\n")
        if text.startswith(":"):
            continue
        if not text:
            if "id" in named:  # without data it only says where the events stand
                yield Told(int(named["id"]), named.get("event", ""), json.loads(named.get("data", "{}")))
            named = {}
            continue
        name, _, value = text.partition(":")
        named[name] = value.removeprefix(" ")
