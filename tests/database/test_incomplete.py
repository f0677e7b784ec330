"""A database without history triggers or constraints is refused; triggers can be repaired."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schema.migrations import upgrade
from service.database import database_at
from service.errors import StartError
from tests.commands import run
from tests.databases import EACH_SORT, engine_of, new_database

NAME = "history_of_support_update"
DECOY = f"CREATE TRIGGER {NAME} AFTER UPDATE ON support FOR EACH ROW"
SQLITE = {
    "a dropped trigger": (f"DROP TRIGGER {NAME}",),
    "a decoy": (f"DROP TRIGGER {NAME}", f"{DECOY} BEGIN SELECT 1; END"),
    "a decoy on another table": (
        f"DROP TRIGGER {NAME}",
        f"CREATE TRIGGER {NAME} AFTER UPDATE ON seed_key BEGIN SELECT 1; END",
    ),
}
_NOTHING = "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
POSTGRESQL = {
    "a dropped trigger": (f"DROP TRIGGER {NAME} ON support",),
    "a dropped function": (f"DROP FUNCTION {NAME} CASCADE",),
    "a disabled trigger": (f"ALTER TABLE support DISABLE TRIGGER {NAME}",),
    "all triggers disabled": ("ALTER TABLE support DISABLE TRIGGER USER",),
    "a trigger for replicas only": (f"ALTER TABLE support ENABLE REPLICA TRIGGER {NAME}",),
    "a decoy": (
        _NOTHING,
        f"DROP TRIGGER {NAME} ON support",
        f"{DECOY} EXECUTE FUNCTION nothing()",
    ),
    "a function that does nothing": (
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NULL; END'",
    ),
    "a condition that never holds": (
        f"DROP TRIGGER {NAME} ON support",
        f"{DECOY} WHEN (false) EXECUTE FUNCTION {NAME}()",
    ),
}
CONSTRAINTS = {
    "a dropped foreign key": (
        "ALTER TABLE evidence DROP CONSTRAINT fk_evidence_support_id_support",
        "evidence has no foreign key on support_id",
    ),
    "a dropped unique constraint": (
        "ALTER TABLE actor DROP CONSTRAINT uq_actor_slug",
        "actor has no unique constraint on slug",
    ),
    "a dropped key": (
        "ALTER TABLE tombstone DROP CONSTRAINT tombstone_pkey",
        "tombstone has no primary key",
    ),
    "a column that may be null": (
        "ALTER TABLE support ALTER COLUMN kind DROP NOT NULL",
        "support has no constraint NOT NULL on kind",
    ),
}


BROKEN = [
    pytest.param(sort, statements, id=f"{sort}: {name}", marks=getattr(pytest.mark, sort))
    for sort, cases in (("sqlite", SQLITE), ("postgresql", POSTGRESQL))
    for name, statements in cases.items()
]


@contextmanager
def migrated(sort: str, folder: Path) -> Iterator[str]:
    """A database with its tables, and without data."""
    with new_database(sort, folder) as url:
        with engine_of(url) as engine:
            upgrade(engine)
        yield url


def execute(url: str, *statements: str) -> None:
    with engine_of(url) as engine, engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(("sort", "statements"), BROKEN)
def test_history_that_is_switched_off_is_refused_and_repaired(
    sort: str, statements: tuple[str, ...], tmp_path: Path
) -> None:
    with migrated(sort, tmp_path) as url:
        execute(url, *statements)
        with pytest.raises(StartError, match=r"does not keep its history.*allygraph migrate"):
            database_at(url).check()
        assert run("migrate", "--check", ALLYGRAPH_DATABASE_URL=url).status == 1
        repaired = run("migrate", ALLYGRAPH_DATABASE_URL=url)
        assert (repaired.status, NAME in repaired.out.replace("\n", "")) == (0, True)
        database_at(url).check()


@pytest.mark.postgresql
@pytest.mark.parametrize(("statement", "fault"), CONSTRAINTS.values(), ids=CONSTRAINTS)
def test_a_missing_constraint_is_refused(statement: str, fault: str, tmp_path: Path) -> None:
    with migrated("postgresql", tmp_path) as url:
        execute(url, statement)
        with pytest.raises(StartError, match=fault):
            database_at(url).check()


@pytest.mark.parametrize("sort", EACH_SORT)
def test_a_missing_table_is_refused(sort: str, tmp_path: Path) -> None:
    with migrated(sort, tmp_path) as url:
        execute(url, "DROP TABLE seed_key")
        with pytest.raises(StartError, match="seed_key is missing"):
            database_at(url).check()
