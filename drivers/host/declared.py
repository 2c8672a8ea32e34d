"""Where a driver's declaration lies, in whatever process has to import it."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def declared(full_id: str, home: str = "") -> Any:
    """The DRIVER of our own module, or at the `home` of another package: `module:NAME@folder`.

    Raises ImportError.
    """
    place, _, folder = home.partition("@")
    module, _, name = place.partition(":")
    if folder and folder not in sys.path:
        sys.path.append(folder)
    module, name = module or "drivers." + full_id, name or "DRIVER"
    found = getattr(importlib.import_module(module), name, None)
    if found is None:
        raise ImportError(name, name=module)
    return found
