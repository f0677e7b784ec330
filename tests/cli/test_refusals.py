"""A command that cannot run prints the reason and what to do, in one line."""

import shutil
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from schema.migrations import head
from service.database.sqlite.driver import Connection, connect
from tests.commands import Ended, run

# These errors are about files, so no server is needed.
pytestmark = pytest.mark.sqlite


class Refusal(NamedTuple):
    """A command, the database it is given, and the expected message. `settings` precede both."""

    command: str
    database: str
    says: str
    settings: Mapping[str, str] = MappingProxyType({})

    @property
    def name(self) -> str:
        return " ".join([self.command, self.database, *self.settings])


MIGRATE = "run `allygraph migrate`."
LOCKED = "is locked by another process; stop that process, or wait for it."
READ_ONLY = "is read-only; give this user write permission for it and its folder."
NO_DATABASE = "is not a SQLite database; set ALLYGRAPH_DATABASE_URL to one that is."


def each(commands: str, database: str, says: str) -> list[Refusal]:
    return [Refusal(command, database, says) for command in commands.split(", ")]


def setting(name: str, value: str, says: str) -> Refusal:
    return Refusal("serve", "whole.db", says, {f"ALLYGRAPH_{name}": value})


REFUSALS = [
    *each("serve, seed, doctor", "missing.db", "create it with `allygraph migrate`, then"),
    *each("serve, serve --prepare, seed, doctor", "text.db", NO_DATABASE),
    *each("serve, migrate", "folder.db", "cannot be opened; check that its folder exists"),
    *each("serve, seed", "never-migrated.db", f"migration none, not {head()}: {MIGRATE}"),
    *each("serve, doctor", "unknown.db", "which this version of AllyGraph does not know"),
    *each("migrate", "unknown.db", "at the unknown migration 9999: use the AllyGraph"),
    *each("serve, seed, doctor", "locked.db", LOCKED),
    *each("serve, migrate", "locked-whole.db", LOCKED),
    *each("migrate", "locked-empty.db", LOCKED),
    *each("serve, seed, doctor", "read-only.db", READ_ONLY),
    *each("serve", "read-only/file.db", READ_ONLY),
    *each("migrate", "read-only/new.db", "cannot be opened; check that its folder exists"),
    *each("serve --prepare", "read-only/new/new.db", "cannot be created (Permission denied)"),
    *each("seed rutte-2042", "whole.db", "'rutte-2042'. Data sets: rutte-2024, countries."),
    *each("import countries x", "whole.db", "needs no file: run `allygraph seed countries`"),
    *each("serve --port 99999", "whole.db", "ALLYGRAPH_PORT=99999: Input should be less than"),
    *each(
        "serve --port {used}",
        "whole.db",
        "the port is in use; stop the process that uses it, or set",
    ),
    *each("serve --host 192.0.2.1", "whole.db", "no such address; set another ALLYGRAPH_HOST."),
    setting("PROT", "1", "Unknown setting ALLYGRAPH_PROT. Settings: ALLYGRAPH_ALIASES,"),
    setting("LOG_FORMAT", "xml", "ALLYGRAPH_LOG_FORMAT=xml: Input should be 'human' or 'json'."),
    Refusal("serve", "mysql://a:secret@b/c", "***@b/c' is not a supported database URL; use"),
    Refusal("serve", "postgresql://a:secret@127.0.0.1:1/c", "***@127.0.0.1:1/c cannot be reached"),
    Refusal(
        "migrate",
        "a database",
        "ALLYGRAPH_DATABASE_URL is not the URL of a database; use sqlite:///PATH or",
    ),
]


def lock(path: Path) -> Connection:
    connection = connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    return connection


@pytest.fixture(scope="module")
def folder(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Databases, each with one defect."""
    folder = tmp_path_factory.mktemp("databases")
    whole = folder / "whole.db"
    with closing(connect(seeded)) as source:
        source.execute("VACUUM INTO ?", (str(whole),))
    (folder / "text.db").write_text("This is no database, however long one reads on in it.")
    (folder / "folder.db").mkdir()
    (folder / "never-migrated.db").touch()
    (folder / "read-only").mkdir()
    names = ("unknown", "locked", "locked-whole", "read-only", "read-only/file")
    paths = {name: shutil.copy(whole, folder / f"{name}.db") for name in names}
    with closing(connect(paths["unknown"], isolation_level=None)) as unknown:
        unknown.execute("UPDATE alembic_version SET version_num = '9999'")
    for name in ("locked", "locked-empty"):
        with closing(connect(folder / f"{name}.db")) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    paths["read-only"].chmod(0o444)
    (folder / "read-only").chmod(0o555)
    with ExitStack() as locks:
        for name in ("locked", "locked-whole", "locked-empty"):
            locks.enter_context(closing(lock(folder / f"{name}.db")))
        yield folder
    # The folder must be writable again, so that it can be removed.
    (folder / "read-only").chmod(0o755)


def refuse(refusal: Refusal, folder: Path, used: int) -> Ended:
    is_file = refusal.database.endswith(".db")
    url = f"sqlite:///{folder / refusal.database}" if is_file else refusal.database
    arguments = refusal.command.format(used=used).split()
    settings = {"ALLYGRAPH_DATABASE_URL": url, "ALLYGRAPH_PORT": "0"} | dict(refusal.settings)
    return run(*arguments, **settings)


@pytest.fixture(scope="module")
def endings(folder: Path) -> Iterator[dict[str, Future[Ended]]]:
    """Runs all commands at once, since most of them wait for a lock."""
    with socket.create_server(("127.0.0.1", 0)) as taken, ThreadPoolExecutor(8) as threads:
        used = taken.getsockname()[1]
        yield {asked.name: threads.submit(refuse, asked, folder, used) for asked in REFUSALS}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.name)
def test_command_is_refused_in_one_line(
    endings: dict[str, Future[Ended]], refusal: Refusal
) -> None:
    ended = endings[refusal.name].result()
    assert ended.status == 1
    (line,) = ended.err.splitlines()
    assert refusal.says in line
    assert line.startswith("bad   database: " if refusal.command == "doctor" else "allygraph: ")
    assert "secret" not in line
