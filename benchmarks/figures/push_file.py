"""Facts a second through real HTTP into an encrypted file, against one bare multi-row INSERT a commit."""

from __future__ import annotations

from benchmarks.product.halls import encrypted_file
from benchmarks.product.pushes import figure

FIGURE = figure("push_file", "facts pushed over HTTP, encrypted file ÷ bare INSERT", encrypted_file)
