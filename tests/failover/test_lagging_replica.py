"""A replica that receives writes but does not apply them yet."""

from collections.abc import Iterator
from typing import NamedTuple

import httpx
import pytest

from .clients import wait_for
from .pair import primary_and_replica
from .service import prepared, serving_both

ACTOR = {"slug": "late", "name": "Late", "kind": "STATE"}
LATE = "/api/v1/actors/late"


class Behind(NamedTuple):
    """A service whose replica has paused since before the last write."""

    client: httpx.Client
    revision: str


@pytest.fixture(scope="module")
def behind() -> Iterator[Behind]:
    with primary_and_replica() as (primary, replica):
        secret = prepared(primary)
        with (
            serving_both(primary, replica, ALLYGRAPH_REPLICA_LAG_SECONDS="4") as server,
            httpx.Client(base_url=server.url, timeout=30) as client,
        ):
            wait_for(lambda: client.get("/api/v1/actors").status_code == 200, "an answer")
            replica.ask("SELECT pg_wal_replay_pause()")
            headers = {"authorization": f"Bearer {secret}"}
            written = client.post("/api/v1/actors", json=ACTOR, headers=headers)
            yield Behind(client, written.headers["allygraph-revision"])
            replica.ask("SELECT pg_wal_replay_resume()")


def test_a_client_that_has_seen_a_write_reads_no_earlier_state(behind: Behind) -> None:
    seen = {"allygraph-revision": behind.revision}
    assert behind.client.get(LATE, headers=seen).json()["name"] == "Late"


def test_the_same_holds_over_graphql(behind: Behind) -> None:
    asked = {"query": '{ actor(by: {slug: "late"}) { name } }'}
    seen = {"allygraph-revision": behind.revision}
    answer = behind.client.post("/graphql", json=asked, headers=seen)
    assert answer.json()["data"] == {"actor": {"name": "Late"}}


def test_a_replica_behind_a_revision_is_not_queried_as_of_it(behind: Behind) -> None:
    asked = behind.client.get(LATE, params={"asOf": behind.revision})
    assert asked.json()["name"] == "Late"


def test_a_replica_that_has_lagged_for_long_serves_no_client(behind: Behind) -> None:
    wait_for(lambda: behind.client.get(LATE).status_code == 200, "the replica to be passed over")


def test_revision_in_the_header_is_that_of_the_answer(behind: Behind) -> None:
    seen = {"allygraph-revision": behind.revision}
    answer = behind.client.get("/api/v1/actors", headers=seen)
    assert answer.headers["allygraph-revision"] == behind.revision
