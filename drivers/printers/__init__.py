"""Driver family: printers."""
