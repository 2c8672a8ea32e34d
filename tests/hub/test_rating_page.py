"""Rating by the code of a receipt: over HTTP from a telephone, and by a kiosk; once, and until its day."""

from __future__ import annotations

import http.client
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.ratings import LEVEL_ORDER, LEVELS
from counter_app.hub import ratings
from counter_app.hub.local import LocalHub
from counter_app.hub.server import Served, serving
from counter_app.problems import Problem
from counter_app.seals.rating_codes import digest, made
from tests.documents.samples import SECRETS
from tests.hub.envelopes import accepted, envelope
from tests.hub.stores import HALL, RULES, HandClock

NUMBER = "261123-001-K7Q-0001-5"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock) -> Iterator[LocalHub]:
    opened = LocalHub(tmp_path, bytes(32), HALL, clock, RULES)
    yield opened
    opened.close()


@pytest.fixture
def served(hub: LocalHub) -> Iterator[Served]:
    with serving({HALL: hub}) as found:
        yield found


def invite(hub: LocalHub, case_id: str = "case-1", until: str = "2026-12-23", seq: int = 1) -> str:
    code = made(case_id, NUMBER, until, SECRETS.sign)
    body = {"number": NUMBER, "digest": digest(code), "until": until}
    verdicts = hub.push(
        [
            accepted(seq, NUMBER, case_id=case_id),
            envelope(seq + 1, "rating.invited", body, case_id=case_id),
        ]
    )
    assert [one["verdict"] for one in verdicts] == ["accepted", "accepted"]
    return code


def ask(served: Served, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, str]:
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    sent = urllib.parse.urlencode(form).encode() if form is not None else None
    link.request("POST" if form is not None else "GET", path, sent)
    response = link.getresponse()
    text = response.read().decode("utf-8")
    link.close()
    return response.status, text


def counted(hub: LocalHub) -> dict[int, int]:
    with hub.database.read() as connection:
        return dict(ratings.counted(connection, HALL))


def test_five_buttons_of_one_kind_and_none_chosen(hub: LocalHub, served: Served) -> None:
    status, page = ask(served, f"/r/{invite(hub)}")
    assert status == 200
    assert NUMBER in page
    buttons = re.findall(r'<a class="(\w+)" href="\?level=(\d)">([^<]+)</a>', page)
    assert [(kind, int(n), words) for kind, n, words in buttons] == [
        ("level", n, LEVELS[n]) for n in LEVEL_ORDER
    ]
    assert "checked" not in page
    assert "<script" not in page


@pytest.mark.parametrize("level", LEVEL_ORDER)
def test_every_level_can_be_given_and_only_once(hub: LocalHub, served: Served, level: int) -> None:
    path = f"/r/{invite(hub)}"
    status, page = ask(served, f"{path}?level={level}")
    assert (status, f'name="level" value="{level}"' in page) == (200, True)
    ticks = re.findall(r'name="indicator" value="(\d+)"', page)
    assert len(ticks) == 9
    form = [("level", str(level)), ("indicator", ticks[0])]
    assert ask(served, path, form)[0] == 200
    assert ask(served, path, form)[0] == 200, "the same form sent twice is one answer"
    assert counted(hub) == {level: 1}
    status, page = ask(served, path, [("level", str(level % 5 + 1))])
    assert (status, "已经评价过" in page) == (409, True)
    assert "已经评价过" in ask(served, path)[1]
    assert [one.level for one in hub.follow_ups()] == ([level] if level < 3 else [])


def test_a_skipped_screen_leaves_the_code_good(hub: LocalHub, served: Served) -> None:
    code = invite(hub)
    hub.rate("screen", "case-1", 0)
    assert counted(hub) == {0: 1}
    assert ask(served, f"/r/{code}", [("level", "4")])[0] == 200
    assert counted(hub) == {4: 1}


def test_codes_that_are_not_good(hub: LocalHub, served: Served, clock: HandClock) -> None:
    forged = made("case-1", NUMBER, "2027-12-31", SECRETS.sign)
    code = invite(hub)
    assert "还没有传到" in ask(served, f"/r/{forged}")[1]
    assert "评价码不能使用" in ask(served, "/r/nothing")[1]
    assert ask(served, f"/r/{code}", [("level", "9")])[0] == 409
    assert ask(served, f"/r/{code}", [("level", "5"), ("indicator", "115")])[0] == 409
    assert ask(served, f"/r/{code}", [("level", "5" * 20_000)])[0] == 409
    clock.pass_(hours=24 * 31)
    assert "到期" in ask(served, f"/r/{code}", [("level", "5")])[1]
    assert counted(hub) == {}


def test_a_kiosk_hands_over_what_it_scanned(hub: LocalHub) -> None:
    code = invite(hub)
    scanned = f"https://hall.example/r/{code}"
    assert hub.invited(scanned).number == NUMBER
    assert hub.rate_by_code("k1", scanned, 2, ("213", "000"))
    assert not hub.rate_by_code("k1", scanned, 2, ("213", "000"))
    assert hub.follow_ups()[0].indicators == ("窗口人员业务不熟练", "其他原因")
    with pytest.raises(Problem, match="already-rated"):
        hub.rate_by_code("k2", code, 5)
