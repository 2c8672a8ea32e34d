"""What could not be sent, sealed into files of a folder, so that a desk may be left or its day ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from counter_app.services.day.closing import Sealed
from counter_app.services.office import Office
from counter_app.wire.enrol import MEMBER_FILE

FOLDER = "packages"  # of the data folder: where packages go when nobody says where
MOST = 1_000_000


def sealed_away(office: Office, data: Path, to: Path) -> Sealed | None:
    """Seal every record the hub has not acknowledged into `to`; None when there is none.

    A device of a hall seals for the hall's hub, so that any counter takes the files in (`package import`);
    any other for itself. Nothing is deleted. Raises Problem `store-write`, `package-large`, `hub-keys`.
    """
    records = office.ports.storage.waiting(MOST)
    if not records:
        return None
    if (data / MEMBER_FILE).exists():
        return _for_the_hall(office, records, data, to)
    from counter_app.sync.leaving import leave

    device = str(records[0]["device"])
    name = f"{office.today():%y%m%d}-{device[:8]}-未上传"
    sender = (device, office.hall_name or office.region.name)
    return leave(records, to, name, sender, office.now(), office.ports.secrets)


def _for_the_hall(office: Office, records: Sequence[Mapping[str, Any]], data: Path, to: Path) -> Sealed:
    from counter_app.problems import Problem
    from counter_app.sync.carrying import export, note_exported
    from counter_app.sync.member import device_key, member_of

    member = member_of(data)
    if member is None:
        raise Problem("hub-keys", "hub", MEMBER_FILE)
    files = export(records, to, member, device_key(data), office.now())
    note_exported(data, records)
    return Sealed(len(records), "、".join(one.file for one in files), files[0].sha256)
