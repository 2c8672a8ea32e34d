"""封包: records the hub could not be told, signed and sealed into one file beside the day's balance.

Nothing is deleted by it: the same records still wait here and are sent when the line is back. Should the
device die first, its keys open the file again: it holds people, so nobody else can read it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.problems import Problem
from counter_app.seals.files import write_private
from counter_app.seals.trust import TrustStore
from counter_app.services.day.closing import Sealed
from counter_app.services.ports import Secrets
from counter_app.wire.package import MOST_RECORDS, pack, unpack

KIND = "records"
SUFFIX = ".ow1s"
_GOOD_FOR = timedelta(days=366)


def leave(
    records: Sequence[Mapping[str, Any]],
    folder: Path,
    name: str,
    sender: tuple[str, str],
    now: datetime,
    secrets: Secrets,
) -> Sealed:
    """Write every waiting record to `folder/name.ow1s`; the newest writing of a name replaces the older.

    `sender` is the device's code and what it is called. Raises Problem `package-large`, `store-write`.
    """
    if len(records) > MOST_RECORDS:
        raise Problem("package-large", "folder", str(len(records)))
    head = {
        "package_id": name,
        "kind": KIND,
        "made_at": now.isoformat(timespec="seconds"),
        "expires_at": (now + _GOOD_FOR).isoformat(timespec="seconds"),
        "sender": {"id": sender[0], "name": sender[1]},
    }
    data = secrets.seal_file(pack(head, records, secrets.sign), where(name))
    file = folder / f"{name}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_private(file, data)
    except OSError as error:
        raise Problem("store-write", file.name, error.strerror or "") from error
    return Sealed(len(records), file.name, hashlib.sha256(data).hexdigest())


def opened(file: Path, secrets: Secrets, trust: TrustStore, now: datetime) -> Sequence[Mapping[str, Any]]:
    """The records of a file this device sealed. Raises Problem `seal-broken`, and as `package.unpack`."""
    data = secrets.open_file(file.read_bytes(), where(file.name.removesuffix(SUFFIX)))
    return unpack(data, trust, now, KIND).records


def where(name: str) -> str:
    """The place a sealed file is bound to."""
    return f"package|{name}"
