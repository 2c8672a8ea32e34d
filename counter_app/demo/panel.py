"""The actions of the training panel: what a newcomer can let happen in the demo hall."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from counter_app.demo.beside import panel
from counter_app.demo.hall import DemoHall
from counter_app.problems import Problem
from counter_app.services.training import SimulatedAction
from drivers.simulate import Refused

TROUBLES = (
    ("mute", "卡没有应答"),
    ("pull", "读到一半被拔出"),
    ("wrong", "不是社保卡"),
)


PAGES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("放一页材料", "lay", {"sheet": "a4", "text": "PAGE 1"}),
    ("放歪的一页", "lay", {"sheet": "a4_across", "text": "PAGE 2", "tilt": "9"}),
    ("放身份证", "lay", {"sheet": "card", "text": "CARD", "tilt": "-4"}),
    ("拿走材料", "lift", {}),
    ("拔掉高拍仪", "unplug", {}),
    ("接上高拍仪", "plug", {}),
)


def actions(hall: DemoHall, people: Mapping[str, str]) -> tuple[SimulatedAction, ...]:
    """Everything the panel lists; `people` maps keys to names."""
    found = [SimulatedAction("取一个号", "取号机", partial(_take_ticket, hall), "等候的人多一位")]
    found += [
        SimulatedAction(f"插卡　{name}", "读卡器", partial(_device, hall, "card", "insert", {"card": key}))
        for key, name in people.items()
    ]
    found.append(SimulatedAction("取走卡", "读卡器", partial(_device, hall, "card", "remove", {})))
    found += [
        SimulatedAction(f"放身份证　{name}", "身份证", partial(_device, hall, "idcard", "lay", {"card": key}))
        for key, name in people.items()
    ]
    found.append(SimulatedAction("拿起身份证", "身份证", partial(_device, hall, "idcard", "lift", {})))
    first = next(iter(people), "")
    found += [
        SimulatedAction(
            f"插卡　{title}",
            "读卡器故障",
            partial(_device, hall, "card", "insert", {"card": first, "trouble": code}),
        )
        for code, title in TROUBLES
    ]
    found += [
        SimulatedAction(
            f"医保码　{name}", "扫码枪", partial(_device, hall, "scanner", "voucher", {"person": key})
        )
        for key, name in people.items()
    ]
    found.append(
        SimulatedAction(
            "过期的医保码", "扫码枪", partial(_device, hall, "scanner", "old_voucher", {"person": first})
        )
    )
    found += [
        SimulatedAction(title, "高拍仪", partial(_device, hall, "document_camera", action, given))
        for title, action, given in PAGES
    ]
    found += panel(hall)
    found += [
        SimulatedAction(
            "取走打印机", "打印机", partial(hall.tray.set, "absent"), "之后的单据打印会失败，可补打"
        ),
        SimulatedAction("接回打印机", "打印机", partial(hall.tray.set, "mend")),
        SimulatedAction("断开网络", "网络", partial(_cable, hall, False)),
        SimulatedAction("恢复网络", "网络", partial(_cable, hall, True)),
    ]
    return tuple(found)


def _device(hall: DemoHall, name: str, action: str, given: Mapping[str, str]) -> str:
    try:
        return hall.simulators.device(name).do(action, given)
    except Refused as refused:
        missing = hall.simulators.missing.get(name)
        detail = f"{refused} {missing.code if missing else ''}".strip()
        raise Problem("device-unavailable", name, detail) from refused


def _take_ticket(hall: DemoHall) -> str:
    return hall.office.ports.hub.take(hall.office.new_id()).number


def _cable(hall: DemoHall, whole: bool) -> None:
    hall.cable.whole = whole
