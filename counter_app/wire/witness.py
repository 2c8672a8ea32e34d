"""What a hub and a device mean by a signed head of a chain, and whether a chain has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from counter_app.problems import Problem
from counter_app.seals.hub_identity import believed

PAPER = "chain-head"
HashAt = Callable[[int, int], str]  # (epoch, seq) to the hash of that fact, "" when there is none


def place_of(paper: Mapping[str, Any], device: str, hub_key: bytes) -> tuple[int, int, str]:
    """Epoch, seq and hash of a head the hub signed for this device. Raises Problem `hub-paper`."""
    said = believed(paper, PAPER, hub_key)
    epoch, seq, digest = said.get("epoch"), said.get("seq"), said.get("hash")
    if said.get("device") != device or type(epoch) is not int or type(seq) is not int:
        raise Problem("hub-paper", PAPER)
    return epoch, seq, str(digest)


def first_bad(paper: Mapping[str, Any], device: str, hub_key: bytes, hash_at: HashAt) -> str | None:
    """`<epoch>/<seq>` of what the hub has seen otherwise than it stands here; None when it agrees.

    Raises Problem `hub-paper` for a paper that is not the hub's.
    """
    epoch, seq, digest = place_of(paper, device, hub_key)
    return None if hash_at(epoch, seq) == digest else f"{epoch}/{seq}"
