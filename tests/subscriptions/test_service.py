"""The real service over open connections: their events, and their permissions."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, revoke_token, token_transaction
from service.database import database_at
from tests.commands import serving
from tests.conftest import make_database
from tests.stores import url_of
from tests.subscriptions.following import CHANGES
from tests.subscriptions.talking import Talk, talking

CREATE = """
mutation { createActor(input: {slug: "somebody", name: "Somebody", kind: PERSON}) { actor { id } } }
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return url_of(make_database(tmp_path / "allygraph.db"))


@pytest.fixture
def server(url: str) -> Iterator[str]:
    """The URL of the service."""
    with serving("--database-url", url) as server:
        yield server.url


def token(url: str, role: Role) -> tuple[int, dict[str, object]]:
    """Returns the id of a new token, and its header."""
    with token_transaction(database_at(url)) as connection:
        made = create_token(connection, NewToken("ada", role))
    return made.kept.id, {"Authorization": f"Bearer {made.secret}"}


def changed(talk: Talk) -> list[str]:
    """Returns the ids of the records of the next event."""
    message = talk.hear()
    assert message["type"] == "next", message
    return [node["recordId"] for node in message["payload"]["data"]["changes"]["nodes"]]


def test_subscribers_get_mutations_sent_over_a_socket(url: str, server: str) -> None:
    _, shown = token(url, Role.EDITOR)
    with talking(server) as talk, talking(server) as editor:
        talk.begin().ask("1", CHANGES, since=0)
        editor.begin(shown).ask("1", CREATE)
        created = editor.hear()["payload"]["data"]["createActor"]["actor"]["id"]
        assert changed(talk) == [created]


@pytest.mark.parametrize("in_handshake", [True, False])
def test_socket_reads_the_revision_that_it_named_when_it_began(
    server: str, in_handshake: bool
) -> None:
    named = {"AllyGraph-As-Of": "0"}
    options = {"additional_headers": named} if in_handshake else {}
    with talking(server, **options) as talk:
        talk.begin(None if in_handshake else named)
        talk.ask("1", "{ revision { number } }")
        assert talk.hear()["payload"] == {
            "data": {"revision": {"number": 0}},
            "extensions": {"asOf": 0},
        }
        talk.hear()
        talk.ask("2", CHANGES, since=0)
        assert talk.code() == "BAD_USER_INPUT"


def test_revision_of_a_socket_is_text(server: str) -> None:
    with talking(server) as talk:
        talk.say("connection_init", payload={"AllyGraph-As-Of": 1})
        assert talk.end() == (4400, "`payload.AllyGraph-As-Of` is not text.")


def test_event_is_no_connection_and_its_changes_are_found_by_their_ids(
    url: str, server: str
) -> None:
    _, shown = token(url, Role.EDITOR)
    event = "subscription { changes(since: 0) { __typename edges { node { id recordId } } } }"
    with talking(server) as talk, talking(server) as editor:
        talk.begin().ask("1", event)
        editor.begin(shown).ask("1", CREATE)
        created = editor.hear()["payload"]["data"]["createActor"]["actor"]["id"]
        told = talk.hear()["payload"]["data"]["changes"]
        (edge,) = told["edges"]
        assert told["__typename"] == "ChangeEvent"
        assert edge["node"]["recordId"] == created
        talk.ask("2", f'{{ node(id: "{edge["node"]["id"]}") {{ __typename id }} }}')
        assert talk.hear()["payload"]["data"]["node"] == {
            "__typename": "Change",
            "id": edge["node"]["id"],
        }


def test_mutation_over_a_socket_needs_an_editor(url: str, server: str) -> None:
    _, shown = token(url, Role.READER)
    with talking(server) as talk:
        talk.begin(shown).ask("1", CREATE)
        assert talk.code() == "FORBIDDEN"


def test_editor_whose_token_is_revoked_writes_no_more(url: str, server: str) -> None:
    number, shown = token(url, Role.EDITOR)
    with talking(server) as talk:
        talk.begin(shown)
        with token_transaction(database_at(url)) as connection:
            revoke_token(connection, number)
        talk.ask("1", CREATE)
        assert talk.end() == (4403, "This token was revoked; ask an administrator for a new one.")


def test_revision_that_has_not_been_is_an_error(server: str) -> None:
    with talking(server) as talk:
        talk.begin().ask("1", CHANGES, since=7)
        assert talk.code() == "UNKNOWN_REVISION"


def test_event_source_may_follow_by_get(url: str, server: str) -> None:
    _, shown = token(url, Role.EDITOR)
    question = {"query": CHANGES, "variables": '{"since": 0}'}
    accept = {"accept": "text/event-stream"}
    headers = {name: str(value) for name, value in shown.items()}
    httpx.post(f"{server}/graphql", json={"query": CREATE}, headers=headers)
    with httpx.stream("GET", f"{server}/graphql", params=question, headers=accept) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: next"
        assert "actor_1" in next(lines)


def test_mutation_by_get_is_refused_in_the_stream(server: str) -> None:
    accept = {"accept": "text/event-stream"}
    answer = httpx.get(f"{server}/graphql", params={"query": CREATE}, headers=accept)
    assert "METHOD_NOT_ALLOWED" in answer.text


def test_subscription_over_plain_http_names_the_other_transports(server: str) -> None:
    answer = httpx.post(f"{server}/graphql", json={"query": CHANGES})
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "NOT_ACCEPTABLE"
    assert "text/event-stream" in error["message"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ revision { number } }", "application/json"),
        ("subscription { changes(since: 0) { totalCount } }", "text/event-stream"),
    ],
)
def test_client_that_takes_both_gets_what_fits(server: str, document: str, expected: str) -> None:
    headers = {"accept": "application/json, text/event-stream"}
    with httpx.stream(
        "POST", f"{server}/graphql", json={"query": document}, headers=headers
    ) as answer:
        assert answer.headers["content-type"].partition(";")[0] == expected


def test_what_is_wrong_before_a_stream_is_json(server: str) -> None:
    headers = {"accept": "text/event-stream", "authorization": "Bearer nobody"}
    answer = httpx.post(f"{server}/graphql", json={"query": "{ __typename }"}, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"].partition(";")[0] == "application/json"


def test_one_too_many_is_reported_to_a_client_that_accepts_both(url: str) -> None:
    accept = {"accept": "application/json, text/event-stream"}
    question = {"query": "subscription { changes { totalCount } }"}
    with serving("--database-url", url, ALLYGRAPH_SUBSCRIPTIONS="1") as server:
        address = f"{server.url}/graphql"
        with httpx.stream("POST", address, json=question, headers=accept) as followed:
            assert followed.status_code == 200
            refused = httpx.post(address, json=question, headers=accept)
    assert refused.status_code == 503
    (error,) = refused.json()["errors"]
    assert error["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"
