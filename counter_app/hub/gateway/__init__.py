"""The way from a hall's hub to a core platform: one port, one adapter, and a ledger of every serial."""
