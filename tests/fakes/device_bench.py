"""The devices of a desk as a test wants them: what the page shows is put, what it asks for is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_app.problems import Problem
from counter_app.services.device_views import (
    DevicesView,
    DriverView,
    FoundView,
    OptionView,
    RepairView,
    RoleView,
    TrialView,
    Way,
)

PORT = OptionView("port", "端口", "串口路径，或 主机:端口")
DRIVERS = (
    DriverView("cards.pcsc", "cards", "PC/SC 读卡器（社保卡）", True, "", (OptionView("reader", "读卡器"),)),
    DriverView("cards.acme", "cards", "cards.acme", False, "驱动包 onewindow-acme 有错（SystemExit）"),
    DriverView("cards.sdt_serial", "cards", "身份证阅读器（串口、网口）", True, "", (PORT,), ("idcard",)),
    DriverView("printers.escpos", "printers", "小票打印机（ESC/POS）", True, "", (PORT,)),
    DriverView("printers.system_queue", "printers", "系统打印队列（CUPS）", False, "缺少程序 lpstat"),
    DriverView("scanners.serial_line", "scanners", "串口扫码枪", True, "", (PORT,)),
    DriverView("vouchers.http", "vouchers", "医保电子凭证核验（HTTP）", True),
)
JAM = Problem("printer-jam", "printer", "缺纸")
ROLES = (
    RoleView("card", "cards.pcsc", "PC/SC 读卡器（社保卡）", "ACS ACR39U ICC Reader 00 00", "ok"),
    RoleView("idcard", "cards.sdt_serial", "身份证阅读器（串口、网口）", "/dev/ttyUSB0", "opening"),
    RoleView(
        "scanner",
        "scanners.serial_line",
        "串口扫码枪",
        "/dev/ttyACM0",
        "ok",
        last=Problem("device-gone", "scanner", "OSError"),
        last_at=1_790_000_000.0,
        replaced=True,
    ),
    RoleView("voucher"),
    RoleView(
        "printer", "printers.system_queue", "系统打印队列（CUPS）", "HP_LaserJet_3F", "bad", JAM, JAM, 1.79e9
    ),
    RoleView("receipt_printer", "printers.escpos", "小票打印机（ESC/POS）", "192.168.1.9:9100", "low",
             Problem("paper-low", "receipt_printer", "纸将尽")),
)  # fmt: skip
ROLES = tuple(
    replace(role, drivers=tuple(d for d in DRIVERS if role.driver[:5] == d.id[:5])) for role in ROLES
)
FOUND = (
    FoundView("串口 /dev/ttyACM0　USB Barcode Scanner", (
        ("scanner", "scanners.serial_line", {"port": "/dev/ttyACM0"}),
        ("idcard", "cards.sdt_serial", {"port": "/dev/ttyACM0"}),
        ("receipt_printer", "printers.escpos", {"port": "/dev/ttyACM0"}),
    )),
    FoundView("打印队列 Canon_G3000", (("printer", "printers.system_queue", {"queue": "Canon_G3000"}),)),
)  # fmt: skip
REPAIRS = (RepairView("261122-001-A2B-0009-M", "打印机 HP_LaserJet_3F", "10:42", 18),)
FULL = DevicesView(ROLES, DRIVERS, FOUND, ("三号窗", "下乡笔记本"), "三号窗", REPAIRS)
WAYS = {
    "printer": (
        Way("queue", "printer", "Canon_G3000", "printers.system_queue", {"queue": "Canon_G3000"}),
        Way("folder", "printer", "/papers", "printers.pdf_folder", {"folder": "/papers"}),
    ),
    "card": (Way("type", "card"),),
}


class FakeBench:
    """Answers what it was given; `asked` is every change a face wished for."""

    def __init__(self) -> None:
        self.view = FULL
        self.asked: list[tuple[Any, ...]] = []
        self.trials: dict[str, TrialView] = {}
        self.refusal: Problem | None = None

    def roles(self) -> tuple[RoleView, ...]:
        return tuple(replace(role, title="", drivers=()) for role in self.view.roles)

    def test(self, role: str) -> TrialView:
        self.asked.append(("test", role))
        return self.trials.get(role, TrialView(role, "opened"))

    def choose(self, role: str, driver: str, config: Mapping[str, Any]) -> None:
        self._do("choose", role, driver, dict(config))
        self.view = replace(
            self.view,
            roles=tuple(
                replace(r, driver=driver, state="ok", problem=None) if r.role == role else r
                for r in self.view.roles
            ),
        )

    def restore(self, role: str) -> None:
        self._do("restore", role)

    def ways(self, role: str) -> tuple[Way, ...]:
        return WAYS.get(role, ())

    def save_profile(self, name: str) -> None:
        self._do("save", name)
        self.view = replace(self.view, profiles=(*self.view.profiles, name), in_use=name)

    def use_profile(self, name: str) -> None:
        self._do("use", name)
        self.view = replace(self.view, in_use=name)

    def export_profile(self, name: str, to: str) -> str:
        self._do("export", name, to)
        return f"{to}/{name}.toml"

    def bring_profile(self, file: str) -> str:
        self._do("bring", file)
        return "四号窗"

    def _do(self, *what: Any) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.asked.append(what)
