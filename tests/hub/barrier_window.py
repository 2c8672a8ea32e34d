"""One window in a process of its own: `python -m tests.hub.barrier_window URL TOKEN WINDOW SEED` reads `go`.

It calls until nobody waits. Now and then it loses a reply and asks again, with the same id or a new one,
forgets what it did, or is killed while somebody is at the window. Each person it finished is one line.
"""

from __future__ import annotations

import os
import random
import signal
import sys

from counter_app.domain.actor import Actor
from counter_app.problems import Problem
from counter_app.sync.remote_hub import RemoteHub


class Window:
    """Presses, and is unlucky with a seed."""

    def __init__(self, url: str, token: str, name: str, seed: int) -> None:
        self.hub = RemoteHub(url, token, timeout_s=60.0)
        self.name, self.chance = name, random.Random(seed)
        self.actor = Actor(f"G{name}", "", ("clerk",), "", name)
        self.run = f"{name}-{os.getpid()}"
        self.asked = 0

    def id(self) -> str:
        self.asked += 1
        return f"{self.run}-{self.asked}"

    def call(self) -> str | None:
        """A call whose reply may be lost; asked again it must be the same person."""
        call_id = self.id()
        ticket = self.hub.call(self.name, call_id, self.actor)
        if ticket is None:
            return None
        if self.chance.random() < 0.2:
            again = self.hub.call(self.name, self.chance.choice([call_id, self.id()]), self.actor)
            assert again is not None
            assert again.ticket_id == ticket.ticket_id, (ticket, again)
        self.number = ticket.number
        return ticket.ticket_id

    def serve(self, ticket_id: str) -> None:
        """Serve and finish; each verb may be sent twice. A kill leaves the person with this window."""
        for verb in ("serve", "done"):
            if self.chance.random() < 0.004:
                os.kill(os.getpid(), signal.SIGKILL)
            request = self.id()
            for _ in range(2 if self.chance.random() < 0.1 else 1):
                self.hub.act(ticket_id, verb, request, self.actor)


def main(url: str, token: str, name: str, seed: str) -> None:
    window = Window(url, token, name, int(seed))
    window.hub.line(name)  # connected before the barrier falls
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    while True:
        try:
            ticket_id = window.call()
            if ticket_id is None:
                break
            window.serve(ticket_id)
        except Problem as problem:
            if problem.code not in ("hub-away", "call-lapsed"):
                raise
            continue
        sys.stdout.write(f"done {window.number}\n")
        sys.stdout.flush()
    sys.stdout.write("end\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
