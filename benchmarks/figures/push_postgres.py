"""Facts a second through real HTTP into a PostgreSQL, against one bare multi-row INSERT a commit."""

from __future__ import annotations

from benchmarks.product.halls import postgres
from benchmarks.product.pushes import figure

FIGURE = figure("push_postgres", "facts pushed over HTTP, PostgreSQL ÷ bare INSERT", postgres)
