"""A whole database into another one, of either kind: every table, with its history and revisions.

It goes by pieces, each of which is kept: a copy that was broken off goes on where it ended, as long
as nobody has written to the original meanwhile. What was written is read again in the end, and
compared row by row.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Column, Connection, Table, bindparam, delete, func, insert, select, tuple_
from sqlalchemy import update as update_rows
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from schema.migrations import upgrade
from schema.migrations.triggers import create_triggers, drop_triggers
from schema.records import Revision
from service.database import Database
from service.database.unfinished_copy import UNFINISHED, unfinished_revision
from service.errors import StartError

# Told what is being done ("support"), how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]
Row = Sequence[Any]

# Rows in one piece.
_PIECE = 5_000
# No revision: what is there can't be gone on with.
_ANEW = -1

_NUMBER = SQLModel.metadata.tables[str(Revision.__tablename__)].c.number
_NEWEST = select(func.max(_NUMBER))


class Copied(NamedTuple):
    """What a copy came to."""

    rows: int
    revision: int
    digest: str


def copy(source: Database, target: Database, progress: Progress) -> Copied:
    """Makes the target what the source is at this moment; whoever reads or writes that goes on.

    Raises StartError where the target holds data of its own, or the two differ in the end.
    """
    source.check()
    target.make_place()
    with _told(target):
        engine = target.engine()
        try:
            upgrade(engine)
        finally:
            engine.dispose()
    with _connected(source) as old, _connected(target) as new:
        source.begin_snapshot(old)
        return _Copy(source, target, old, new, progress).run()


@contextmanager
def _connected(database: Database) -> Iterator[Connection]:
    engine = database.writer_engine(60.0)
    try:
        with _told(database), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _told(database: Database) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StartError(database.explain(error)) from error


class _Copy:
    """One run, which begins a copy or goes on with it."""

    def __init__(
        self,
        source: Database,
        target: Database,
        old: Connection,
        new: Connection,
        progress: Progress,
    ) -> None:
        self._source, self._target = source, target
        self._old, self._new = old, new
        self._progress = progress
        self._tables = SQLModel.metadata.sorted_tables

    def run(self) -> Copied:
        revision: int = self._old.execute(_NEWEST).scalar_one()
        self._begin(revision)
        for table in self._tables:
            self._copy_rows(table)
            self._copy_references_to_itself(table)
            self._copy_last_key(table)
        copied = self._compare(revision)
        with self._target.transaction(self._new):
            create_triggers(self._new)
            UNFINISHED.drop(self._new)
        return copied

    def _begin(self, revision: int) -> None:
        """Makes room, unless a copy of the same state was begun here."""
        with self._target.transaction(self._new):
            begun = unfinished_revision(self._new)
            if begun == revision:
                return
            if begun is None:
                self._refuse_what_is_used()
                # What is copied has a history already.
                drop_triggers(self._new)
                UNFINISHED.create(self._new)
            self._new.execute(delete(UNFINISHED))
            self._new.execute(insert(UNFINISHED).values(revision=revision))
            for table in reversed(self._tables):
                for column in _to_itself(table):
                    self._new.execute(update_rows(table).values({column.name: None}))
                self._new.execute(delete(table))

    def _refuse_what_is_used(self) -> None:
        if self._new.execute(_NEWEST).scalar_one():
            raise StartError(
                f"The database {self._target.label} holds data already; "
                "copy into one that is empty, or not there yet."
            )

    # --- rows -----------------------------------------------------------------------------------

    def _copy_rows(self, table: Table) -> None:
        total = self._old.execute(select(func.count()).select_from(table)).scalar_one()
        done = self._new.execute(select(func.count()).select_from(table)).scalar_one()
        names = [column.name for column in _columns(table)]
        later = {column.name for column in _to_itself(table)}
        self._new.rollback()
        for piece in _pieces(self._old, table, after=self._last(table)):
            rows = [
                {n: None if n in later else v for n, v in zip(names, row, strict=True)}
                for row in piece
            ]
            with self._target.transaction(self._new):
                self._new.execute(insert(table), rows)
            done += len(rows)
            self._progress(table.name, done, total)

    def _last(self, table: Table) -> Row | None:
        """The key of the last row that was copied before."""
        key = list(table.primary_key)
        last = select(*key).order_by(*(column.desc() for column in key)).limit(1)
        found = self._new.execute(last).first()
        self._new.rollback()
        return found

    def _copy_references_to_itself(self, table: Table) -> None:
        """A row may refer to one that comes after it: so once all are there."""
        for column in _to_itself(table):
            said = select(table.c.id, column).where(column.is_not(None)).order_by(table.c.id)
            rows = [{"row": id_, "value": value} for id_, value in self._old.execute(said)]
            if rows:
                same = table.c.id == bindparam("row")
                set_ = update_rows(table).where(same).values({column.name: bindparam("value")})
                with self._target.transaction(self._new):
                    self._new.execute(set_, rows)

    def _copy_last_key(self, table: Table) -> None:
        """A key is never given again, not even that of a record which is gone."""
        if table.dialect_options["sqlite"]["autoincrement"]:
            last = self._source.last_key(self._old, table.name)
            with self._target.transaction(self._new):
                self._target.set_last_key(self._new, table.name, last)

    # --- the end --------------------------------------------------------------------------------

    def _compare(self, revision: int) -> Copied:
        rows, whole = 0, hashlib.blake2b(digest_size=16)
        for place, table in enumerate(self._tables, 1):
            was, became = (_digest(each, table) for each in (self._old, self._new))
            self._new.rollback()
            if was != became:
                self._say_that_it_differs(table, was, became)
            rows += was[0]
            whole.update(was[1])
            self._progress("compared", place, len(self._tables))
        return Copied(rows, revision, whole.hexdigest())

    def _say_that_it_differs(
        self, table: Table, was: tuple[int, bytes], became: tuple[int, bytes]
    ) -> None:
        with self._target.transaction(self._new):
            self._new.execute(update_rows(UNFINISHED).values(revision=_ANEW))
        raise StartError(
            f"The copy differs: {table.name} has {was[0]} rows in {self._source.label} and "
            f"{became[0]} in {self._target.label}, or others. Run it again: it begins anew."
        )


def _columns(table: Table) -> list[Column[Any]]:
    """Those that somebody writes; the database computes the others."""
    return [column for column in table.columns if column.computed is None]


def _to_itself(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def _pieces(connection: Connection, table: Table, after: Row | None = None) -> Iterator[list[Row]]:
    """The rows in the order of their keys, which both databases give alike."""
    key = list(table.primary_key)
    places = [_columns(table).index(column) for column in key]
    query = select(*_columns(table)).order_by(*key).limit(_PIECE)
    last = after
    while True:
        further = query if last is None else query.where(tuple_(*key) > tuple_(*last))
        piece: list[Row] = list(connection.execute(further))
        if piece:
            yield piece
        if len(piece) < _PIECE:
            return
        last = [piece[-1][place] for place in places]


def _digest(connection: Connection, table: Table) -> tuple[int, bytes]:
    """How many rows there are, and a digest of all that somebody wrote in them."""
    count, digest = 0, hashlib.blake2b(table.name.encode(), digest_size=16)
    for piece in _pieces(connection, table):
        count += len(piece)
        for row in piece:
            digest.update(orjson.dumps(tuple(row), default=bytes.hex))
    return count, digest.digest()
