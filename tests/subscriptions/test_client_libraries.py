"""Other projects' clients follow the data through the real server, over unstable connections."""

from pathlib import Path

import pytest

from tests.commands import serving
from tests.conftest import make_database
from tests.stores import url_of
from tests.subscriptions.cutting import cutter
from tests.subscriptions.following import every_client, following
from tests.subscriptions.writing import book


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return make_database(tmp_path / "allygraph.db")


@pytest.fixture
def url(database: Path) -> str:
    return url_of(database)


@every_client
def test_query_is_answered(server_url: str, client: str) -> None:
    question = '{ actor(by: {slug: "iran"}) { name } }'
    with following(client, server_url, question) as heard:
        assert heard.rest() == [{"data": {"actor": {"name": "Iran"}}}, {"complete": True}]


@every_client
def test_question_that_can_not_be_asked_is_an_error(server_url: str, client: str) -> None:
    with following(client, server_url, "subscription { nothing }") as heard:
        first = heard.next()
    (error,) = first.get("error") or first["errors"]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@every_client
def test_writes_are_sent_as_they_are_made(database: Path, url: str, client: str) -> None:
    with serving("--database-url", url) as server, book(database) as writer:
        known = writer.write_actor()
        with following(client, server.url, variables={"since": known - 1}) as heard:
            told = [heard.revision()]
            for _ in range(3):
                writer.write_actor()
                told.append(heard.revision())
    assert told == writer.revisions


@every_client
def test_a_client_with_an_unstable_connection_gets_each_event_once(
    database: Path, url: str, client: str
) -> None:
    """Two servers share the database, and every reconnection reaches the other one."""
    with (
        serving("--database-url", url) as one,
        serving("--database-url", url) as other,
        cutter(one.url, other.url) as way,
        book(database) as writer,
        following(client, way.url, variables={"since": 0}, until=401) as heard,
    ):
        # graphql-sse stops without an error if the connection is lost before its first event.
        assert writer.write_actor() == heard.revision() == 1
        for number in range(399):
            writer.write()
            if number % 20 == 19:
                way.cut()
        assert writer.write_actor() == 401
        told = [1] + [
            answer["data"]["changes"]["nodes"][0]["revision"]["number"] for answer in heard.rest()
        ]
        assert way.connections >= 20
    assert told == writer.revisions


def test_revision_that_changes_much_is_one_event(database: Path, url: str) -> None:
    with serving("--database-url", url) as server, book(database) as writer:
        writer.write_actors(300)
        with following("graphql-ws", server.url, variables={"since": 0}) as heard:
            nodes = heard.next()["data"]["changes"]["nodes"]
    assert [node["recordId"] for node in nodes] == [f"actor_{number}" for number in range(1, 301)]


def test_subscribers_do_not_keep_the_server_from_ending(database: Path, url: str) -> None:
    with serving("--database-url", url) as server, book(database) as writer:
        writer.write_actor()
        subscription = {"variables": {"since": 0}}
        with (
            following("graphql-ws", server.url, **subscription) as one,
            following("graphql-sse", server.url, **subscription) as other,
        ):
            assert (one.revision(), other.revision()) == (1, 1)
            server.process.terminate()
            ended = server.end()
    assert ended.status == 0
    assert [line.split()[-1] for line in ended.err.splitlines()] == ["started", "stopped"]
