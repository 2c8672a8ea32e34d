"""Opening SQLCipher or PostgreSQL: version gate, PRAGMAs, writer lane, reading lane, upgrades."""

from counter_app.database.database import Database, open_database, open_postgres

__all__ = ["Database", "open_database", "open_postgres"]
