"""The keyring of a Linux desktop (GNOME Keyring, KWallet …) through the Secret Service on the session bus."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from counter_app.domain.value import Value
from counter_app.problems import Problem

if TYPE_CHECKING:
    from secretstorage import Collection

_APPLICATION = "onewindow"


class SecretService(Value, frozen=True):
    """Asks the default collection, and only while it is open: no dialog of ours ever unlocks it.

    The secret crosses the bus encrypted (Diffie-Hellman session of the protocol).
    """

    id: str = "secret-service"
    title: str = "桌面钥匙串"

    def because(self) -> str:
        """Why the keyring cannot be used now."""
        try:
            with _opened(self.id):
                return ""
        except Problem as problem:
            return problem.detail

    def keep(self, name: str, secret: bytes) -> str:
        """Keep it under the store's name, in place of an older one."""
        with _opened(self.id) as collection:
            collection.create_item(f"一窗 {name}", _marks(name), secret, replace=True)
        return ""

    def fetch(self, name: str, kept: str) -> bytes:
        """Read it back."""
        with _opened(self.id) as collection:
            for item in collection.search_items(_marks(name)):
                return bytes(item.get_secret())
        raise Problem("key-store-lost", self.id, self.title)

    def forget(self, name: str, kept: str) -> None:
        """Delete it."""
        with _opened(self.id) as collection:
            for item in collection.search_items(_marks(name)):
                item.delete()


def _marks(name: str) -> dict[str, str]:
    return {"application": _APPLICATION, "store": name}


@contextmanager
def _opened(where: str) -> Iterator[Collection]:
    """The default collection, unlocked already."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        raise Problem("key-store-away", where, "没有桌面会话")
    try:
        import secretstorage
        from jeepney import DBusErrorResponse
    except ImportError as error:
        raise Problem("key-store-away", where, "没有安装 secretstorage") from error
    trouble = (secretstorage.exceptions.SecretStorageException, DBusErrorResponse, OSError, TimeoutError)
    connection = None
    try:
        connection = secretstorage.dbus_init()
        collection = secretstorage.get_collection_by_alias(connection, "default")
        if collection.is_locked():
            raise Problem("key-store-away", where, "钥匙串没有解锁")
        yield collection
    except trouble as error:
        raise Problem("key-store-away", where, type(error).__name__) from error
    finally:
        if connection is not None:
            connection.close()


KEEPER = SecretService()
