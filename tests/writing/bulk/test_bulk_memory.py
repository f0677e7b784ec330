"""A bulk request needs the memory of one batch, independent of its number of lines."""

import json
import tracemalloc
from collections.abc import Iterator
from tempfile import TemporaryFile

import pytest

from service.writing import bulk as bulk_module
from service.writing.bulk import BulkTransaction, LineReader, write_many
from service.writing.bulk import lines as lines_module
from service.writing.result import WriteResult
from service.writing.transaction import Transaction
from tests.writing.world import World


def new_actors(count: int) -> Iterator[bytes]:
    for number in range(count):
        actor = {"create": "actor", "slug": f"actor-{number}", "name": "A" * 200, "kind": "STATE"}
        yield json.dumps(actor).encode() + b"\n"


def peak(world: World, count: int) -> int:
    """Returns Python's peak memory while this many actors were written."""
    with TemporaryFile() as source, TemporaryFile() as answer:
        source.writelines(new_actors(count))
        source.seek(0)

        def work(tx: Transaction) -> WriteResult:
            assert isinstance(tx, BulkTransaction)
            tracemalloc.start()
            try:
                assert write_many(tx, LineReader(source, line_bytes=1_000), answer)
                return WriteResult(200, b"%d" % tracemalloc.get_traced_memory()[1], is_kept=False)
            finally:
                tracemalloc.stop()

        return int(world.write(work, begin=BulkTransaction).body)


def test_memory_does_not_grow_with_the_lines(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "_BATCH_LINES", 100)
    monkeypatch.setattr(bulk_module, "_KNOWN_MOST", 200)
    peak(world, 200)
    few, many = peak(world, 300), peak(world, 3_000)
    # Ten times as many lines, each of a kilobyte after parsing.
    assert many < few + 700_000
