"""Faces, views, viewmodels and widgets of the counter."""
