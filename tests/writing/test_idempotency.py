"""A repeated write with its key returns the same response, and is not done again."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.auth.callers import Caller, Role
from service.errors import InvalidRecord, KeyReused, MalformedBody
from service.request.context import RequestContext
from service.writing.transaction import Transaction
from service.writing.writer import WriteResult
from tests.writing.world import ALICE, World, creating, deleting, executing

BOB = Caller("bob", Role.EDITOR)


def new_source(tx: Transaction) -> WriteResult:
    made = creating("Source", title=f"T {tx.revision}")(tx)
    return WriteResult(201, f"source_{made.id}".encode(), f"/api/v1/sources/source_{made.id}")


def send(world: World, key: str | None, fingerprint: str = "a", **request: Any) -> WriteResult:
    return world.write(new_source, idempotency_key=key, fingerprint=fingerprint, **request)


def sources(world: World) -> int:
    found: int = world.value("SELECT count(*) FROM source")
    return found


def test_the_same_request_with_the_same_key_is_done_once(world: World) -> None:
    first = send(world, "key")
    assert first == WriteResult(201, b"source_2", "/api/v1/sources/source_2", revision=8)
    before = world.everything()
    assert send(world, "key") == first
    assert world.everything() == before


def test_without_a_key_it_is_done_each_time(world: World) -> None:
    assert send(world, None).body == b"source_2"
    assert send(world, None).body == b"source_3"


def test_another_request_with_the_same_key_is_refused(world: World) -> None:
    send(world, "key")
    before = world.everything()
    with pytest.raises(KeyReused):
        send(world, "key", fingerprint="b")
    assert world.everything() == before


def test_a_key_belongs_to_its_caller(world: World) -> None:
    send(world, "key")
    assert send(world, "key", caller=BOB, fingerprint="b").body == b"source_3"


def test_a_write_that_was_refused_can_be_mended_and_sent_again(world: World) -> None:
    def fail(tx: Transaction) -> WriteResult:
        creating("Source", title="")(tx)
        return WriteResult(201, b"")

    with pytest.raises(InvalidRecord):
        world.write(fail, idempotency_key="key", fingerprint="a")
    world.write(lambda _: WriteResult(422, b"", is_kept=False), idempotency_key="key")
    assert send(world, "key", fingerprint="b").body == b"source_2"


def make_older(world: World, hours: float) -> None:
    time = (datetime.now(UTC) - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    world.do(executing("UPDATE kept_answer SET time = ?", time))


def test_a_key_is_kept_as_long_as_is_set(world: World) -> None:
    first = send(world, "key")
    make_older(world, 23.9)
    assert send(world, "key") == first
    make_older(world, 24.1)
    assert send(world, "key").body == b"source_3"


def test_old_answers_are_removed_by_the_next_write_with_a_key(world: World) -> None:
    send(world, "old")
    make_older(world, 25)
    send(world, "new")
    assert world.rows("SELECT key FROM kept_answer") == [("new",)]


def test_a_key_may_be_any_printable_ascii(world: World) -> None:
    for key in ("k", "~" * 200, "with a space", '"8e03978e-40d5-43dd-bc93-6894a57f9324"'):
        send(world, key)
    assert sources(world) == 5


@pytest.mark.parametrize("key", ["", "k" * 201, "tab\t", "é", "nul\0", "del\x7f"])
def test_what_is_no_key_is_refused(world: World, key: str) -> None:
    with pytest.raises(MalformedBody, match="Idempotency-Key"):
        send(world, key)
    assert sources(world) == 1


def test_the_same_request_sent_many_times_at_once_is_done_once(world: World) -> None:
    other = World(world.path)
    request = RequestContext(ALICE, idempotency_key="key", fingerprint="a")

    async def send_all() -> set[WriteResult]:
        writers = [world.writer, other.writer] * 8
        return set(await asyncio.gather(*(each.write(request, new_source) for each in writers)))

    answers = asyncio.run(send_all())
    other.close()
    assert len(answers) == 1
    assert sources(world) == 2


def test_an_answer_without_body_is_kept_as_well(world: World) -> None:
    def work(tx: Transaction) -> WriteResult:
        deleting("source_2")(tx)
        return WriteResult(204, b"")

    world.create("Source", title="T")
    first = world.write(work, idempotency_key="key")
    assert world.write(work, idempotency_key="key") == first == WriteResult(204, b"", revision=9)
