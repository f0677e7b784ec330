"""Buffered rows are found as if they were written."""

from typing import Any

import pytest
from sqlalchemy import select

from schema.concepts import CONCEPTS
from schema.writing.drafts import defaults
from service.errors import InvalidRecord
from service.writing import rows
from service.writing.bulk import BulkTransaction
from service.writing.result import WriteResult
from service.writing.transaction import Transaction
from tests.writing.world import World

ACTOR, STATEMENT = CONCEPTS["Actor"].table, CONCEPTS["Statement"].table


def actor(slug: str) -> dict[str, Any]:
    return {**defaults(ACTOR), "slug": slug, "name": slug.capitalize(), "kind": "STATE"}


def statement(said_on: str | None) -> dict[str, Any]:
    given = {"text": "A", "speaker_id": 1, "source_id": 1, "said_on": said_on}
    return {**defaults(STATEMENT), **given}


class Buffered:
    """Runs a function within a buffer, and rolls back."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __call__(self, work: Any) -> None:
        def do(tx: Transaction) -> WriteResult:
            assert isinstance(tx, BulkTransaction)
            with tx.buffered():
                work(tx)
            return WriteResult(200, b"", is_kept=False)

        self._world.write(do, begin=BulkTransaction)


@pytest.fixture
def buffered(world: World) -> Buffered:
    return Buffered(world)


def find(tx: Transaction, slug: str) -> Any:
    return rows.find_value(tx.connection, ACTOR, "id", {"slug": slug})


def test_a_row_that_waits_is_found_by_any_of_its_columns(buffered: Buffered) -> None:
    def work(tx: BulkTransaction) -> None:
        key = rows.insert_row(tx.connection, ACTOR, actor("france"))
        assert key == 5
        assert find(tx, "france") == key
        assert find(tx, "iran") == 1
        by = {"kind": "STATE", "name": "France"}
        assert rows.find_rows(tx.connection, ACTOR, ("slug", "id"), by) == [("france", key)]
        assert len(rows.find_rows(tx.connection, ACTOR, ("id",), {"kind": "STATE"})) == 4
        assert len(rows.find_rows(tx.connection, ACTOR, ("id",), {"kind": "STATE"}, 2)) == 2
        read = rows.read_row(tx.connection, ACTOR, key)
        assert read == {"id": key, **actor("france")}

    buffered(work)


def test_a_row_that_waits_is_found_by_what_the_database_computes(buffered: Buffered) -> None:
    def work(tx: BulkTransaction) -> None:
        key = rows.insert_row(tx.connection, STATEMENT, statement("2024-02"))
        by = {"said_on": "2024-02", "said_on_earliest": "2024-02-01"}
        assert rows.find_value(tx.connection, STATEMENT, "id", by) == key
        with pytest.raises(LookupError):
            rows.find_value(tx.connection, STATEMENT, "id", {"said_on_earliest": "2024-02-01"})

    buffered(work)


def test_other_statements_find_what_has_waited(buffered: Buffered) -> None:
    def work(tx: BulkTransaction) -> None:
        rows.insert_row(tx.connection, ACTOR, actor("france"))
        query = select(ACTOR.c.id).where(ACTOR.c.slug == "france")
        assert tx.connection.scalar(query) == 5
        rows.insert_row(tx.connection, ACTOR, actor("mali"))
        rows.update_rows(tx.connection, ACTOR, {"name": "A"}, {"slug": "mali"})
        assert rows.find_value(tx.connection, ACTOR, "name", {"slug": "mali"}) == "A"

    buffered(work)


@pytest.mark.parametrize("is_flushed", [False, True])
def test_what_is_refused_leaves_nothing_behind(buffered: Buffered, is_flushed: bool) -> None:
    def refused(tx: BulkTransaction) -> None:
        with tx.operation():
            rows.insert_row(tx.connection, ACTOR, actor("mali"))
            rows.insert_row(tx.connection, STATEMENT, statement(None))
            if is_flushed:
                tx.connection.scalar(select(ACTOR.c.id))
            rows.insert_row(tx.connection, ACTOR, actor("chad"))
            raise InvalidRecord([])

    def work(tx: BulkTransaction) -> None:
        with tx.operation():
            first = rows.insert_row(tx.connection, ACTOR, actor("france"))
        with pytest.raises(InvalidRecord):
            refused(tx)
        assert find(tx, "france") == first
        assert find(tx, "mali") is find(tx, "chad") is None
        with tx.operation():
            rows.insert_row(tx.connection, ACTOR, actor("chad"))
            rows.insert_row(tx.connection, STATEMENT, statement(None))
        slugs = tx.connection.scalars(select(ACTOR.c.slug).order_by(ACTOR.c.id)).all()
        assert slugs[4:] == ["france", "chad"]

    buffered(work)
