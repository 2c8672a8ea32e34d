"""Numbers and calls over HTTP, each durable in a PostgreSQL, against the route without a store."""

from __future__ import annotations

from benchmarks.product.halls import figure, postgres

FIGURE = figure("hub_postgres", "numbers and calls over HTTP, PostgreSQL ÷ no database", postgres)
