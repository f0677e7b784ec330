"""Copies a whole database to another one, of either kind: all tables, history and revisions.

It commits batches, so that an interrupted copy can resume, unless the source has changed meanwhile.
At the end it reads both databases and compares them row by row.
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

# Called with the current work ("support"), the number of finished items, and the total.
Progress = Callable[[str, int, int], None]
TableRow = Sequence[Any]

# Rows per batch.
_BATCH_ROWS = 5_000
# Not a revision: the copy cannot resume.
_START_OVER = -1

_NUMBER = SQLModel.metadata.tables[str(Revision.__tablename__)].c.number
_NEWEST = select(func.max(_NUMBER))


class Copied(NamedTuple):
    """The result of a copy."""

    rows: int
    revision: int
    digest: str


def copy(source: Database, target: Database, progress: Progress) -> Copied:
    """Copies a snapshot of the source to the target; does not block users of the source.

    Raises StartError if the target has other data, or the two differ at the end.
    """
    source.check()
    target.make_place()
    with _driver_errors(target):
        engine = target.engine()
        try:
            upgrade(engine)
        finally:
            engine.dispose()
    with _connected(source) as source_connection, _connected(target) as target_connection:
        source.begin_snapshot(source_connection)
        return _Copy(source, target, source_connection, target_connection, progress).run()


@contextmanager
def _connected(database: Database) -> Iterator[Connection]:
    engine = database.writer_engine(60.0)
    try:
        with _driver_errors(database), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _driver_errors(database: Database) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StartError(database.explain(error)) from error


class _Copy:
    """One run, which starts or resumes a copy."""

    def __init__(
        self,
        source: Database,
        target: Database,
        source_connection: Connection,
        target_connection: Connection,
        progress: Progress,
    ) -> None:
        self._source, self._target = source, target
        self._source_connection, self._target_connection = source_connection, target_connection
        self._progress = progress
        self._tables = SQLModel.metadata.sorted_tables

    def run(self) -> Copied:
        revision: int = self._source_connection.execute(_NEWEST).scalar_one()
        self._prepare_target(revision)
        for table in self._tables:
            self._copy_rows(table)
            self._copy_self_references(table)
            self._copy_last_key(table)
        copied = self._compare(revision)
        with self._target.transaction(self._target_connection):
            create_triggers(self._target_connection)
            UNFINISHED.drop(self._target_connection)
        return copied

    def _prepare_target(self, revision: int) -> None:
        """Empties the target, unless it has an unfinished copy of the same revision."""
        with self._target.transaction(self._target_connection):
            unfinished = unfinished_revision(self._target_connection)
            if unfinished == revision:
                return
            if unfinished is None:
                self._refuse_data()
                # The history is copied too, so no trigger may write it.
                drop_triggers(self._target_connection)
                UNFINISHED.create(self._target_connection)
            self._target_connection.execute(delete(UNFINISHED))
            self._target_connection.execute(insert(UNFINISHED).values(revision=revision))
            for table in reversed(self._tables):
                for column in _self_references(table):
                    self._target_connection.execute(update_rows(table).values({column.name: None}))
                self._target_connection.execute(delete(table))

    def _refuse_data(self) -> None:
        if self._target_connection.execute(_NEWEST).scalar_one():
            raise StartError(
                f"The database {self._target.label} contains data; "
                "copy to an empty or missing database."
            )

    # --- rows -----------------------------------------------------------------------------------

    def _copy_rows(self, table: Table) -> None:
        total = self._source_connection.execute(
            select(func.count()).select_from(table)
        ).scalar_one()
        done = self._target_connection.execute(select(func.count()).select_from(table)).scalar_one()
        names = [column.name for column in _columns(table)]
        deferred = {column.name for column in _self_references(table)}
        self._target_connection.rollback()
        for batch in _batches(self._source_connection, table, after=self._last_key(table)):
            rows = [
                {n: None if n in deferred else v for n, v in zip(names, row, strict=True)}
                for row in batch
            ]
            with self._target.transaction(self._target_connection):
                self._target_connection.execute(insert(table), rows)
            done += len(rows)
            self._progress(table.name, done, total)

    def _last_key(self, table: Table) -> TableRow | None:
        """The key of the last row that an earlier run copied."""
        key = list(table.primary_key)
        last = select(*key).order_by(*(column.desc() for column in key)).limit(1)
        found = self._target_connection.execute(last).first()
        self._target_connection.rollback()
        return found

    def _copy_self_references(self, table: Table) -> None:
        """Sets self-references once all rows exist, since a row may refer to a later one."""
        for column in _self_references(table):
            query = select(table.c.id, column).where(column.is_not(None)).order_by(table.c.id)
            rows = [
                {"row": id_, "value": value}
                for id_, value in self._source_connection.execute(query)
            ]
            if rows:
                same = table.c.id == bindparam("row")
                statement = update_rows(table).where(same).values({column.name: bindparam("value")})
                with self._target.transaction(self._target_connection):
                    self._target_connection.execute(statement, rows)

    def _copy_last_key(self, table: Table) -> None:
        """Copies the key sequence: keys are never reused, not even those of deleted records."""
        if table.autoincrement_column is not None:
            last = self._source.last_key(self._source_connection, table)
            with self._target.transaction(self._target_connection):
                self._target.set_last_key(self._target_connection, table, last)

    # --- comparison -----------------------------------------------------------------------------

    def _compare(self, revision: int) -> Copied:
        rows, total = 0, hashlib.blake2b(digest_size=16)
        for index, table in enumerate(self._tables, 1):
            source_digest, target_digest = (
                _digest(each, table) for each in (self._source_connection, self._target_connection)
            )
            self._target_connection.rollback()
            if source_digest != target_digest:
                self._report_difference(table, source_digest, target_digest)
            rows += source_digest[0]
            total.update(source_digest[1])
            self._progress("compared", index, len(self._tables))
        return Copied(rows, revision, total.hexdigest())

    def _report_difference(
        self, table: Table, source_digest: tuple[int, bytes], target_digest: tuple[int, bytes]
    ) -> None:
        with self._target.transaction(self._target_connection):
            self._target_connection.execute(update_rows(UNFINISHED).values(revision=_START_OVER))
        raise StartError(
            f"The copy differs in {table.name}: {source_digest[0]} rows in {self._source.label}, "
            f"{target_digest[0]} in {self._target.label}. Run the command again to start over."
        )


def _columns(table: Table) -> list[Column[Any]]:
    """All columns but computed ones."""
    return [column for column in table.columns if column.computed is None]


def _self_references(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def _batches(
    connection: Connection, table: Table, after: TableRow | None = None
) -> Iterator[list[TableRow]]:
    """The rows in batches, in key order, which is the same in both databases."""
    key = list(table.primary_key)
    key_indexes = [_columns(table).index(column) for column in key]
    query = select(*_columns(table)).order_by(*key).limit(_BATCH_ROWS)
    last = after
    while True:
        page = query if last is None else query.where(tuple_(*key) > tuple_(*last))
        batch: list[TableRow] = list(connection.execute(page))
        if batch:
            yield batch
        if len(batch) < _BATCH_ROWS:
            return
        last = [batch[-1][index] for index in key_indexes]


def _digest(connection: Connection, table: Table) -> tuple[int, bytes]:
    """The number of rows, and a digest of all columns but computed ones."""
    count, digest = 0, hashlib.blake2b(table.name.encode(), digest_size=16)
    for batch in _batches(connection, table):
        count += len(batch)
        for row in batch:
            digest.update(orjson.dumps(tuple(row), default=bytes.hex))
    return count, digest.digest()
