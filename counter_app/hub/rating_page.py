"""The page a telephone opens by the code on a receipt: five levels of one size, none chosen, no script.

It knows no login: the code is what lets somebody in, once. It says the number and nothing about the person.
"""

from __future__ import annotations

import hashlib
import html
import urllib.parse
from collections.abc import Mapping, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from counter_app.domain.ratings import LEVEL_ORDER, LEVELS, choices, reasons_wanted
from counter_app.hub.hall import HallHub
from counter_app.hub.rating_codes import Invited, about
from counter_app.problems import Problem

PATH = "/r/{code}"
_LONGEST = 1 << 14
_STYLE = """
body{font:20px/1.5 sans-serif;margin:0 auto;max-width:34em;padding:16px;color:#14202e;background:#fff}
h1{font-size:26px;margin:.4em 0}
a.level,button{display:block;box-sizing:border-box;width:100%;min-height:64px;margin:12px 0;padding:16px;
border:2px solid #0b4f9e;border-radius:8px;background:#fff;color:#0b4f9e;font:inherit;font-size:22px;
text-align:center;text-decoration:none}
label{display:block;padding:10px 0}input[type=checkbox]{width:24px;height:24px;vertical-align:middle}
p.small{font-size:17px;color:#43536a}
"""


def routes(halls: Mapping[str, HallHub]) -> Sequence[Route]:
    """The page and what it sends."""

    async def answer(request: Request) -> Response:
        try:
            return await (_take(halls, request) if request.method == "POST" else _show(halls, request))
        except Problem as problem:
            return _page(problem.title, f"<p>{_t(problem.cause)}{_t(problem.advice)}</p>", 409)

    return (Route(PATH, answer, methods=["GET", "POST"]),)


async def _show(halls: Mapping[str, HallHub], request: Request) -> Response:
    found = await run_in_threadpool(_about, halls, request.path_params["code"])
    asked = request.query_params.get("level", "")
    if found.is_answered:
        raise Problem("already-rated", "case", found.number)
    if asked.isdecimal() and int(asked) in LEVELS:
        return _page("感谢您的评价", _reasons(int(asked)))
    return _page("请您评价这次服务", _levels(found))


async def _take(halls: Mapping[str, HallHub], request: Request) -> Response:
    code = request.path_params["code"]
    body = await request.body()
    if len(body) > _LONGEST:
        raise Problem("body-large", "", str(_LONGEST))
    given = urllib.parse.parse_qs(body.decode("utf-8", "replace"))
    level = (given.get("level") or [""])[0]
    ticked = tuple(given.get("indicator", ()))
    number = int(level) if level.isdecimal() else -1
    # The same form sent twice is the same answer.
    ask = "r" + hashlib.sha256("|".join((code, level, *sorted(ticked))).encode()).hexdigest()[:40]
    await run_in_threadpool(_keep, halls, code, ask, number, ticked)
    return _page("谢谢，评价已收到", "<p>每件只评价一次，工作人员看不到是谁评的。</p>")


def _about(halls: Mapping[str, HallHub], code: str) -> Invited:
    first = next(iter(halls.values()))
    with first.database.read() as connection:
        found = about(connection, code)
    if found.hall not in halls:
        raise Problem("rating-code", "code", "不是本大厅的评价码")
    return found


def _keep(halls: Mapping[str, HallHub], code: str, ask: str, level: int, ticked: tuple[str, ...]) -> bool:
    return halls[_about(halls, code).hall].rate_by_code(ask, code, level, ticked)


def _levels(found: Invited) -> str:
    links = "".join(f'<a class="level" href="?level={n}">{LEVELS[n]}</a>' for n in LEVEL_ORDER)
    number = f'<p class="small">办件编号 {_t(found.number)}</p>'
    return f'{number}{links}<p class="small">不想评价，关闭本页即可。</p>'


def _reasons(level: int) -> str:
    why = "请告诉我们哪里没做好，可多选。" if reasons_wanted(level) else "可以勾选，也可以直接提交。"
    ticks = "".join(
        f'<label><input type="checkbox" name="indicator" value="{one.code}"> {_t(one.text)}</label>'
        for one in choices(level)
    )
    hidden = f'<input type="hidden" name="level" value="{level}">'
    return (
        f"<p>您选择的是：{LEVELS[level]}。{why}</p>"
        f'<form method="post">{hidden}{ticks}<button>提交评价</button></form>'
        '<a class="level" href="?">重选</a>'
    )


def _page(title: str, inside: str, status: int = 200) -> Response:
    text = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_t(title)}</title><style>{_STYLE}</style><h1>{_t(title)}</h1>{inside}</html>"
    )
    safe = {
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
        "referrer-policy": "no-referrer",
    }
    return HTMLResponse(text, status, headers=safe)


def _t(text: str) -> str:
    return html.escape(text)
