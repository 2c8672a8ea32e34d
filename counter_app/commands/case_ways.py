"""`cases template|import|inbox|carry`: lists and filings, by the same verbs as the desk's."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.clock import WallClock
from counter_app.commands.output import print_json, show
from counter_app.commands.reading import passphrase, reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED
from counter_app.commands.signing import signed
from counter_app.commands.working import as_known
from counter_app.domain.actor import Actor
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.bootstrap import Parts
    from counter_app.domain.people import Agent
    from counter_app.services.batch_accept import BatchDone
    from counter_app.services.visit import Visit

ACTIONS = ("template", "import", "inbox", "carry")
PACKAGE = ".ow1p"
_KEPT_DAYS = 7  # how long after the day of the visit a laptop may still take the package
_INBOX = ("id", "channel", "origin", "type", "filed_at", "state", "missing")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of these actions; `--out` and `--clerk` are those of `keeping`."""
    group = parser.add_argument_group("lists and filings (template, import, inbox, carry)")
    group.add_argument("--type", dest="type_id", metavar="TYPE", help="what the list is about, for `import`")
    group.add_argument("--situation", default="", metavar="CODE", help="of every row that names none")
    group.add_argument(
        "--received", default="", metavar="CODES", help="materials handed in for all: codes, or `all`"
    )
    group.add_argument("--employer", default="", metavar="USCC", help="whose list it is")
    group.add_argument(
        "--handler", type=Path, metavar="FILE", help="JSON of who brought it: agnter_name, agnter_certno, …"
    )
    group.add_argument("--check", action="store_true", help="judge the list and write nothing down")
    group.add_argument("--errors", type=Path, metavar="FILE", help="write the list back, marked")
    group.add_argument("--region", default="", metavar="ID", help="region pack (default: by setting)")
    group.add_argument("--state", default="", help="only filings in this state, for `inbox`")


def run(arguments: argparse.Namespace) -> int:
    """One of the four actions."""
    if arguments.action == "template":
        return _template(arguments)
    if arguments.action == "inbox":
        return _inbox(arguments)
    with _opened(arguments) as parts:
        if arguments.action == "carry":
            return _carry(arguments, parts)
        return _import(arguments, parts)


def _template(arguments: argparse.Namespace) -> int:
    from counter_app.catalog.load import load_catalogue
    from counter_app.documents import list_files
    from counter_app.services.batch_columns import batch_type, columns_of

    region_id = arguments.region or _settings(arguments).region
    catalogue = load_catalogue()
    region = catalogue.regions.get(region_id)
    if region is None:
        raise Problem("not-found", "region", region_id)
    if not arguments.number or arguments.out is None:
        raise Problem("usage", "--out", "用法：cases template 事项 --out 文件")
    kind = batch_type(catalogue, region, arguments.number)
    columns = columns_of(region, kind)
    list_files.template(arguments.out, kind.name, columns)
    if arguments.json:
        rows = [{"id": c.key, "label": c.label, "required": c.required} for c in columns]
        print_json({"type": kind.id, "file": str(arguments.out), "columns": rows})
    return EXIT_DONE


def _import(arguments: argparse.Namespace, parts: Parts) -> int:
    file = Path(arguments.number or "")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Problem("not-found", "file", str(file)) from error
    if file.suffix.lower() == PACKAGE or data[:1] == b"{":
        return _import_package(arguments, parts, data)
    if not arguments.type_id:
        raise Problem("usage", "--type", "导入名单须用 --type 指明事项")
    return _import_list(arguments, parts, data, file.name)


def _import_list(arguments: argparse.Namespace, parts: Parts, data: bytes, name: str) -> int:
    from counter_app.documents import list_files, sheets
    from counter_app.services import batch_accept
    from counter_app.services.visit import Visit

    visit = Visit(parts.office)
    if arguments.employer:
        visit.with_employer(arguments.employer)
    received = ["*"] if arguments.received == "all" else arguments.received.replace("，", ",").split(",")
    wish = visit.list_wish(
        arguments.type_id, arguments.situation, [code for code in received if code], _handler(arguments)
    )
    checked = visit.check_list(wish, sheets.read(data, name))
    done = batch_accept.BatchDone(checked, visit.state)
    if not arguments.check:
        done = _accepted(parts, visit, done)
    if arguments.errors is not None:
        place = checked.place
        list_files.marked(arguments.errors, place.sheet, place.header, batch_accept.marks(done))
    _tell(arguments, done)
    return EXIT_REFUSED if checked.bad else EXIT_DONE


def _accepted(parts: Parts, visit: Visit, judged: BatchDone) -> BatchDone:
    from counter_app.services.printing import print_queued

    done = visit.accept_list(judged.checked)
    visit.finish()
    print_queued(parts.office.ports, parts.office.actor)
    return done


