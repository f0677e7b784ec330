"""Writes made beside every server, in the database itself."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, delete, insert, update
from sqlmodel import SQLModel

from schema.records.revision import next_revision
from service.database import open_engine

_ACTOR = SQLModel.metadata.tables["actor"]
_SOURCE = SQLModel.metadata.tables["source"]


class Book:
    """Writes what it is told to, and knows which revisions were about actors."""

    def __init__(self, engine: Engine, seed: int = 1) -> None:
        self._engine = engine
        self._random = random.Random(seed)
        self._slugs: list[str] = []
        self.revisions: list[int] = []

    def write(self) -> None:
        """One revision, at random: an actor is made, changed or removed, or a source is made."""
        what = self._random.choice(["make", "make", "change", "remove", "source"])
        with self._engine.begin() as connection:
            revision = next_revision(connection, "a test", None)
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

    def write_actor(self) -> int:
        """One revision that makes an actor."""
        return self.write_actors(1)

    def write_actors(self, count: int) -> int:
        """One revision that makes several."""
        with self._engine.begin() as connection:
            revision = next_revision(connection, "a test", None)
            for number in range(count):
                slug = f"somebody-{revision}-{number}"
                values = {"slug": slug, "name": "Somebody", "kind": "PERSON"}
                connection.execute(insert(_ACTOR).values(**values))
        self.revisions.append(revision)
        return revision


@contextmanager
def book(path: Path, seed: int = 1) -> Iterator[Book]:
    engine = open_engine(f"sqlite:///{path}")
    try:
        yield Book(engine, seed)
    finally:
        engine.dispose()
