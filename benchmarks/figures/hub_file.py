"""Numbers and calls over HTTP, each durable in an encrypted file, against the route without a store."""

from __future__ import annotations

from benchmarks.product.halls import encrypted_file, figure

FIGURE = figure("hub_file", "numbers and calls over HTTP, encrypted file ÷ no database", encrypted_file)
