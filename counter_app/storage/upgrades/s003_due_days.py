"""How many open cases fall due on each day, kept while cases change; names and commitments get an index.

A desk shows these counts all day: counting a hundred thousand cases each time would make it wait.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_OPEN = "{row}.state IN ('received', 'accepted')"
_ADD = f"""INSERT INTO due_days (due_on, open)
    SELECT coalesce(NEW.due_on, ''), 1 WHERE {_OPEN.format(row="NEW")}
    ON CONFLICT (due_on) DO UPDATE SET open = open + 1"""
_TAKE = f"""UPDATE due_days SET open = open - 1
    WHERE due_on = coalesce(OLD.due_on, '') AND {_OPEN.format(row="OLD")}"""
_STATEMENTS = (
    "CREATE TABLE due_days (due_on text PRIMARY KEY, open integer NOT NULL) WITHOUT ROWID",
    f"""INSERT INTO due_days (due_on, open) SELECT coalesce(due_on, ''), count(*) FROM cases
        WHERE {_OPEN.format(row="cases")} GROUP BY 1""",
    f"CREATE TRIGGER due_day_added AFTER INSERT ON cases BEGIN {_ADD}; END",
    f"""CREATE TRIGGER due_day_moved AFTER UPDATE OF state, due_on ON cases
        WHEN OLD.state <> NEW.state OR OLD.due_on IS NOT NEW.due_on BEGIN {_TAKE}; {_ADD}; END""",
    f"CREATE TRIGGER due_day_taken AFTER DELETE ON cases BEGIN {_TAKE}; END",
    "CREATE INDEX people_names ON people (name)",
    "CREATE INDEX cases_offline ON cases (rid) WHERE online = 0 AND state IN ('accepted', 'done')",
    """CREATE INDEX cases_estimated ON cases (rid)
        WHERE state IN ('received', 'accepted') AND instr(clocks, '"is_estimated":true')""",
    "CREATE INDEX materials_committed ON materials (due_on) WHERE state = 'committed'",
)


def _apply(connection: Connection) -> None:
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)


STEP = Step(3, "counted due days, names and commitments by index", _apply)
