"""The demo hall: a fresh encrypted store marked synthetic for ever, invented people, simulated devices."""
