"""Device profiles: which driver plays which role, under a name, in one file that travels to the next window.

A profile holds no secret and nobody's data. One that is exported and imported again is the same text.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from counter_app.problems import Problem

FOLDER = "profiles"  # in the data folder
SUFFIX = ".toml"
_NAME = re.compile(r"[\w\u4e00-\u9fff][\w\u4e00-\u9fff .()（）-]{0,39}")
_LARGEST = 64 * 1024
Choice = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of devices. A role that is absent stays as the settings have it; driver "" is nobody."""

    name: str
    roles: Mapping[str, Choice]


def laid(profile: Profile, choices: Mapping[str, Choice]) -> dict[str, Choice]:
    """The choices of the settings with the profile's laid over them."""
    merged = {**choices, **profile.roles}
    return {role: choice for role, choice in merged.items() if choice[0]}


def named(folder: Path) -> tuple[str, ...]:
    """Names of the profiles of a data folder, in order."""
    return tuple(sorted(file.stem for file in (folder / FOLDER).glob("*" + SUFFIX)))


def load(folder: Path, name: str) -> Profile:
    """A profile of a data folder. Raises Problem `profile-unknown`, `profile-broken`, `profile-name`."""
    file = _file(folder, name)
    if not file.is_file():
        raise Problem("profile-unknown", "profile", name)
    return read(file)


def save(folder: Path, profile: Profile) -> Path:
    """Keep a profile, in place of an older one of its name; whole or not at all.

    Raises Problem `profile-name`, `store-write`.
    """
    file = _file(folder, profile.name)
    _write(file, text_of(profile))
    return file


def export(folder: Path, name: str, to: Path) -> Path:
    """Put a profile down where it is carried from; a folder gets `<name>.toml`.

    Raises what `load` raises, and Problem `store-write`.
    """
    profile = load(folder, name)
    file = to / (profile.name + SUFFIX) if to.is_dir() else to
    _write(file, text_of(profile))
    return file


def bring(folder: Path, file: Path) -> Profile:
    """Take in a profile from elsewhere. Raises Problem `not-found`, `profile-broken`, `store-write`."""
    if not file.is_file():
        raise Problem("not-found", "file", file.name)
    profile = read(file)
    save(folder, profile)
    return profile


def read(file: Path) -> Profile:
    """A profile from its file. Raises Problem `profile-broken`, `profile-name`."""
    try:
        if file.stat().st_size > _LARGEST:
            raise Problem("profile-broken", file.name, "文件过大")
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("profile-broken", file.name, type(error).__name__) from error
    return parsed(file, text)


def parsed(file: Path, text: str) -> Profile:
    """A profile from the text of `file`. Raises Problem `profile-broken`, `profile-name`."""
    try:
        given = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise Problem("profile-broken", file.name, type(error).__name__) from error
    name, roles = str(given.get("name", "")), given.get("role", {})
    if not name or not isinstance(roles, dict):
        raise Problem("profile-broken", file.name, "name, role")
    _checked(name)
    return Profile(name, {role: _choice(file.name, role, told) for role, told in roles.items()})


def text_of(profile: Profile) -> str:
    """The text of its file."""
    lines = [f"name = {_toml(profile.name)}"]
    for role, (driver, config) in sorted(profile.roles.items()):
        lines += ["", f"[role.{_key(role)}]", f"driver = {_toml(driver)}"]
        lines += [f"{_key(key)} = {_toml(value)}" for key, value in sorted(config.items())]
    return "\n".join(lines) + "\n"


def _choice(file: str, role: str, told: Any) -> Choice:
    if not isinstance(told, dict) or not isinstance(told.get("driver"), str):
        raise Problem("profile-broken", file, f"role.{role}")
    return told["driver"], {key: value for key, value in told.items() if key != "driver"}


def _file(folder: Path, name: str) -> Path:
    return folder / FOLDER / (_checked(name) + SUFFIX)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name) or name.endswith((".", " ")):
        raise Problem("profile-name", "profile", name[:40])
    return name


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)


def _toml(value: Any) -> str:
    """A value as TOML writes it; strings as JSON does, which TOML takes too."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    if isinstance(value, (bool, int, float, str)):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    raise Problem("profile-broken", "profile", type(value).__name__)


def _write(file: Path, text: str) -> None:
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_text(text, "utf-8")
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise Problem("store-write", file.name, error.strerror or type(error).__name__) from error
