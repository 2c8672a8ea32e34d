"""The scripted face: a hall's day as a file, played without Qt through the same visit and services."""
