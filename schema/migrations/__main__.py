"""Drafts the next migration: `python -m schema.migrations "Websites of actors"`.

It compares the records with a database at the newest version.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from sqlalchemy import create_engine

from schema.migrations import configuration, head, migration, upgrade


def draft(message: str) -> None:
    """Writes the script into versions/. Review it before committing it."""
    number = f"{int(head()) + 1:04}"
    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'today.db'}")
        upgrade(engine)
        with migration(engine) as connection:
            config = configuration(connection)
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()
    sys.stdout.write(f"Now set HEAD in schema/migrations/__init__.py to {number!r}.\n")


if __name__ == "__main__":
    draft(sys.argv[1])
