"""`allygraph copy` copies a database: SQLite into PostgreSQL and back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from schema.migrations import upgrade
from schema.records.revision import next_revision
from seeds import bundled
from seeds.loader import load
from service.database import Database, database_at
from service.database.sqlite.driver import connect
from service.errors import StartError
from service.maintenance import copying
from service.maintenance.copying import copy
from tests import postgresql


def _silent(_: str, __: int, ___: int) -> None:
    """Shows no progress."""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with history: a record was changed, and another deleted."""
    path = tmp_path_factory.mktemp("original") / "allygraph.db"
    engine = database_at(f"sqlite:///{path}").engine()
    upgrade(engine)
    for folder in bundled():
        load(engine, folder)
    with engine.begin() as connection:
        _write(connection, "INSERT INTO actor (slug, name, kind) VALUES ('gone', 'Gone', 'STATE')")
        _write(connection, "UPDATE actor SET name = 'Türkiye ☾' WHERE slug = 'gone'")
        _write(connection, "DELETE FROM actor WHERE slug = 'gone'")
        # A record that refers to a later one.
        _write(connection, "UPDATE support SET in_return_for_id = 2 WHERE id = 1")
    engine.dispose()
    return path


def _write(connection: Connection, statement: str) -> None:
    next_revision(connection, "test", None)
    connection.execute(text(statement))


@pytest.fixture
def server(original: Path) -> Iterator[Database]:
    """An empty PostgreSQL database."""
    url = postgresql.create_database()
    yield database_at(url)
    postgresql.drop_database(url)


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Returns all rows of a database by table, in any order."""
    with closing(connect(path)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_word%'"
        )
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
            for (name,) in tables.fetchall()
        }


def value(database: Database, query: str) -> Any:
    engine = database.engine()
    try:
        with engine.connect() as connection:
            return connection.execute(text(query)).scalar_one()
    finally:
        engine.dispose()


def test_file_that_went_through_a_server_and_back_is_the_same(
    original: Path, server: Database, tmp_path: Path
) -> None:
    back = tmp_path / "back.db"
    copy(database_at(f"sqlite:///{original}"), server, _silent)
    copy(server, database_at(f"sqlite:///{back}"), _silent)
    assert rows_of(back) == rows_of(original)


def test_number_of_rows_is_that_of_all_tables(original: Path, server: Database) -> None:
    done = copy(database_at(f"sqlite:///{original}"), server, _silent)
    ours = {name: rows for name, rows in rows_of(original).items() if name != "alembic_version"}
    ours.pop("sqlite_sequence")
    assert done.rows == sum(map(len, ours.values()))


def test_copy_keeps_history_of_its_own_from_then_on(original: Path, server: Database) -> None:
    copy(database_at(f"sqlite:///{original}"), server, _silent)
    engine = server.engine()
    with engine.begin() as connection:
        _write(connection, "UPDATE actor SET name = 'Renamed' WHERE slug = 'russia'")
    engine.dispose()
    versions = "SELECT count(*) FROM actor_history WHERE slug = 'russia'"
    assert value(server, versions) == 2


def test_key_of_a_removed_record_is_not_given_again(original: Path, server: Database) -> None:
    copy(database_at(f"sqlite:///{original}"), server, _silent)
    last = value(database_at(f"sqlite:///{original}"), "SELECT max(id) FROM actor_history")
    engine = server.engine()
    with engine.begin() as connection:
        _write(connection, "INSERT INTO actor (slug, name, kind) VALUES ('new', 'New', 'STATE')")
    engine.dispose()
    assert value(server, "SELECT id FROM actor WHERE slug = 'new'") == last + 1


def test_new_rows_of_every_table_follow_those_that_were_copied(
    original: Path, server: Database
) -> None:
    copy(database_at(f"sqlite:///{original}"), server, _silent)
    for table in _numbered_tables():
        following = f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))"
        greatest = value(server, f"SELECT coalesce(max(id), 0) FROM {table}")
        assert value(server, following) > greatest, table


def _numbered_tables() -> list[str]:
    """Returns the tables whose ids the database assigns, such as names and codes of actors."""
    tables = SQLModel.metadata.sorted_tables
    return [table.name for table in tables if table.autoincrement_column is not None]


def test_database_with_data_of_its_own_is_not_overwritten(original: Path, server: Database) -> None:
    source = database_at(f"sqlite:///{original}")
    copy(source, server, _silent)
    with pytest.raises(StartError, match="contains data"):
        copy(source, server, _silent)


class Broken(Exception):
    """Raises an error, as if the connection was lost."""


def _broken_at(table: str) -> copying.Progress:
    def progress(what: str, _: int, __: int) -> None:
        if what == table:
            raise Broken

    return progress


@pytest.fixture
def unfinished(original: Path, server: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A copy that was interrupted within a table."""
    monkeypatch.setattr(copying, "_BATCH_ROWS", 3)
    with pytest.raises(Broken):
        copy(database_at(f"sqlite:///{original}"), server, _broken_at("statement"))
    return server


def test_unfinished_copy_is_not_served(unfinished: Database) -> None:
    with pytest.raises(StartError, match="unfinished copy"):
        unfinished.check()


def test_unfinished_copy_goes_on_where_it_ended(
    original: Path, unfinished: Database, tmp_path: Path
) -> None:
    told: list[tuple[str, int]] = []
    copy(
        database_at(f"sqlite:///{original}"), unfinished, lambda what, n, _: told.append((what, n))
    )
    back = tmp_path / "back.db"
    copy(unfinished, database_at(f"sqlite:///{back}"), _silent)
    # Three statements existed already, and no actor had to be copied again.
    assert next(n for what, n in told if what == "statement") == 6
    assert "actor" not in dict(told)
    assert rows_of(back) == rows_of(original)


def test_unfinished_copy_of_another_state_begins_again(
    original: Path, unfinished: Database, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.db"
    changed.write_bytes(original.read_bytes())
    engine = database_at(f"sqlite:///{changed}").engine()
    with engine.begin() as connection:
        _write(connection, "UPDATE actor SET name = 'Renamed' WHERE slug = 'russia'")
    engine.dispose()
    copy(database_at(f"sqlite:///{changed}"), unfinished, _silent)
    assert value(unfinished, "SELECT name FROM actor WHERE slug = 'russia'") == "Renamed"


def test_copy_that_differs_is_reported(
    original: Path, server: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    meddled: list[bool] = []

    def meddle(what: str, done: int, total: int) -> None:
        # Another process writes to the copy before the comparison.
        if what == "mention" and not meddled:
            meddled.append(True)
            engine = server.engine()
            with engine.begin() as connection:
                connection.execute(text("UPDATE actor SET name = 'Wrong' WHERE slug = 'russia'"))
            engine.dispose()

    with pytest.raises(StartError, match="differs in actor"):
        copy(database_at(f"sqlite:///{original}"), server, meddle)
