"""Writing a driver package of somebody else's own: `devices new NAME`."""

from __future__ import annotations

import re
from pathlib import Path

import resources
from counter_app.problems import Problem

_ASKING = ("fingerprints", "gwq", "pinpads", "raters", "signpads")  # they wait for a person
_SERVED = ("document_cameras", "eseals", "leds", "voices", "vouchers")
FAMILIES = tuple(sorted((*_ASKING, *_SERVED, "cards", "printers", "scanners")))
# What a driver host carries for a package of others.
HOSTED = ("cards", "document_cameras", "fingerprints", "gwq", "pinpads", "signpads", "vouchers")
_EXTRA = {
    "cards": 'reads=("card",),',
    "document_cameras": 'requires=("cv2",),',
    "printers": 'media=("r80",),',
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
    words = {"name": name, "family": family, "hosted": str(hosted)}
    words["extra"] = _EXTRA.get(family, "requires=(),")
    module = folder / f"onewindow_{name}"
    try:
        module.mkdir(parents=True)
        for file, template in _files(family):
            place = folder if file in _COMMON else module
            (place / file).write_text(_filled(template, words), "utf-8")
    except OSError as error:
        raise Problem("store-write", str(folder), error.strerror or type(error).__name__) from error
    return folder


def _files(family: str) -> list[tuple[str, str]]:
    """The files of a package and the pattern of each; families that ask share their person and their rig."""
    files = [(name, name) for name in (*_COMMON, *_MODULES)]
    if family in (*_ASKING, *_SERVED):
        files.append(("served.py", "served.py"))
    if family in _ASKING:
        files.append(("asking.py", "asking.py"))
    for name in _OWN:
        shared = family in _ASKING and name != "device.py"
        files.append((name, f"asking.{name}" if shared else f"{family}.{name}"))
    return files


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
