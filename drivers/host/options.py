"""The words of a hosted driver that every vendor library has, as a desk's device page asks for them."""

from __future__ import annotations

from typing import Tuple

from drivers.protocols import Option

LIBRARY: Tuple[Option, ...] = (
    Option("lib", "厂商库", "动态库文件的路径（.dll、.so）"),
    Option("python", "Python", "空 = 本程序自带；32 位厂商库须指明 32 位的 Python"),
    Option("limit_ms", "单次时限（毫秒）", "3000", number=True),
)
INTERFACE = Option("interface", "卡接口", "1 插卡，2 非接，3 先插卡，4 先非接；空 = 3", number=True)
PORT = Option("port", "端口号", "1001–1016 为 USB，1–16 为串口；空 = 自动查找")
KEY_MODULE = Option("hsm_url", "加密机服务", "本机直连的地址；空 = 经大厅服务，或没有")
EC = (
    Option("url", "平台地址", "以 /localcfc/api/hsecfc/localQrCodeQuery 结尾"),
    Option("org", "机构编号"),
)
