"""After a lost connection, no client gets an outdated response."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from schema.records.revision import announce, lock_for_writing, next_revision
from service.database.commit_watch import CommitWatch
from service.database.postgresql.executor import PostgreSQLExecutor
from service.settings import Settings
from tests.commands import serving
from tests.database.cutting_off import cut_off
from tests.http.editing import Editor
from tests.stores import copy_of, database_of, url_of
from tests.subscriptions.following import CHANGES
from tests.subscriptions.services import wait_until
from tests.subscriptions.talking import Talk, talking

pytestmark = pytest.mark.postgresql

RUSSIA = '{ actor(by: {slug: "russia"}) { name } }'


@pytest.fixture
def path(seeded: Path, tmp_path: Path) -> Path:
    return copy_of(seeded, tmp_path)


@pytest.fixture
def editor(path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    editor = Editor(path, runner)
    yield editor
    editor.close()


@pytest.fixture
def elsewhere(path: Path) -> Iterator[Connection]:
    """A connection of another process, which stays open."""
    engine = database_of(path).engine()
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def process_of(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())


def rename(connection: Connection, name: str) -> None:
    statement = text("UPDATE actor SET name = :name WHERE slug = 'russia'")
    connection.execute(statement, {"name": name})


def write(connection: Connection, name: str) -> None:
    """Writes a revision as every process does."""
    lock_for_writing(connection)
    revision = next_revision(connection, "elsewhere", None)
    rename(connection, name)
    announce(connection, revision)
    connection.commit()


def revision_of(talk: Talk) -> int:
    """Returns the revision of the next event."""
    (node,) = talk.hear()["payload"]["data"]["changes"]["nodes"]
    return int(node["revision"]["number"])


def name_told(editor: Editor) -> Any:
    data = editor.ask(RUSSIA).get("data")
    return data and data["actor"]["name"]


def test_a_revision_announced_without_a_listener_is_found(
    editor: Editor, path: Path, elsewhere: Connection
) -> None:
    assert name_told(editor) == "Russia"
    with cut_off(path, but=process_of(elsewhere)):
        write(elsewhere, "Rossiya")
    editor.catch_up()
    assert name_told(editor) == "Rossiya"


def test_subscribers_get_what_another_process_wrote_without_a_listener(
    path: Path, elsewhere: Connection
) -> None:
    with serving("--database-url", url_of(path)) as server, talking(server.url) as talk:
        talk.begin().ask("1", CHANGES, since=1)
        write(elsewhere, "Rossiya")
        heard = [revision_of(talk)]
        with cut_off(path, but=process_of(elsewhere)):
            write(elsewhere, "Russian Federation")
        heard.append(revision_of(talk))
        write(elsewhere, "Russia")
        heard.append(revision_of(talk))
    assert heard == [2, 3, 4]


def test_answer_of_before_is_not_given_where_other_data_has_the_same_revision(
    editor: Editor, path: Path, elsewhere: Connection
) -> None:
    """As after a failover that lost the last revisions, whose numbers were then used again."""
    assert name_told(editor) == "Russia"
    with cut_off(path, but=process_of(elsewhere)):
        rename(elsewhere, "Rossiya")
        elsewhere.commit()
    wait_until(lambda: name_told(editor) == "Rossiya")


def test_questions_and_writes_are_refused_while_there_is_no_database_and_answered_afterwards(
    editor: Editor, path: Path
) -> None:
    assert editor.rest("PATCH", "actors/russia", {"name": "Rossiya"}).status_code == 200
    with cut_off(path):
        for asked in (
            editor.rest("GET", "actors/russia"),
            editor.rest("PATCH", "actors/russia", {"name": "Russia"}),
            editor.send("POST", "/graphql", json={"query": RUSSIA}),
            editor.send("GET", "/readyz"),
        ):
            assert asked.status_code == 503
            assert "DATABASE_UNAVAILABLE" in asked.text
            # A client must not learn the address of the database.
            assert "postgresql" not in asked.text
        assert editor.send("GET", "/healthz").status_code == 200
    assert editor.rest("GET", "actors/russia?fields=name").json() == {"name": "Rossiya"}
    assert editor.rest("PATCH", "actors/russia", {"name": "Russia"}).status_code == 200
    assert name_told(editor) == "Russia"


class Connected:
    """A connection on which a revision is announced while the newest one is read."""

    def __init__(self) -> None:
        self._tell: Callable[..., None] = lambda *_: None
        self._lose: Callable[..., None] = lambda *_: None

    def add_termination_listener(self, lose: Callable[..., None]) -> None:
        self._lose = lose

    async def add_listener(self, _: str, tell: Callable[..., None]) -> None:
        self._tell = tell

    async def fetchval(self, _: str) -> int:
        read = 4
        self._tell(self, 0, "allygraph_revision", "5")
        self._lose(self)
        return read

    async def fetchrow(self, _: object) -> tuple[object, ...]:
        """No standby is required."""
        return "on", "", 0, 0

    def terminate(self) -> None:
        """Does nothing, because the connection is lost already."""


def test_revision_that_is_announced_while_the_newest_is_read_is_kept(
    path: Path, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor = PostgreSQLExecutor(database_of(path), Settings())  # type: ignore[arg-type]

    async def connect() -> Connected:
        return Connected()

    monkeypatch.setattr(executor.primary, "connect", connect)
    runner.run(executor._listen_to_one())
    assert executor.newest_revision() == 5
    runner.run(executor.close())


def test_a_commit_is_broken_off_once_whoever_asks_again(path: Path) -> None:
    database = database_of(path)
    engine = database.engine()
    watch = CommitWatch(database, seconds=10)
    with engine.connect() as connection:
        watch.follow(connection)
        watch.break_off()
        with pytest.raises(DBAPIError):
            connection.exec_driver_sql("SELECT 1")
        # The watch reads the revision again before the writer knows it.
        watch.break_off()
        assert watch.is_broken_off
    engine.dispose()
