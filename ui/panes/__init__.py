"""Panes of the review desk and of the manager's desk; their faces name the ones they show."""
