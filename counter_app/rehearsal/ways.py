"""Lists and filings in a rehearsal: the same files, signatures and verbs as in a hall, made on the spot."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from counter_app.documents import sheets
from counter_app.problems import Problem
from counter_app.rehearsal.people import Roles
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.trust import TrustStore
from counter_app.services import filings, home_visits
from counter_app.services.batch_accept import BatchDone
from counter_app.services.office import Office
from counter_app.services.visit import Visit
from counter_app.wire import filings as wire
from counter_app.wire import package

SENDER = "rehearsal"
SPOIL = {"signature", "signer", "record", "expired"}
_PERSON = ("tel", "insutype", "insuplc_admdvs", "addr")


def import_list(visit: Visit, given: Mapping[str, Any]) -> BatchDone:
    """Write the rows as a .csv, read it as a file is read, judge it and accept what is good."""
    received = given.get("received", [])
    codes = [received] if isinstance(received, str) else list(received)
    wish = visit.list_wish(str(given.get("type", "")), str(given.get("situation", "")), codes)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([given.get("header", []), *given.get("rows", [])])
    read = sheets.read(out.getvalue().encode("gb18030"), "list.csv")
    return visit.accept_list(visit.check_list(wish, read))


def file(office: Office, roles: Roles, seed: int, given: Mapping[str, Any]) -> None:
    """Send one filing in a package of its own, signed by a sender this counter knows."""
    keys = DeviceKeys(signing=hashlib.sha256(f"rehearsal|{seed}".encode()).digest())
    spoil = str(given.get("spoil", ""))
    trust = TrustStore() if spoil == "signer" else TrustStore().with_key(keys.public_key)
    data = _package(office, roles, DeviceSecrets(keys), given, spoil)
    opened = package.unpack(data, trust, office.now(), wire.KIND)
    received = filings.receive(office, wire.filings_of(opened))
    if received.problems:
        raise received.problems[0]


def filing_id(office: Office, given: Mapping[str, Any]) -> str:
    """The id a script's filing has in the list, or the nth that waits there."""
    told = given.get("filing", "")
    if not isinstance(told, int):
        return f"{SENDER}:{told}"
    waiting = office.ports.storage.filings("waiting")
    if not 0 < told <= len(waiting):
        raise Problem("not-found", "filing", str(told))
    return waiting[told - 1].filing_id


def book(office: Office, number: str, given: Mapping[str, Any]) -> None:
    """Put a home visit into the list from an accepted booking."""
    staff = [str(one) for one in given.get("staff", [])]
    situation = str(given.get("situation", ""))
    home_visits.book(office, number, str(given.get("type", "")), staff, situation)


def _package(
    office: Office, roles: Roles, secrets: DeviceSecrets, given: Mapping[str, Any], spoil: str
) -> bytes:
    if spoil and spoil not in SPOIL:
        raise Problem("field-choice", "spoil", spoil)
    made = office.now() - timedelta(hours=1)
    days = -2 if spoil == "expired" else 30
    head = {
        "package_id": f"{SENDER}-{given.get('id', '')}",
        "kind": wire.KIND,
        "made_at": made.isoformat(),
        "expires_at": (made + timedelta(days=days)).isoformat(),
        "sender": {"id": SENDER, "name": str(given.get("origin", "演练发送单位"))},
    }
    data = package.pack(head, [_record(office, roles, given)], secrets.sign)
    if spoil == "record":
        return data.replace(b'"filing_id":"', b'"filing_id":"x', 1)
    return data.replace(b'"sig":"', b'"sig":"AAAA', 1) if spoil == "signature" else data


def _record(office: Office, roles: Roles, given: Mapping[str, Any]) -> dict[str, Any]:
    same = ("channel", "type", "situation", "party", "answers", "asked", "materials", "evidence", "note")
    told: dict[str, Any] = {name: given[name] for name in (*same, "address", "staff") if name in given}
    filed = office.now() - timedelta(hours=2)
    told |= {"filing_id": str(given.get("id", "")), "filed_at": filed.isoformat()}
    if "planned_on" in given:
        day = given["planned_on"]
        told["planned_on"] = day.isoformat() if isinstance(day, date) else str(day)
    if "employer" in given:
        told["employer"] = dict(given["employer"])
    else:
        row = roles.row(str(given.get("person", "")))
        person = {"psn_name": str(row.get("name", "")), "certno": str(row.get("certno", ""))}
        told["person"] = person | {key: str(row[key]) for key in _PERSON if row.get(key)}
    return told
