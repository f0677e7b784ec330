"""The migrations lead to exactly the tables of the records, and back."""

import re
import sys
from pathlib import Path
from subprocess import run

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text
from sqlmodel import SQLModel

import schema.records  # noqa: F401 - puts the tables into the metadata
from schema import migrations
from schema.search.words import is_of_words
from tests.databases import engine_of, new_database
from tests.schema.definitions import definitions, is_named_with_its_column


def test_the_tables_are_those_that_the_records_would_make(engine: Engine, tmp_path: Path) -> None:
    migrations.upgrade(engine)
    (tmp_path / "records").mkdir()
    with (
        new_database(engine.dialect.name, tmp_path / "records") as url,
        engine_of(url) as made_by_records,
    ):
        SQLModel.metadata.create_all(made_by_records)
        assert definitions(engine) == definitions(made_by_records)


def test_alembic_finds_nothing_left_to_migrate(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.connect() as connection:
        # Formulas are compared above as text, because Alembic cannot reflect those of columns that
        # were added later.
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: not is_of_words(name)}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_dates_and_amounts_are_computed_by_the_database(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO actor (id, slug, name, kind) VALUES (1, 'a', 'A', 'STATE')")
        )
        connection.execute(
            text(
                "INSERT INTO support (supporter_id, recipient_id, kind, phase, started_on,"
                " quantity_value) VALUES (1, 1, 'TROOPS', 'DELIVERED', '2024-02', '12.5')"
            )
        )
        row = connection.execute(
            text(
                "SELECT started_on_earliest, started_on_latest, ended_on_earliest, ended_on_latest,"
                " quantity_value_magnitude, quantity_low_magnitude FROM support"
            )
        ).one()
    assert tuple(row) == ("2024-02-01", "2024-02-29", "", None, "0212.5", "")


def test_every_constraint_has_a_name_that_a_later_migration_can_drop(engine: Engine) -> None:
    migrations.upgrade(engine)
    tables = inspect(engine)
    for name in SQLModel.metadata.tables:
        for constraint in (*tables.get_foreign_keys(name), *tables.get_unique_constraints(name)):
            named = constraint["name"] or is_named_with_its_column(engine, name, constraint)
            assert named, f"{name}: {constraint}"


def test_revision_0_is_the_empty_data_set(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.connect() as connection:
        (row,) = connection.execute(text("SELECT number, author, message, time FROM revision"))
    assert tuple(row[:3]) == (0, "allygraph", "The empty data set.")
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", row.time)


def test_a_second_upgrade_only_looks(engine: Engine) -> None:
    migrations.upgrade(engine)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    migrations.upgrade(engine)
    assert {statement.split()[0] for statement in asked} <= {"SELECT", "PRAGMA"}


def test_an_upgrade_by_address_is_the_same(url: str, engine: Engine) -> None:
    migrations.upgrade(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        assert migrations.current(connection) == migrations.head()


def test_a_migration_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE revision (in_the_way INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        migrations.upgrade(engine)
    assert inspect(engine).get_table_names() == ["revision"]


def test_a_database_without_migrations_has_no_version(engine: Engine) -> None:
    with engine.connect() as connection:
        assert migrations.current(connection) is None


def test_head_is_the_newest_script(engine: Engine) -> None:
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(migrations.configuration(connection))
    assert scripts.get_heads() == [migrations.head()]


def test_asking_for_the_version_does_not_import_alembic() -> None:
    question = "import sys; from schema import migrations; migrations.head(); print(*sys.modules)"
    answer = run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert "schema.migrations" in answer.stdout.split()
    assert "alembic" not in answer.stdout.split()
