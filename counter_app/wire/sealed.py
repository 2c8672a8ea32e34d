"""The file of a sealed package (`.ow1s`): one line that anybody may read, then what only one hub can.

The line says for which hub it is and which package; everything else, also whose records they are, is sealed
for that hub's X25519 key and signed inside by the device that made them.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from counter_app.problems import Problem
from counter_app.seals.boxes import seal_to

KIND = "records"
SUFFIX = ".ow1s"
MARK = b"OW1S\n"
LARGEST = 24 << 20
_LONGEST_HEAD = 1024
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


class Cover(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands on the outside: the hub's key name, the hall, and the package's id."""

    hub: Name
    hall: Name
    package_id: Name


def place_of(cover: Cover) -> str:
    """The place a sealed package is bound to."""
    return f"records|{cover.hub}|{cover.hall}|{cover.package_id}"


def wrap(cover: Cover, package: bytes, box_key: bytes) -> bytes:
    """The file of a package for the holder of a box key."""
    return MARK + msgspec.json.encode(cover) + b"\n" + seal_to(box_key, package, place_of(cover))


def split(data: bytes) -> tuple[Cover, bytes]:
    """Cover and sealed rest of a file. Raises Problem `package-broken`."""
    if len(data) > LARGEST:
        raise Problem("package-broken", "", f"超过 {LARGEST >> 20} MB")
    end = data.find(b"\n", len(MARK), len(MARK) + _LONGEST_HEAD)
    if not data.startswith(MARK) or end < 0:
        raise Problem("package-broken", "", "不是封包文件")
    try:
        return msgspec.json.decode(data[len(MARK) : end], type=Cover), data[end + 1 :]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Problem("package-broken", "cover", str(error)[:120]) from error
