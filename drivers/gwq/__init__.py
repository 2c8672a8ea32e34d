"""Customer screens (柜外清)."""
