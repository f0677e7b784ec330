"""A backup of a SQLite database has its content at one moment, and restores it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from service.database.sqlite.database import SQLiteDatabase
from service.database.sqlite.driver import connect
from service.errors import StartError
from service.maintenance.backup import back_up, restore
from tests.stores import change, copy_of, everything, rows

pytestmark = pytest.mark.sqlite


@pytest.fixture
def database(seeded: Path, tmp_path: Path) -> Path:
    return copy_of(seeded, tmp_path)


def rename(path: Path, name: str) -> None:
    change(path, "UPDATE actor SET name = ? WHERE slug = 'russia'", name)


@contextmanager
def written_to_all_the_time(path: Path) -> Iterator[None]:
    """Repeatedly writes two rows in one transaction: a copy must have both or neither."""
    stop, began = Event(), Event()

    def write() -> None:
        with closing(connect(path, timeout=30)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE pair (number INTEGER, side TEXT)")
            number = 0
            while not stop.is_set():
                number += 1
                with connection:
                    sides = [(number, "left"), (number, "right")]
                    connection.executemany("INSERT INTO pair VALUES (?, ?)", sides)
                began.set()

    writer = Thread(target=write)
    writer.start()
    try:
        assert began.wait(30)
        yield
    finally:
        stop.set()
        writer.join()


def test_copy_has_everything(database: Path, tmp_path: Path) -> None:
    made = back_up(SQLiteDatabase(database), tmp_path / "backup.db")
    assert everything(made.path) == everything(database)
    assert (made.revision, made.size) == (1, made.path.stat().st_size)


def test_copy_made_amid_writes_is_of_one_moment(database: Path, tmp_path: Path) -> None:
    with written_to_all_the_time(database):
        copies = [
            back_up(SQLiteDatabase(database), tmp_path / f"{number}.db").path for number in range(5)
        ]
    for copy in copies:
        ((left, right),) = rows(copy, "SELECT sum(side = 'left'), sum(side = 'right') FROM pair")
        assert left == right


def test_restored_copy_is_as_it_was(database: Path, tmp_path: Path) -> None:
    before = everything(database)
    copy = back_up(SQLiteDatabase(database), tmp_path / "backup.db").path
    rename(database, "Rossiya")
    assert restore(copy, SQLiteDatabase(database), replace=True).revision == 1
    assert everything(database) == before


def test_copy_is_restored_where_nothing_is(database: Path, tmp_path: Path) -> None:
    copy = back_up(SQLiteDatabase(database), tmp_path / "backup.db").path
    restore(copy, SQLiteDatabase(tmp_path / "elsewhere.db"), replace=False)
    assert everything(tmp_path / "elsewhere.db") == everything(database)


def test_nothing_is_written_over(database: Path, tmp_path: Path) -> None:
    copy = back_up(SQLiteDatabase(database), tmp_path / "backup.db").path
    with pytest.raises(StartError, match="exists already"):
        back_up(SQLiteDatabase(database), copy)
    with pytest.raises(StartError, match="--replace"):
        restore(copy, SQLiteDatabase(database), replace=False)


def test_database_in_use_is_not_replaced(database: Path, tmp_path: Path) -> None:
    copy = back_up(SQLiteDatabase(database), tmp_path / "backup.db").path
    with closing(connect(database)) as served:
        served.execute("PRAGMA journal_mode=WAL")
        served.execute("SELECT count(*) FROM actor").fetchone()
        with pytest.raises(StartError, match="is in use: stop the service first"):
            restore(copy, SQLiteDatabase(database), replace=True)


def test_damaged_copy_is_not_restored(database: Path, tmp_path: Path) -> None:
    copy = back_up(SQLiteDatabase(database), tmp_path / "backup.db").path
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    copy.write_bytes(content)
    before = everything(database)
    with pytest.raises(StartError, match="damaged"):
        restore(copy, SQLiteDatabase(database), replace=True)
    assert everything(database) == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            b"not a database at all, but a letter" * 50,
            "not a backup of AllyGraph: use another file",
        ),
        (b"", "not an AllyGraph database"),
    ],
)
def test_what_is_no_copy_is_not_restored(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "letter.db").write_bytes(content)
    with pytest.raises(StartError, match=says):
        restore(tmp_path / "letter.db", SQLiteDatabase(tmp_path / "allygraph.db"), replace=True)
    assert not (tmp_path / "allygraph.db").exists()


def test_copy_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="There is no database"):
        back_up(SQLiteDatabase(tmp_path / "none.db"), tmp_path / "backup.db")
    with pytest.raises(StartError, match="There is no backup"):
        restore(tmp_path / "none.db", SQLiteDatabase(tmp_path / "allygraph.db"), replace=False)


def test_folder_that_is_not_there_is_reported(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"There is no folder .*nowhere; create it first"):
        back_up(SQLiteDatabase(database), tmp_path / "nowhere" / "backup.db")
