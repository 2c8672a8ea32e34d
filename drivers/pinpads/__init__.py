"""Keys on which a citizen types a PIN."""
