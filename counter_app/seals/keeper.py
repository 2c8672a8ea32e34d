"""The port to what an operating system keeps secrets in, and the walk that finds its adapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from counter_app.problems import Problem
from counter_app.walk import found

AUTO, PASSPHRASE = "auto", "passphrase"
# What a new store may be given to without being told: each belongs to whoever is logged in to the desktop.
BY_ITSELF = ("secret-service", "dpapi")


class Keeper(Protocol):
    """Keeps 32 bytes for us. It fails closed: nothing is ever written unprotected instead."""

    @property
    def id(self) -> str:
        """The name in the setting `key_store` and in `store.keys`."""

    @property
    def title(self) -> str:
        """The name as people know it, Chinese."""

    def because(self) -> str:
        """Why it cannot be used on this machine, in words; "" when it can. Asks nobody for anything."""

    def keep(self, name: str, secret: bytes) -> str:
        """Keep a secret; what is answered ("" or a sealed text) lies beside the store and is no secret.

        Raises Problem `key-store-away`.
        """

    def fetch(self, name: str, kept: str) -> bytes:
        """The secret again. Raises Problem `key-store-away`, `key-store-lost`."""

    def forget(self, name: str, kept: str) -> None:
        """Keep it no longer; nothing to forget is no matter. Raises Problem `key-store-away`."""


def keepers() -> Mapping[str, Keeper]:
    """Every adapter by its id, whether it can be used here or not."""
    from counter_app.seals import keepers as package

    return found(package, "KEEPER", lambda keeper: str(keeper.id))


def keeper_of(name: str) -> Keeper:
    """One adapter by its id. Raises Problem `key-store-unknown`."""
    keeper = keepers().get(name)
    if keeper is None:
        raise Problem("key-store-unknown", "key_store", name)
    return keeper


def chosen(wish: str) -> str:
    """Who keeps a new store's key: the one wished for, or of `auto` the first that can; "" is a passphrase.

    Raises Problem `key-store-unknown`, `key-store-away` when the one wished for cannot be used here.
    """
    if wish in ("", PASSPHRASE):
        return ""
    if wish == AUTO:
        return next((name for name in BY_ITSELF if not keeper_of(name).because()), "")
    because = keeper_of(wish).because()
    if because:
        raise Problem("key-store-away", wish, because)
    return wish
