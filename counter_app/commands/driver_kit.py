"""Writing a driver package of somebody else's own: `devices new NAME`."""

from __future__ import annotations

import re
from pathlib import Path

import resources
from counter_app.problems import Problem

FAMILIES = ("cards", "printers", "scanners")
HOSTED = ("cards",)  # what a driver host carries for a package of others
_EXTRA = {
    "cards": 'reads=("card",),',
    "printers": 'media=("r80",),',
    "scanners": "requires=(),",
}
_COMMON = ("pyproject.toml", "README.md")
_MODULES = ("__init__.py", "line.py")
_OWN = ("device.py", "simulator.py", "rig.py")


def write(name: str, family: str, hosted: bool, into: Path) -> Path:
    """A package that can be installed as it is: a driver, its simulator, and the rig for its contract test.

    Raises Problem `usage` (a name that is none, a family without a pattern, a folder that is there already).
    """
    _checked(name, family, hosted)
    folder = into / f"onewindow-{name}"
    if folder.exists():
        raise Problem("usage", str(folder), f"{folder.name} 已经存在，请换一个名称或文件夹")
    words = {"name": name, "family": family, "hosted": str(hosted), "extra": _EXTRA[family]}
    module = folder / f"onewindow_{name}"
    try:
        module.mkdir(parents=True)
        for file in (*(folder / each for each in _COMMON), *(module / each for each in (*_MODULES, *_OWN))):
            template = f"{family}.{file.name}" if file.name in _OWN else file.name
            file.write_text(_filled(template, words), "utf-8")
    except OSError as error:
        raise Problem("store-write", str(folder), error.strerror or type(error).__name__) from error
    return folder


def _checked(name: str, family: str, hosted: bool) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", name):
        raise Problem("usage", "devices new", "名称请用小写字母、数字和下划线，字母开头，例如 acme_reader")
    if family not in FAMILIES:
        raise Problem("usage", "--family", "可选：" + "、".join(FAMILIES))
    if hosted and family not in HOSTED:
        raise Problem("usage", "--hosted", "只有 " + "、".join(HOSTED) + " 可在单独的驱动进程里运行")


def _filled(template: str, words: dict[str, str]) -> str:
    text = resources.read_bytes(f"driver_kit/{template}.tmpl").decode("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda match: words[match[1]], text)
