"""After any writes in any order, both databases have the same history."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from schema.migrations import upgrade
from schema.records import HISTORY
from schema.records.history import STILL, TOMBSTONES
from schema.records.revision import lock_for_writing
from tests.databases import EACH_SORT, engine_of, new_database

TABLES = SQLModel.metadata.tables
Row = dict[str, Any]

DATES = (None, "2024", "2024-02")
AMOUNTS = (None, "1", "2.5")


def row(table: str, key: int, value: int) -> Row:
    """Returns a row for a small key, in one of three states."""
    rows: dict[str, Row] = {
        "actor": {
            "slug": f"actor-{key}",
            "name": "An actor",
            "kind": "STATE",
            "description": (None, "It's one.", "Київ")[value],
        },
        "actor_alias": {"actor_id": key, "name": f"Alias {value}"},
        "actor_code": {"actor_id": key, "scheme": "COW", "value": str(value)},
        "former_id": {"record_type": "actor", "id": 10 + key, "record_id": value + 1},
        "former_slug": {"record_type": "actor", "slug": f"f-{key}", "record_id": value + 1},
        "dataset": {
            "slug": f"dataset-{key}",
            "title": "A data set",
            "version": "1" if value < 2 else "2",
            "licence": "CC0",
            "citation": "Cite it.",
            # The digest has no history: a new one alone creates no version.
            "digest": str(value),
        },
        "statement": {
            "text": "Something.",
            "quoted": value == 2,
            "language": "en",
            "speaker_id": key,
            "source_id": 1,
            "credibility": (None, 1, 2)[value],
        },
        "mention": {"statement_id": key, "actor_id": value + 1},
        "support": {
            "supporter_id": key,
            "recipient_id": 1,
            "kind": "DRONES",
            "phase": "DELIVERED",
            "started_on": DATES[value],
            "quantity_value": AMOUNTS[value],
            "quantity_estimated": (None, False, True)[value],
        },
    }
    made = rows[table]
    return {"id": key, **made} if "id" in TABLES[table].c and "id" not in made else made


def write(connection: Connection, verb: str, name: str, key: int, value: int) -> None:
    table, made = TABLES[name], row(name, key, value)
    same = [column == made[column.name] for column in table.primary_key]
    if verb == "insert":
        connection.execute(insert(table), made)
    elif verb == "insert all":
        connection.execute(insert(table).values([row(name, each, value) for each in (1, 2, 3)]))
    elif verb == "delete":
        connection.execute(delete(table).where(*same))
    elif verb == "delete all":
        connection.execute(delete(table))
    elif verb == "update all" and table.primary_key.columns.keys() == ["id"]:
        changes = {column: made[column] for column in made if column not in ("id", "slug")}
        connection.execute(update(table).values(changes))
    else:
        connection.execute(update(table).where(*same).values(row(name, key, (value + 1) % 3)))


Write = tuple[str, str, int, int]
VERBS = ("insert", "insert", "insert all", "update", "update", "delete", "update all", "delete all")
NAMES = (
    "actor",
    "actor_alias",
    "actor_code",
    "former_id",
    "former_slug",
    "dataset",
    "statement",
    "mention",
)
WRITES = some.tuples(
    some.sampled_from(VERBS),
    some.sampled_from([*NAMES, "support"]),
    some.integers(1, 3),
    some.integers(0, 2),
)


@contextmanager
def undone(engine: Engine) -> Iterator[Connection]:
    """Yields a transaction that is rolled back, with an actor and a source."""
    with engine.connect() as connection, connection.begin() as transaction:
        lock_for_writing(connection)
        begin_revision(connection, 1)
        connection.execute(insert(TABLES["actor"]), row("actor", 1, 0))
        connection.execute(insert(TABLES["source"]), {"id": 1, "title": "A source"})
        yield connection
        transaction.rollback()


def begin_revision(connection: Connection, number: int) -> None:
    revision = {"number": number, "time": "2026-01-01T00:00:00Z", "author": "a test"}
    connection.execute(insert(TABLES["revision"]), revision)


def refused(connection: Connection, one: Write) -> bool:
    """Whether the database refuses a write, which is then rolled back."""
    try:
        with connection.begin_nested():
            write(connection, *one)
    except IntegrityError:
        return True
    return False


def everything(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Returns all versions, tombstones and current rows."""
    tables = [*HISTORY.values(), TOMBSTONES, *(TABLES[name] for name in HISTORY)]
    return {
        table.name: [
            tuple(found)
            for found in connection.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in tables
    }


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    folder: Path = tmp_path_factory.mktemp("history")
    with (
        new_database("sqlite", folder) as first,
        new_database("postgresql", folder) as second,
        engine_of(first) as one,
        engine_of(second) as other,
    ):
        for engine in (one, other):
            upgrade(engine)
        yield {one.dialect.name: one, other.dialect.name: other}


@pytest.mark.postgresql
@settings(
    max_examples=200,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(some.lists(some.lists(WRITES, min_size=1, max_size=8), max_size=4))
def test_writes_in_any_order_leave_the_same_history(
    engines: dict[str, Engine], revisions: list[list[Write]]
) -> None:
    with undone(engines["sqlite"]) as one, undone(engines["postgresql"]) as other:
        for number, writes in enumerate(revisions, start=2):
            begin_revision(one, number)
            begin_revision(other, number)
            for each in writes:
                assert refused(one, each) == refused(other, each), each
        assert everything(one) == everything(other)


@pytest.mark.parametrize("sort", EACH_SORT)
def test_the_newest_versions_are_what_the_tables_hold(
    engines: dict[str, Engine], sort: str
) -> None:
    with undone(engines[sort]) as connection:
        for number, verb in enumerate(("insert", "update", "delete", "insert"), start=2):
            begin_revision(connection, number)
            for name in (*NAMES, "support"):
                refused(connection, (verb, name, 2, 1))
        found = everything(connection)
    for name, history in HISTORY.items():
        held = [version[:-2] for version in found[history.name] if version[-1] == STILL]
        if name != "dataset":
            assert sorted(map(repr, held)) == sorted(map(repr, found[name]))
