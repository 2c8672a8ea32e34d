"""`self-test`: does everything a counter needs work on this machine? Red names the cause."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from counter_app import __version__
from counter_app.commands.output import print_json
from counter_app.commands.reading import add_json
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem, Problems

MANUAL = """\
Opens an encrypted store, loads the packs, lists the drivers against the shipped list, looks for
the fonts, renders one receipt and verifies it. With --data the folder is tried for writing,
and the packs are those that desk uses, with what was refused.
Exit 1 when a check is red; its `detail` names the cause.
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the result."""

    id: str
    ok: bool
    detail: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="also try this data folder")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run every check; they do not depend on one another."""
    import sqlcipher3

    from drivers import registry

    checks = [
        _check("fonts", _fonts),
        _check("drivers", _drivers),
        _check("packs", lambda: _packs(arguments.data)),
        _check("packages", _packages),
        _check("store", _store),
        _check("write", lambda: _write(arguments.data)),
        _check("receipt", lambda: _receipt({})),
    ]
    receipt: dict[str, Any] = {"number": "", "verified": False}
    if all(c.ok for c in checks if c.id in ("receipt", "store")):
        _receipt(receipt)
    ok = all(check.ok for check in checks)
    store_ok = all(c.ok for c in checks if c.id in ("store", "write"))
    document = {
        "ok": ok,
        "version": __version__,
        "store": {"ok": store_ok, "sqlite": sqlcipher3.sqlite_version, "cipher": _cipher()},
        "drivers": [asdict(state) for state in registry.states()],
        "receipt": receipt,
        "checks": [asdict(check) for check in checks],
    }
    print_json(document)
    return EXIT_DONE if ok else EXIT_REFUSED


def _check(name: str, work: Callable[[], str]) -> Check:
    try:
        return Check(name, True, work())
    except Problem as problem:
        return Check(name, False, f"{problem.title}：{problem.cause}")
    except Problems as several:
        return Check(name, False, "；".join(p.cause for p in several.problems[:5]))
    except Exception as error:  # a self-test says what broke instead of breaking
        return Check(name, False, f"{type(error).__name__}: {error}")


def _fonts() -> str:
    from counter_app.documents import fonts

    lost = fonts.missing()
    if lost:
        raise Problem("font-missing", "fonts", "、".join(lost))
    return "、".join(face.file for face in fonts.FACES)


def _drivers() -> str:
    """Red for a driver file that is missing or broken; a vendor library that is absent is not our fault."""
    from drivers import registry

    rows = registry.walk()
    bad = [f"{row.full_id}（{row.because}）" for row in rows if row.driver is None]
    if bad:
        raise Problem("device-unavailable", "drivers", "、".join(bad))
    return f"{len(rows)} 个"


def _packs(folder: Path | None) -> str:
    """Red also for a pack of this desk that was refused: it says which one is in force instead."""
    from counter_app.catalog.load import load_catalogue
    from counter_app.commands.packs import desk_packs

    is_there = folder is not None and folder.is_dir()
    catalogue, faults = desk_packs(folder) if folder and is_there else (load_catalogue(), ())
    if not catalogue.types:
        raise Problem("pack-empty", "catalog", "resources/catalog")
    told = f"现用 {catalogue.pack}：{len(catalogue.types)} 个事项，{len(catalogue.regions)} 个地区"
    if faults:
        refused = "；".join(f"{fault.title}：{fault.cause}" for fault in faults[:5])
        raise RuntimeError(f"{told}；未采用：{refused}")
    return told


def _packages() -> str:
    """No stranger may answer to our top-level names."""
    import drivers
    import resources
    from counter_app import __file__ as own

    home = Path(own).resolve().parents[1]
    for package in (drivers, resources):
        found = Path(str(package.__file__)).resolve().parents[1]
        if found != home:
            raise RuntimeError(f"{package.__name__} comes from {found}")
    return str(home)


def _store() -> str:
    from counter_app.clock import WallClock
    from counter_app.domain.actor import Actor
    from counter_app.domain.cases import Fact
    from counter_app.seals.keyring import MemoryKeyring
    from counter_app.storage import audit
    from counter_app.storage.store import open_store

    clock = WallClock()
    with tempfile.TemporaryDirectory(prefix="onewindow-test-") as folder:
        store = open_store(Path(folder), MemoryKeyring(), "", clock, synthetic=True)
        try:
            with store.unit(Actor("0000", "self-test"), clock.now()) as unit:
                unit.record(Fact("visit.opened", {"visit_id": "self-test"}))
            ok, entries, bad = audit.verify(store)
        finally:
            store.close()
    if not ok:
        raise RuntimeError(f"the chain broke at {bad}")
    return f"{entries} 条"


def _cipher() -> str:
    import sqlcipher3

    link = sqlcipher3.connect(":memory:")
    try:
        row = link.execute("PRAGMA cipher_version").fetchone()
    finally:
        link.close()
    return str(row[0]) if row else ""


def _write(folder: Path | None) -> str:
    if folder is None:
        return "未指定 --data"
    probe = folder / ".write-test"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError as error:
        raise Problem("store-write", str(folder), error.strerror or str(error)) from error
    return str(folder)


def _receipt(told: dict[str, Any]) -> str:
    from counter_app.commands.sample import sample_receipt
    from counter_app.documents import Papers
    from counter_app.documents.verify import verify_file

    content, proof, keys = sample_receipt()
    job = Papers().render(content, proof)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(job.pdf)
        file.flush()
        found = verify_file(Path(file.name), keys)
    if not found.ok:
        raise Problem("paper-broken", "receipt", found.because)
    told.update(number=found.number, verified=True)
    return found.number


COMMAND = Command("self-test", "check that everything works on this machine", add_arguments, run, MANUAL)
