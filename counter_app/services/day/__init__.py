"""The day at the counter: opening check, hand-over, balance; everything in it is a fact of the day."""
