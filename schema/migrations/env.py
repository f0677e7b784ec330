"""What Alembic runs for each of its commands: it opens the database and runs the scripts."""

from alembic import context
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

import schema.records  # noqa: F401 - puts the tables into the metadata
from schema.migrations.triggers import create_triggers, drop_triggers


def begin_on_sqlite(connection: Connection) -> None:
    """Starts the transaction that Python's driver starts for data only, not for tables.

    So a migration is made whole or not at all, and a second process waits for the first.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def run(engine: Engine) -> None:
    """Runs the scripts that the command asks for, in one transaction."""
    with engine.begin() as connection:
        begin_on_sqlite(connection)
        context.configure(connection=connection, target_metadata=SQLModel.metadata)
        drop_triggers(connection)
        context.run_migrations()
        create_triggers(connection)


run(context.config.attributes["engine"])
