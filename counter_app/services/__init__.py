"""The verbs of the counter and the visit at the window. No Qt, no SQL."""
