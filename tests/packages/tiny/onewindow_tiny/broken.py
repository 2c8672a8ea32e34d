"""A driver whose vendor ends the program at import."""

raise SystemExit("no licence found")
