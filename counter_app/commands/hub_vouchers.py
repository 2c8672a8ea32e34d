"""The hub's way to the platform that resolves 医保电子凭证 codes, for desks that are not let through."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from counter_app.problems import Problem
from drivers.protocols import Fault

Resolve = Callable[[str, str], Mapping[str, str]]


def add_voucher_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--voucher-driver",
        default="vouchers.http",
        metavar="DRIVER",
        help="how codes are resolved: vouchers.http, vouchers.nation_ec",
    )
    parser.add_argument(
        "--voucher-url", default="", metavar="URL", help="the platform; empty = none is asked"
    )
    parser.add_argument("--voucher-org", default="", metavar="CODE", help="organisation sent with a query")
    parser.add_argument("--voucher-lib", default="", metavar="FILE", help="library of vouchers.nation_ec")


def resolver_of(arguments: argparse.Namespace) -> Resolve | None:
    """What a hall asks for each code; None without an address. Raises Problem `device-unavailable`."""
    if not arguments.voucher_url:
        return None
    from drivers import registry

    config = {"url": arguments.voucher_url, "org": arguments.voucher_org, "lib": arguments.voucher_lib}
    try:
        return asking(registry.open(arguments.voucher_driver, config))
    except Fault as fault:
        raise Problem(fault.code, "voucher", fault.detail) from None


def asking(device: Any) -> Resolve:
    """A resolver as the hub asks it: fields out, refusals as Problems; the code is in neither."""

    def resolve(code: str, business: str) -> Mapping[str, str]:
        try:
            return asdict(device.resolve(code, business))
        except Fault as fault:
            raise Problem(fault.code, "voucher", fault.detail) from None

    return resolve
