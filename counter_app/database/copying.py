"""Copying an encrypted database while it is in use, and proving that the copy says the same."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from counter_app.database import sqlcipher
from counter_app.database.database import BeforeUpgrade
from counter_app.problems import Problem
from counter_app.seals.files import sync_folder

BACKUPS = "backups"  # below a data folder
_PAGES = 256  # a piece; the writer goes on beside it, for a reader holds nobody up in WAL
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    " AND name NOT LIKE 'sqlite_%' ORDER BY name"
)


def copy(source: Path, key: bytes, target: Path) -> str:
    """Copy one moment of a database, encrypted by the same key, and compare every row; gives their digest.

    The copy is one file, without a WAL beside it, and durable. Raises Problem `store-missing`, `store-key`,
    `backup-failed` (no space, or what was read back is not what was written).
    """
    with closing(sqlcipher.connect(source, key, read_only=True)) as link:
        link.execute("BEGIN")  # from the first statement on, this moment and no later one
        expected = digest(link)
        try:
            target.unlink(missing_ok=True)
            with closing(sqlcipher.connect(target, key)) as made:
                link.backup(made, pages=_PAGES)
                made.execute("PRAGMA journal_mode = DELETE").fetchall()
            sync_folder(target.parent)
        except (dbapi2.DatabaseError, OSError, Problem) as error:
            raise Problem("backup-failed", target.name, type(error).__name__) from error
    if trouble(target, key) or _read_back(target, key) != expected:
        raise Problem("backup-failed", target.name, "读回的内容与原数据不一致")
    return expected


def trouble(file: Path, key: bytes) -> list[str]:
    """What SQLCipher and SQLite find wrong with a file: changed pages, broken trees, dangling references.

    Pages that a WAL still covers may be torn in the file and harm nobody: those nothing refers to are looked
    at only where there is no WAL; all others are read, with their HMAC, through it.
    """
    found: list[str] = []
    try:
        with closing(sqlcipher.connect(file, key, read_only=True)) as link:
            link.execute("PRAGMA cipher_log_level = NONE").fetchall()  # what is wrong is told here
            if not _has_wal(file):
                found += [str(row[0]) for row in link.execute("PRAGMA cipher_integrity_check")]
            found += [str(row[0]) for row in link.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"{row[0]} -> {row[2]}" for row in link.execute("PRAGMA foreign_key_check")]
    except Problem as problem:
        return [problem.cause]
    except dbapi2.DatabaseError as error:
        return [*found, str(error)]
    return found


def _has_wal(file: Path) -> bool:
    wal = file.with_name(f"{file.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def digest(link: Any) -> str:
    """SHA-256 over every row of every table, in the order they lie: equal for a file and its copy."""
    total = hashlib.sha256()
    for (name,) in link.execute(_TABLES).fetchall():
        total.update(f"\n{name}\n".encode())
        for row in link.execute(f'SELECT * FROM "{name}"'):
            total.update(repr(row).encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def keep_before_upgrade(file: Path, key: bytes) -> BeforeUpgrade:
    """What keeps a compared copy of a store below `backups/` before the first step of an upgrade touches it.

    An upgrade that cannot keep one does not begin (Problem `backup-failed`).
    """

    def keep(before: int, after: int) -> None:
        folder = file.parent / BACKUPS / f"before-upgrade-{file.stem}-{before}-{after}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Problem("backup-failed", folder.name, error.strerror or "") from error
        copy(file, key, folder / file.name)

    return keep


def _read_back(file: Path, key: bytes) -> str:
    with closing(sqlcipher.connect(file, key, read_only=True)) as link:
        return digest(link)
