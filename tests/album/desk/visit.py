"""A visit from the idle desk to its papers."""

from __future__ import annotations

from typing import Any

from counter_app.services.visit_view import ChoiceView, CrossView
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02, YD01, problem


def idle(qtbot: Any, make: Any) -> Any:
    return make(s.EMPTY, simulated=())


def held(qtbot: Any, make: Any) -> Any:
    return make(s.replace(s.EMPTY, held=s.HELD))


def identify(qtbot: Any, make: Any) -> Any:
    return make(s.CALLED)


def choose(qtbot: Any, make: Any) -> Any:
    return make(s.KNOWN)


def fill(qtbot: Any, make: Any) -> Any:
    return make(s.FILLING)


def table(qtbot: Any, make: Any) -> Any:
    return make(s.replace(s.FILLING, case=BX02))


def errors(qtbot: Any, make: Any) -> Any:
    return make(s.LONG)


def employer(qtbot: Any, make: Any) -> Any:
    return make(s.replace(s.LONG, current_principal="e1"))


def check(qtbot: Any, make: Any) -> Any:
    made = make(s.LONG)
    made.model.go(checking=True)
    return made


def check_table(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.FILLING, case=BX02))
    made.model.go(checking=True)
    return made


def done(qtbot: Any, make: Any) -> Any:
    return make(s.DONE)


def verify(qtbot: Any, make: Any) -> Any:
    waiting = s.replace(s.DONE.tiles[0], provisional=True)
    made = make(
        s.replace(
            s.DONE,
            case=s.replace(s.DONE_CASE, provisional=True),
            tiles=(waiting, *s.DONE.tiles[1:]),
        )
    )
    made.desk.actions_.run("verify")
    return made


def provisional(qtbot: Any, make: Any) -> Any:
    made = verify(qtbot, make)
    made.model.go(aside="")
    return made


def crossed(qtbot: Any, make: Any) -> Any:
    offered = CrossView((ChoiceView("370203", "市北区"),), "370203", "市北区", "insured")
    return make(s.replace(s.FILLING, case=s.replace(YD01, cross=offered)))


def cross(qtbot: Any, make: Any) -> Any:
    made = crossed(qtbot, make)
    made.desk.actions_.run("cross")
    return made


def notice(qtbot: Any, make: Any) -> Any:
    told = problem(
        "voucher-expired",
        "",
        "医保码已失效",
        "医保码约一分钟更换一次，这一个已过期。",
        "请参保人刷新医保码后重扫。",
    )
    made = make(s.KNOWN)
    made.counter.put(notices=(told,))
    qtbot.waitUntil(lambda: bool(made.model.notices.current))
    return made


def prompt(kind: str) -> Any:
    def scene(qtbot: Any, make: Any) -> Any:
        return make(s.replace(s.FILLING, prompt=s.PROMPTS[kind]))

    return scene


SCENES = {
    "idle": idle,
    "held": held,
    "identify": identify,
    "choose": choose,
    "fill": fill,
    "table": table,
    "errors": errors,
    "employer": employer,
    "check": check,
    "check-table": check_table,
    "done": done,
    "verify": verify,
    "provisional": provisional,
    "cross": cross,
    "crossed": crossed,
    "notice": notice,
    **{f"prompt-{kind}": prompt(kind) for kind in s.PROMPTS},
}
