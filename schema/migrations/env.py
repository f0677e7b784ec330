"""The script that Alembic runs for each command, in the transaction of `schema.migrations`."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import schema.records  # noqa: F401 - puts the tables into the metadata
from schema.migrations.triggers import create_triggers, drop_triggers
from schema.search.words import is_of_words


def run(connection: Connection) -> None:
    """Runs the scripts of the command, with the history triggers dropped meanwhile."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        # The tables and indexes that a draft of a migration compares with the records.
        include_name=lambda name, *_: not is_of_words(name),
    )
    drop_triggers(connection)
    context.run_migrations()
    create_triggers(connection)


run(context.config.attributes["connection"])
