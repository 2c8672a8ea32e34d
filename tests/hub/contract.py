"""What every hub must do, near or far: the adapters of the port `Hub` all pass this one text.

A test module subclasses `HubContract` and gives the fixture `hall`.
"""

from __future__ import annotations

from tests.hub.contract_cases import CaseContract
from tests.hub.contract_line import LineContract
from tests.hub.contract_steps import Hall

__all__ = ["Hall", "HubContract"]


class HubContract(LineContract, CaseContract):
    """The contract: the line, and what goes on behind the windows."""
