"""The hub: plain functions over its own store."""
