"""`devices profile save|use|list|export|import`: the device profiles of a data folder."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counter_app import profiles, settings
from counter_app.commands.output import print_json, show
from counter_app.commands.registry import EXIT_DONE
from counter_app.problems import Problem
from counter_app.settings import SETTINGS_FILE

COLUMNS = ("id", "in_use", "devices")


def run(arguments: argparse.Namespace) -> int:
    """Carry out the action after `profile`. Raises Problem `usage` and those of `counter_app.profiles`."""
    if arguments.data is None:
        raise Problem("usage", "--data", "请用 --data 指明数据文件夹")
    act, *rest = arguments.words or ["list"]
    if act == "list":
        show(_list(arguments.data), COLUMNS, arguments.json)
        return EXIT_DONE
    acts = {"save": _save, "use": _use, "export": _export, "import": _import}
    if act not in acts:
        raise Problem("usage", "devices profile", "可用：list、" + "、".join(acts))
    told = acts[act](arguments.data, rest)
    if arguments.json:
        print_json(told)
    else:
        print(told["said"])
    return EXIT_DONE


def _list(data: Path) -> list[dict[str, Any]]:
    in_use = settings.load(data / SETTINGS_FILE).device_profile
    rows = []
    for name in profiles.named(data):
        roles = profiles.load(data, name).roles
        devices = "、".join(f"{role}={driver or '无'}" for role, (driver, _) in sorted(roles.items()))
        rows.append({"id": name, "in_use": name == in_use, "devices": devices})
    return rows


def _save(data: Path, rest: list[str]) -> Mapping[str, Any]:
    """What the settings of the folder amount to now, under a name."""
    from counter_app.bootstrap import device_choices, profiled

    (name,) = _words(rest, "NAME")
    known = settings.load(data / SETTINGS_FILE)
    chosen = profiled(known, data, device_choices(known, data))
    if chosen.faults:
        raise chosen.faults[0]
    profiles.save(data, profiles.Profile(name, chosen.choices))
    return {"id": name, "said": f"已保存为“{name}”"}


def _use(data: Path, rest: list[str]) -> Mapping[str, Any]:
    (name,) = _words(rest, "NAME")
    profiles.load(data, name)
    settings.put(data / SETTINGS_FILE, "device_profile", name)
    return {"id": name, "said": f"下次打开窗口时使用“{name}”"}


def _export(data: Path, rest: list[str]) -> Mapping[str, Any]:
    name, to = _words(rest, "NAME FILE")
    file = profiles.export(data, name, Path(to))
    return {"id": name, "file": str(file), "said": f"已导出到 {file}"}


def _import(data: Path, rest: list[str]) -> Mapping[str, Any]:
    (file,) = _words(rest, "FILE")
    name = profiles.bring(data, Path(file)).name
    return {"id": name, "said": f"已导入“{name}”；用 devices profile use {name} 启用"}


def _words(rest: list[str], wanted: str) -> list[str]:
    if len(rest) != len(wanted.split()):
        raise Problem("usage", "devices profile", f"还需要：{wanted}")
    return rest
