from __future__ import annotations

import tomllib

from counter_app.catalog.lines import Lines

TEXT = '''\
# a comment
id = "X"
long = """
[[field]]
not = "a key"
"""
list = [
  { a = 1 },
  # between
  { a = 2, b = "]" },
]

[limits]
promised.here = 3

[[field]]
key = "one"

[[field.columns]]
key = "c1"

[[field.columns]]
key = "c2"

[[field]]
key = "two"
when = "a [ b"
label = "x"

[[group.PERSON]]
key = "p"
'''


def test_the_line_of_everything() -> None:
    tomllib.loads(TEXT)
    lines = Lines(TEXT)
    expected = {
        ("id",): 2,
        ("list",): 7,
        ("list", 0): 8,
        ("list", 1): 10,
        ("list", 1, "b"): 10,
        ("limits",): 13,
        ("limits", "promised", "here"): 14,
        ("field", 0, "key"): 17,
        ("field", 0, "columns", 0, "key"): 20,
        ("field", 0, "columns", 1, "key"): 23,
        ("field", 1): 25,
        ("field", 1, "label"): 28,
        ("group", "PERSON", 0, "key"): 31,
        ("nowhere", "at", "all"): 1,
    }
    assert {path: lines.find(path) for path in expected} == expected
