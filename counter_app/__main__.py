"""One command line for everything; a face is imported only when its command runs."""

from __future__ import annotations


def main() -> int:
    """Run the command line and return its exit code."""
    return 0
