"""Following a real hub over HTTP: nothing twice, nothing left out, whatever happens to the line."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.domain.actor import Actor
from counter_app.hub.authority import authority_in
from counter_app.hub.local import LocalHub
from counter_app.hub.server import serving
from counter_app.problems import Problem
from counter_app.sync import doors
from counter_app.sync.board_feed import BoardFeed
from counter_app.sync.live import LiveEvents, Told
from counter_app.sync.member import join
from counter_app.wire.enrol import told
from tests.fakes.hall import HALL, Hall, open_hall
from tests.fakes.office import HandClock
from tests.hub.stores import RULES


class Follower:
    """Keeps what was told; tests wait on it."""

    def __init__(self, where: doors.Where) -> None:
        self.live = LiveEvents(where)
        self.told: list[Told] = []
        self.opened = self.lost = 0
        self.problem: Problem | None = None
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.live.follow(self._hear, lambda: self._count("opened"), lambda: self._count("lost"))
        except Problem as problem:
            self.problem = problem
        with self._news:
            self._news.notify_all()

    def _hear(self, told: Told) -> None:
        with self._news:
            self.told.append(told)
            self._news.notify_all()

    def _count(self, what: str) -> None:
        with self._news:
            setattr(self, what, getattr(self, what) + 1)
            self._news.notify_all()

    def wait(self, until: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(until, 15), (self.opened, self.lost, self.told, self.problem)

    def close(self) -> None:
        self.live.close()
        self._thread.join(60)
        assert not self._thread.is_alive()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with open_hall(tmp_path) as made:
        yield made


@pytest.fixture
def follow() -> Iterator[Callable[[doors.Where], Follower]]:
    made: list[Follower] = []

    def start(where: doors.Where) -> Follower:
        made.append(Follower(where))
        return made[-1]

    yield start
    for one in made:
        one.close()


def test_what_happens_is_told_as_it_happens(hall: Hall, follow: Callable[..., Follower]) -> None:
    follower = follow(hall.where)
    follower.wait(lambda: follower.opened == 1)
    hall.take()
    called = hall.call("3")
    follower.wait(lambda: len(follower.told) == 2)
    assert [one.kind for one in follower.told] == ["taken", "called"]
    data = follower.told[1].data
    assert (data["number"], data["window"], data["state"]) == (called.number, "3", "called")
    assert "person" not in data
    assert "note" not in data


def test_after_a_break_only_what_was_missed_is_told(hall: Hall, follow: Callable[..., Follower]) -> None:
    follower = follow(hall.where)
    follower.wait(lambda: follower.opened == 1)
    hall.take()
    follower.wait(lambda: len(follower.told) == 1)
    hall.shut()
    follower.wait(lambda: follower.lost == 1)
    hall.take()
    hall.call("1")
    hall.open()
    follower.wait(lambda: len(follower.told) == 3)
    assert [one.kind for one in follower.told] == ["taken", "taken", "called"]
    assert (follower.opened, follower.lost) == (2, 1)


def test_what_happened_before_the_first_event_is_not_lost_either(
    hall: Hall, follow: Callable[..., Follower]
) -> None:
    """A line that broke before anything was told: the hub said at the start where its events stand."""
    follower = follow(hall.where)
    follower.wait(lambda: follower.opened == 1 and follower.live.last is not None)
    hall.shut()
    follower.wait(lambda: follower.lost == 1)
    hall.take()
    hall.open()
    follower.wait(lambda: len(follower.told) == 1)
    assert [told.kind for told in follower.told] == ["taken"]


def test_another_store_behind_the_same_door_is_followed_from_its_start(
    tmp_path: Path, follow: Callable[..., Follower]
) -> None:
    """A training hub forgets everything; a board that knew fact 900 must not wait for 901."""
    with open_hall(tmp_path) as hall:
        follower = follow(hall.where)
        follower.wait(lambda: follower.opened == 1)
        follower.live.last = 900
        hall.shut()
        follower.wait(lambda: follower.lost == 1)
        hall.open()
        follower.wait(lambda: follower.opened == 2)
        hall.take()
        follower.wait(lambda: len(follower.told) == 1)
        assert [told.kind for told in follower.told] == ["taken"]
        follower.close()


def test_a_worthless_token_is_said_at_once(hall: Hall, follow: Callable[..., Follower]) -> None:
    follower = follow(lambda: (hall.where()[0], "worthless", ""))
    follower.wait(lambda: follower.problem is not None)
    assert follower.problem is not None
    assert follower.problem.code == "token-unknown"


def test_a_door_that_is_not_there_yet_is_tried_again(
    hall: Hall, tmp_path: Path, follow: Callable[..., Follower]
) -> None:
    door = doors.beside(tmp_path / "desk")
    follower = follow(door)
    follower.wait(lambda: follower.lost == 1)
    (tmp_path / "desk").mkdir()
    url, token, _ = hall.where()
    (tmp_path / "desk" / doors.DOOR_FILE).write_text(f'{{"url": "{url}", "token": "{token}"}}')
    follower.wait(lambda: follower.opened == 1)
    assert follower.problem is None


def test_a_page_that_is_not_the_hubs_is_no_answer(follow: Callable[..., Follower]) -> None:
    """A captive portal answers 200 with a page of its own."""
    import http.server

    class Portal(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html>please log in</html>")

        def log_message(self, *args: object) -> None:
            """Silent."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal) as portal:
        threading.Thread(target=portal.serve_forever, args=(0.02,), daemon=True).start()
        follower = follow(lambda: (f"http://127.0.0.1:{portal.server_address[1]}", "t", ""))
        follower.wait(lambda: follower.lost == 1)
        assert (follower.opened, follower.told) == (0, [])
        portal.shutdown()


@pytest.mark.parametrize("text", ["", "not json", "{}", '{"url": 1}'])
def test_a_broken_door_file_means_nobody_is_there(tmp_path: Path, text: str) -> None:
    (tmp_path / doors.DOOR_FILE).write_text(text)
    with pytest.raises(Problem) as refused:
        doors.beside(tmp_path)()
    assert refused.value.code == "hub-away"


def test_a_board_that_joined_follows_over_its_pinned_authority(
    tmp_path: Path, follow: Callable[..., Follower]
) -> None:
    authority = authority_in(tmp_path / "tls", ["127.0.0.1"])
    (tmp_path / "hub").mkdir()
    hub = LocalHub(tmp_path / "hub", bytes(32), HALL, HandClock(), RULES)
    with serving({HALL: hub}, authority=authority) as served:
        words = told(hub.invite("board", Actor("", "", ("system",)), "", "大屏"), authority.fingerprint)
        join(tmp_path / "board", served.url, words)
        follower = follow(doors.beside(tmp_path / "board"))
        follower.wait(lambda: follower.opened == 1)
        hub.take("t1")
        follower.wait(lambda: len(follower.told) == 1)
        assert BoardFeed(doors.beside(tmp_path / "board")).look()[0][0].waiting == 1
        follower.close()
    hub.close()
