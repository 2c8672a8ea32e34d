"""Opening the store of a hub server: an encrypted file of its own, or a PostgreSQL database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from counter_app.database import Database, open_database, open_postgres
from counter_app.database.copying import keep_before_upgrade
from counter_app.domain.value import Value
from counter_app.hub import upgrades
from counter_app.hub.lane import HubLane, Lane
from counter_app.hub.pool import PoolLane
from counter_app.problems import Problem

_KEY_BYTES = 32


class Opened(Value, frozen=True):
    """A store and the way work reaches it."""

    database: Database
    lane: Lane

    def close(self) -> None:
        """Finish what is queued and close."""
        self.lane.close()
        self.database.close()


def open_file(file: Path, key: bytes) -> Opened:
    """An encrypted file with one writer; the folder must belong to this process alone."""
    database = open_database(file, key, upgrades, before_upgrade=keep_before_upgrade(file, key))
    return Opened(database, HubLane(database))


def open_server(url: str) -> Opened:
    """A PostgreSQL database. Raises Problem `hub-store`."""
    spelled = url.replace("postgresql://", "postgresql+psycopg://", 1).replace(
        "postgres://", "postgresql+psycopg://", 1
    )
    database = open_postgres(spelled, upgrades)
    return Opened(database, PoolLane(database))


def is_server(database: str) -> bool:
    """Whether a `--database` names a PostgreSQL."""
    return database.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def key_in(file: Path) -> bytes:
    """The 32-byte key kept in a file as 64 hex digits; made (mode 0600) when there is none.

    Raises Problem `store-key` when the file holds something else.
    """
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(_KEY_BYTES))
            out.flush()
            os.fsync(out.fileno())
    try:
        key = bytes.fromhex(file.read_text("ascii").strip())
    except ValueError as error:
        raise Problem("store-key", str(file)) from error
    if len(key) != _KEY_BYTES:
        raise Problem("store-key", str(file))
    return key
