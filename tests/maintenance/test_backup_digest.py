"""A digest beside a backup shows that it is complete; other users cannot read its files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from schema.migrations import upgrade
from service.database import database_at
from service.errors import StartError
from service.maintenance.backup import back_up, restore
from tests import postgresql
from tests.commands import run
from tests.databases import EACH_SORT, engine_of, new_database

EVERY = 997


@pytest.fixture(params=EACH_SORT)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with its tables."""
    with new_database(request.param, tmp_path) as address:
        with engine_of(address) as engine:
            upgrade(engine)
        yield address


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the programs of the server's version into the path."""
    monkeypatch.setenv("PATH", f"{postgresql.programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def backup(url: str, tmp_path: Path) -> Path:
    return back_up(database_at(url), tmp_path / "backup").path


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_flipped_bit_is_found_wherever_it_is(url: str, backup: Path) -> None:
    whole = backup.read_bytes()
    for place in range(0, len(whole), max(EVERY, len(whole) // 20)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        backup.write_bytes(flipped)
        with pytest.raises(StartError, match="digest is not the one"):
            restore(backup, database_at(url), replace=True)


def test_a_whole_backup_is_restored(url: str, backup: Path) -> None:
    assert restore(backup, database_at(url), replace=True).has_digest


def test_a_backup_without_digest_is_said_to_be_unchecked(url: str, backup: Path) -> None:
    backup.with_name("backup.sha256").unlink()
    restored = run("restore", "--replace", str(backup), ALLYGRAPH_DATABASE_URL=url)
    assert restored.status == 0
    assert "backup has no digest beside it" in restored.err.replace("\n", " ")


def test_only_the_owner_reads_a_backup_and_its_digest(backup: Path) -> None:
    assert {mode(backup), mode(backup.with_name("backup.sha256"))} == {0o600}


@pytest.mark.sqlite
def test_only_the_owner_reads_a_database_and_its_log(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    with engine_of(f"sqlite:///{file}") as engine:
        upgrade(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
            assert {mode(each) for each in tmp_path.glob("new.db*")} == {0o600}
            assert len(list(tmp_path.glob("new.db*"))) == 3
