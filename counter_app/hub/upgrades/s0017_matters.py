"""The same matter is found by one number that begins with its day (`hub.matter`)."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, text

from counter_app.database.steps import Step
from counter_app.hub.matter import matter_of

_PIECE = 5_000
_NAMED = text(
    "SELECT hall, case_id, person, type_id, business_date FROM cases WHERE person <> '' AND type_id <> '' "
    "AND (hall, case_id) > (:hall, :case_id) ORDER BY hall, case_id LIMIT :most"
)
_NUMBER = text("UPDATE cases SET matter = :matter WHERE hall = :of_hall AND case_id = :of").bindparams(
    bindparam("matter"), bindparam("of_hall"), bindparam("of")
)


def apply(connection: Connection) -> None:
    """Number what is there, then make the index anew."""
    connection.exec_driver_sql("DROP INDEX the_same_matter")
    connection.exec_driver_sql("ALTER TABLE cases ADD COLUMN matter BIGINT NOT NULL DEFAULT 0")
    last = ("", "")
    while named := connection.execute(
        _NAMED, {"hall": last[0], "case_id": last[1], "most": _PIECE}
    ).fetchall():
        connection.execute(_NUMBER, [_numbered(*row) for row in named])
        last = (named[-1].hall, named[-1].case_id)
    connection.exec_driver_sql("CREATE INDEX the_same_matter ON cases (matter)")


def _numbered(hall: str, case_id: str, person: str, type_id: str, day: str) -> dict[str, str | int]:
    return {"matter": matter_of(hall, person, type_id, day), "of_hall": hall, "of": case_id}


STEP = Step(17, "matters by their day first", apply)
