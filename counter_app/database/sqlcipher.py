"""One SQLCipher connection, opened the only way we trust."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from counter_app.database.secrecy import switch_dumps_off
from counter_app.problems import Problem
from counter_app.seals.files import sync_folder

# 3.7.0 to 3.51.2 can lose committed rows when a WAL is reset (sqlite.org, fixed in 3.51.3).
OLDEST_SAFE = (3, 51, 3)
_BUSY_MS = 5000
# The driver throws away what was used least, so once it is full of what made the tables, two new statements
# push each other out for ever, and each is put together anew every time it is run.
_STATEMENTS = 1000
WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL loses acknowledged commits in a power cut
    # 16 MiB: a long import is folded by its own commits; all else beside them (`folding`). What a bad
    # sector of the WAL takes, the journal has.
    "PRAGMA wal_autocheckpoint = 4000",
)
PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # or INSERT OR REPLACE walks past the append-only triggers
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA cache_size = -16384",  # KiB per connection, taken as it is used
)


def check_library(sqlite: tuple[int, ...] | None = None, cipher: str | None = None) -> tuple[str, str]:
    """The versions of SQLite and SQLCipher in use. Raises Problem `store-sqlite` when unsafe.

    Arguments stand in for the library's own answers in tests.
    """
    number = sqlite or dbapi2.sqlite_version_info
    if cipher is None:
        probe = dbapi2.connect(":memory:")
        row = probe.execute("PRAGMA cipher_version").fetchone()
        cipher = row[0] if row else ""
        probe.close()
    shown = ".".join(map(str, number))
    if number < OLDEST_SAFE or not cipher:
        raise Problem("store-sqlite", "", shown if cipher else f"{shown}（不带加密）")
    return shown, cipher


def connect(path: Path, key: bytes, read_only: bool = False) -> Any:
    """A DB-API connection in autocommit mode with our PRAGMAs; `key` is 32 raw bytes.

    Raises Problem `store-missing` (read-only and no file), `store-key` (wrong key or not a
    database), `store-write` (folder not writable) or `store-sqlite`.
    """
    check_library()
    switch_dumps_off()
    if read_only and not path.exists():
        raise Problem("store-missing", str(path.parent), path.name)
    try:
        if not read_only:
            _create(path)
        link = dbapi2.connect(
            _uri(path, read_only),
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=_STATEMENTS,
        )
    except (OSError, dbapi2.OperationalError) as error:
        raise Problem("store-write", str(path), _why(error)) from error
    try:
        _prepare(link, key, read_only)
    except dbapi2.DatabaseError as error:
        link.close()
        raise _opening_problem(path, error) from error
    return link


def _create(path: Path) -> None:
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # -wal and -shm inherit the mode
        sync_folder(path.parent)


def _uri(path: Path, read_only: bool) -> str:
    return f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"


def _prepare(link: Any, key: bytes, read_only: bool) -> None:
    link.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    link.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    link.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first page tells whether the key fits
    for pragma in (*(() if read_only else WRITER_PRAGMAS), *PRAGMAS):
        link.execute(pragma).fetchall()
    if read_only:
        link.execute("PRAGMA query_only = ON")


def _opening_problem(path: Path, error: Exception) -> Problem:
    if is_write_failure(error):
        return Problem("store-write", str(path), _why(error))
    return Problem("store-key", str(path))


def is_write_failure(error: BaseException) -> bool:
    """Whether the disk or the folder, not our statement, is to blame."""
    words = ("disk is full", "disk I/O error", "readonly database", "unable to open", "database is locked")
    return any(word in str(error) for word in words)


def _why(error: Exception) -> str:
    return error.strerror or "" if isinstance(error, OSError) else str(error)
