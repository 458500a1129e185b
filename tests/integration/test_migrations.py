"""One revision makes every table and guard, in both engines, and takes them away again."""

from akva.storage.database import Database


def test_a_migrated_database_may_be_served(database: Database) -> None:
    database.check()