def _tell(arguments: argparse.Namespace, done: BatchDone) -> None:
    told = done.as_dict()
    if arguments.json:
        print_json(told)
        return
    counts = {key: told[key] for key in ("batch", "accepted", "already", "refused")}
    show([counts], tuple(counts), False)
    show(told["problems"], ("row", "column", "code", "cause", "advice"), False)


def _handler(arguments: argparse.Namespace) -> Agent:
    """Who brought the list, from a file: a number is never an argument. Raises Problem `batch-handler`."""
    from counter_app.domain.idnumbers import check
    from counter_app.domain.people import Agent

    if arguments.handler is None:
        raise Problem("batch-handler", "--handler")
    try:
        told = json.loads(arguments.handler.read_text("utf-8-sig"))
        known = {key: str(told[key]) for key in Agent.__dataclass_fields__ if key in told}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Problem("batch-handler", "--handler") from error
    agent = Agent(**known)
    if agent.agnter_cert_type == "01":
        check(agent.agnter_certno, where="agnter_certno")
    return agent


def _import_package(arguments: argparse.Namespace, parts: Parts, data: bytes) -> int:
    from counter_app.services.filings import receive
    from counter_app.wire import filings, package

    opened = package.unpack(data, parts.office.trust, parts.office.now(), filings.KIND)
    received = receive(parts.office, filings.filings_of(opened))
    told = received.as_dict()
    if arguments.json:
        print_json(told)
    else:
        counts = {name: len(told[name]) for name in ("received", "renewed", "already")}
        show([counts], tuple(counts), False)
        show([*told["changed"], *told["problems"]], ("where", "code", "cause", "advice"), False)
    return EXIT_REFUSED if received.problems else EXIT_DONE


def _inbox(arguments: argparse.Namespace) -> int:
    from counter_app.opened_store import reading_office
    from counter_app.services.filings import inbox

    with reading(arguments) as opened:
        office = reading_office(opened, arguments.region or _settings(arguments).region)
        show([row.as_dict() for row in inbox(office, arguments.state)], _INBOX, arguments.json)
    return EXIT_DONE


def _carry(arguments: argparse.Namespace, parts: Parts) -> int:
    """The home visits of a day as a signed package for the laptop that goes there."""
    from counter_app.services.home_visits import booked
    from counter_app.wire import filings, package

    if arguments.out is None:
        raise Problem("usage", "--out", "用法：cases carry --out 文件 [--on 日期]")
    office = parts.office
    day: date = arguments.on or office.today()
    records = [filings.record_of(filing) for filing in booked(office, day)]
    until = office.now() + timedelta(days=max(0, (day - office.today()).days) + _KEPT_DAYS)
    device = parts.office.ports.secrets.sign(b"")["key_id"]
    head = {
        "package_id": office.new_id(),
        "kind": filings.KIND,
        "made_at": office.now().isoformat(),
        "expires_at": until.isoformat(),
        "sender": {"id": f"device-{device}", "name": office.hall_name or office.region.name},
    }
    arguments.out.write_bytes(package.pack(head, records, office.ports.secrets.sign))
    arguments.out.chmod(0o600)
    show([{"file": str(arguments.out), "visits": len(records)}], ("file", "visits"), arguments.json)
    return EXIT_DONE


def _settings(arguments: argparse.Namespace) -> Any:
    from counter_app.settings import SETTINGS_FILE, Settings, load

    return load(arguments.data / SETTINGS_FILE) if arguments.data else Settings()


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[Parts]:
    """The folder opened as a desk opens it, with its printers and no other device.

    Raises Problem `store-locked` beside a running desk (there the list is imported at that desk),
    `field-required` without a clerk, `clerk-unknown` for one whom the store does not know.
    """
    from dataclasses import replace

    from counter_app import bootstrap
    from counter_app.seals.keyring import keyring_of

    folder: Path = arguments.data
    if not folder.is_dir():
        raise Problem("store-missing", str(folder), str(folder))
    if not arguments.clerk:
        raise Problem("field-required", "--clerk", "工号")
    settings = _settings(arguments)
    settings = replace(settings, region=arguments.region or settings.region, window="")
    choices = bootstrap.device_choices(settings, folder)
    printers = {role: choice for role, choice in choices.items() if role in ("printer", "receipt_printer")}
    keyring = keyring_of(folder, lambda: passphrase(arguments))
    actor = Actor(arguments.clerk, "", window="")
    parts = as_known(
        bootstrap.open_parts(
            settings, folder, actor=actor, keyring=keyring, clock=WallClock(), devices=printers
        )
    )
    try:
        yield replace(parts, office=signed(parts.office, arguments.login))
    finally:
        parts.close()
