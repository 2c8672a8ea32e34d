"""Driver family: scanners."""
