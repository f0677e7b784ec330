"""A backup of a PostgreSQL database has its content at one moment, and restores it."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from schema.migrations import upgrade
from seeds import bundled
from seeds.loader import load
from service.database import Database, database_at
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.sqlite.driver import connect
from service.errors import StartError
from service.maintenance.backup import back_up, restore
from tests import postgresql


@pytest.fixture(scope="module")
def template() -> Iterator[str]:
    url = postgresql.create_database()
    engine = database_at(url).engine()
    upgrade(engine)
    for folder in bundled():
        load(engine, folder)
    engine.dispose()
    yield url
    postgresql.drop_database(url)


@pytest.fixture
def url(template: str) -> Iterator[str]:
    url = postgresql.create_database(template)
    yield url
    postgresql.drop_database(url)


@pytest.fixture
def database(url: str) -> Database:
    return database_at(url)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs, in the path."""
    monkeypatch.setenv("PATH", f"{postgresql.programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without PostgreSQL's programs."""
    monkeypatch.setenv("PATH", str(tmp_path))


def name_of_russia(url: str) -> str:
    with psycopg.connect(url) as connection:
        ((name,),) = connection.execute("SELECT name FROM actor WHERE slug = 'russia'").fetchall()
    return str(name)


def rename_russia(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE actor SET name = 'Wrong' WHERE slug = 'russia'")


@pytest.mark.usefixtures("programs")
def test_copy_brings_back_what_was_there(url: str, database: Database, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy")
    rename_russia(url)
    restore(tmp_path / "copy", database, replace=True)
    assert name_of_russia(url) == "Russia"


@pytest.mark.usefixtures("programs")
def test_copy_reports_its_revision(database: Database, tmp_path: Path) -> None:
    assert back_up(database, tmp_path / "copy").revision == 1


@pytest.mark.usefixtures("programs")
def test_tables_that_are_there_are_not_replaced_unasked(database: Database, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy")
    with pytest.raises(StartError, match="use --replace"):
        restore(tmp_path / "copy", database, replace=False)


@pytest.mark.usefixtures("programs")
def test_damaged_copy_is_refused_before_anything_is_touched(
    url: str, database: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    back_up(database, copy)
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    # As a backup from another machine.
    copy.with_name("copy.sha256").unlink()
    rename_russia(url)
    with pytest.raises(StartError, match="pg_restore failed"):
        restore(copy, database, replace=True)
    assert name_of_russia(url) == "Wrong"


@pytest.mark.usefixtures("programs")
def test_database_in_use_is_not_replaced(url: str, database: Database, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy")
    with psycopg.connect(PostgreSQLDatabase(url).url) as service:
        service.execute("SELECT 1")
        with pytest.raises(StartError, match="in use"):
            restore(tmp_path / "copy", database, replace=True)


@pytest.mark.usefixtures("programs")
def test_file_in_the_way_is_not_overwritten(database: Database, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    with pytest.raises(StartError, match="exists already"):
        back_up(database, tmp_path / "copy")


@pytest.mark.usefixtures("no_programs")
def test_without_the_programs_a_copy_is_a_sqlite_file(database: Database, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy.db")
    with closing(connect(tmp_path / "copy.db")) as connection:
        found = connection.execute("SELECT name FROM actor WHERE slug = 'russia'").fetchall()
    assert found == [("Russia",)]


@pytest.mark.usefixtures("no_programs")
def test_sqlite_file_is_put_into_an_empty_database(database: Database, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy.db")
    empty = postgresql.create_database()
    restore(tmp_path / "copy.db", database_at(empty), replace=False)
    assert name_of_russia(empty) == "Russia"
    postgresql.drop_database(empty)


def test_file_of_another_kind_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("a letter")
    with pytest.raises(StartError, match="neither"):
        restore(tmp_path / "copy", database, replace=True)


@pytest.mark.usefixtures("programs")
def test_password_is_in_no_list_of_processes(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    (tmp_path / "pg_dump").write_text(f'#!/bin/sh\necho "$@" "$PGPASSWORD" > {said}; exit 1\n')
    (tmp_path / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    secret = url.replace("postgres:@", "postgres:hunter2@")
    with pytest.raises(StartError, match="pg_dump failed"):
        back_up(database_at(secret), tmp_path / "copy")
    arguments, password = said.read_text().rsplit(" ", 1)
    assert (password.strip(), "hunter2" in arguments) == ("hunter2", False)
