"""Papers: one module with PAPER each; `Papers` is the port `Documents`."""

from __future__ import annotations

from counter_app.documents.papers import Papers

__all__ = ["Papers"]
