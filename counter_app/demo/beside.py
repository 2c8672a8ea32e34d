"""What stands before the citizen in a demo hall, plugged into the desk by a press or from another terminal.

The simulators run once the window is ready; the desk knows none of them until it is told which device plays
which role, as a technician does on the device page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from counter_app.demo.hall import DemoHall
from counter_app.problems import Problem
from counter_app.services.training import SimulatedAction
from drivers.protocols import Fault
from drivers.simulate import Action, Choice, ControlServer, Parameter, Refused, Remote

Act = tuple[str, str, Mapping[str, str]]  # its title, the device's action, what it is given
_SIGN: Act = ("群众签字", "sign", {})
_PIN: Act = ("群众输入密码", "type", {})
# By role: its group of the panel, what changes for the desk, and what the citizen may do then.
PANEL: Mapping[str, tuple[str, str, tuple[Act, ...]]] = {
    "led": ("窗口屏", "窗口上方的条屏跟着办理走", (("看窗口屏", "look", {}),)),
    "rater": (
        "评价器",
        "之后由评价器请群众评价",
        (
            ("按“非常满意”", "press", {"level": "5"}),
            ("按“不满意”", "press", {"level": "2"}),
            ("按“不评价”", "skip", {}),
        ),
    ),
    "signpad": ("签名板", "之后由签名板请群众签字", (_SIGN, ("群众不签", "cancel", {}))),
    "fingerprint": (
        "指纹仪",
        "核对页上可请群众按指纹",
        (("群众按指纹", "press", {}), ("按得太轻", "press", {"quality": "20"})),
    ),
    "customer_screen": (
        "柜外清",
        "核对、签字、评价在柜外清上进行",
        (
            ("看柜外清", "look", {}),
            ("按“核对无误”", "agree", {}),
            ("按“有误”", "wrong", {}),
            _SIGN,
            ("评价“非常满意”", "rate", {"level": "5"}),
            _PIN,
            ("按“取消”", "cancel", {}),
        ),
    ),
    "pinpad": ("密码键盘", "本地要求输密码时由它请群众输入", (_PIN, ("按“取消”", "cancel", {}))),
    "voice": ("音箱", "在设备页（Ctrl+Shift+D）上试一试，可以听到", ()),
    "eseal": (
        "电子签章",
        "之后要盖章的单据由签章服务盖章",
        (
            ("看用印次数", "count", {}),
            ("拒绝用印", "behave", {"mode": "refuse"}),
            ("恢复用印", "behave", {"mode": "ok"}),
        ),
    ),
}
_TOLD = ("look", "count")


class DeskPorts:
    """The simulated device "desk": its ports, into which another terminal plugs the others."""

    name = "desk"
    title = "柜台接口"

    def __init__(self, hall: DemoHall) -> None:
        self._hall = hall

    def actions(self) -> tuple[Action, ...]:
        """Plug and unplug a role."""
        which = Parameter("device", "设备", tuple(Choice(role, PANEL[role][0]) for role in PANEL), "signpad")
        return Action("plug", "接到柜台", (which,)), Action("unplug", "从柜台取下", (which,))

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        role = given.get("device", "")
        if action not in ("plug", "unplug") or role not in PANEL:
            raise Refused(f"没有这个动作：{action} {role}")
        try:
            plug(self._hall, role) if action == "plug" else _unchoose(self._hall, role)
        except Problem as problem:
            raise Refused(f"{problem.title} {problem.detail}") from problem
        return ("已接上" if action == "plug" else "已取下") + PANEL[role][0]

    def serve(self) -> None:
        """Start the simulators, and listen for another terminal until the hall closes."""
        self._hall.simulators.begin_beside()
        self._hall.closers.append(ControlServer(self._hall.data, self).close)


def join(hall: DemoHall, role: str) -> Remote:
    """Let the simulated device play its role at the desk, once; the device. Raises Problem."""
    assert hall.parts is not None
    assert hall.parts.bench is not None
    try:
        driver, config = hall.simulators.join(role)
        if not hall.parts.room.has(role):
            hall.parts.bench.choose(role, driver, config)
        return hall.simulators.playing(role)
    except Fault as fault:
        raise Problem(fault.code, role, fault.detail) from fault
    except Refused as refused:
        raise Problem("device-unavailable", role, str(refused)) from refused


def plug(hall: DemoHall, role: str) -> None:
    """Plug a device in, also one whose plug was pulled. Raises Problem."""
    device = join(hall, role)
    if "plug" in {action.name for action in device.actions()}:
        device.do("plug")


def panel(hall: DemoHall) -> list[SimulatedAction]:
    """Their part of the training panel: the first press plugs a device in."""
    return [action for role in PANEL for action in _group(hall, role)]


def _group(hall: DemoHall, role: str) -> list[SimulatedAction]:
    group, hint, acts = PANEL[role]
    return [
        SimulatedAction("接上" + group, group, partial(plug, hall, role), hint),
        *(
            SimulatedAction(title, group, partial(_act, hall, role, action, given), is_told=action in _TOLD)
            for title, action, given in acts
        ),
        *_trouble(hall, role, group),
        SimulatedAction("取下" + group, group, partial(_unchoose, hall, role), "柜台不再使用它"),
    ]


def _trouble(hall: DemoHall, role: str, group: str) -> list[SimulatedAction]:
    """What has a plug can have it pulled; the desk still counts on it and says that it is lost."""
    pull = partial(_act, hall, role, "unplug", {})
    return [] if role == "eseal" else [SimulatedAction("拔掉" + group, group, pull, "柜台会提示设备断开")]


def _act(hall: DemoHall, role: str, action: str, given: Mapping[str, str]) -> str:
    device = join(hall, role)
    try:
        return device.do(action, given)
    except Refused as refused:
        raise Problem("device-unavailable", role, str(refused)) from refused


def _unchoose(hall: DemoHall, role: str) -> None:
    assert hall.parts is not None
    assert hall.parts.bench is not None
    hall.parts.bench.choose(role, "", {})
