"""What a citizen does at a simulated device, however late the desk asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from drivers import simulate


def acted(remote: simulate.Remote, action: str, given: Mapping[str, str]) -> None:
    """The citizen does it as soon as they are asked, however long the desk takes to ask."""
    for _ in range(20):
        try:
            remote.do(action, given)
            return
        except simulate.Refused:
            continue
    raise AssertionError(f"{remote.name} never asked")
