"""Writes to the database without the service."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, update
from sqlmodel import SQLModel

from schema.records.revision import announce, lock_for_writing, next_revision
from tests.stores import database_of

_ACTOR = SQLModel.metadata.tables["actor"]
_SOURCE = SQLModel.metadata.tables["source"]


class Book:
    """Writes revisions, and records which of them changed actors."""

    def __init__(self, engine: Engine, seed: int = 1) -> None:
        self._engine = engine
        self._random = random.Random(seed)
        self._slugs: list[str] = []
        self.revisions: list[int] = []

    def write(self) -> None:
        """Writes a random revision: creates, changes or deletes an actor, or creates a source."""
        what = self._random.choice(["make", "make", "change", "remove", "source"])
        with self._revision() as (connection, revision):
            if what == "source":
                connection.execute(insert(_SOURCE).values(title=f"Source {revision}"))
                return
            if what == "make" or not self._slugs:
                slug = f"actor-{revision}"
                values = {"slug": slug, "name": f"Actor {revision}", "kind": "PERSON"}
                connection.execute(insert(_ACTOR).values(**values))
                self._slugs.append(slug)
            else:
                slug = self._random.choice(self._slugs)
                if what == "change":
                    statement = update(_ACTOR).values(name=f"Renamed in {revision}")
                else:
                    statement = delete(_ACTOR)
                    self._slugs.remove(slug)
                connection.execute(statement.where(_ACTOR.c.slug == slug))
        self.revisions.append(revision)

    @contextmanager
    def _revision(self) -> Iterator[tuple[Connection, int]]:
        """Writes as another process does: with the lock of writers, and a notification."""
        with self._engine.begin() as connection:
            lock_for_writing(connection)
            revision = next_revision(connection, "a test", None)
            yield connection, revision
            announce(connection, revision)

    def write_actor(self) -> int:
        """Writes a revision that creates an actor."""
        return self.write_actors(1)

    def write_actors(self, count: int) -> int:
        """Writes a revision that creates several actors."""
        with self._revision() as (connection, revision):
            for number in range(count):
                slug = f"somebody-{revision}-{number}"
                values = {"slug": slug, "name": "Somebody", "kind": "PERSON"}
                connection.execute(insert(_ACTOR).values(**values))
        self.revisions.append(revision)
        return revision


@contextmanager
def book(path: Path, seed: int = 1) -> Iterator[Book]:
    engine = database_of(path).engine()
    try:
        yield Book(engine, seed)
    finally:
        engine.dispose()
