"""Workers are killed during writes: acknowledged writes persist, and no write is partial.

A worker gets SIGKILL after a random number of responses and a random time, so before, within and
after commits. Sometimes one is killed while another continues with the same file, sometimes both,
so that the next worker finds the file as they left it.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Event

import pytest

from tests.conftest import make_database
from tests.durability.clients import Client
from tests.durability.ledger import Ledger
from tests.durability.store import Store
from tests.durability.tokens import editor_token
from tests.durability.told import told_changes
from tests.durability.workers import Workers
from tests.runner.parts import examples
from tests.stores import ON_POSTGRESQL

QUICK, FULL = (8, 15) if ON_POSTGRESQL else (10, 30)
ROUNDS = int(os.environ.get("ALLYGRAPH_TEST_KILLS") or examples(QUICK, FULL))
CLIENTS = 6
WORKERS = 2
ANSWERS_MOST = 20
SECONDS_MORE = 0.01


@pytest.mark.sampled
def test_kills_lose_nothing_acknowledged_and_leave_nothing_half(tmp_path: Path) -> None:
    database = make_database(tmp_path / "allygraph.db")
    ledger, store, dice = Ledger(), Store(database), Random(0)
    began = time.monotonic()
    with Workers(database) as workers:
        workers.start(WORKERS)
        with writing(database, workers, ledger) as running:
            for _ in range(ROUNDS):
                assert not any(each.done() for each in running), "A client has failed."
                ledger.wait_for_acknowledged(dice.randint(0, ANSWERS_MOST))
                # The only sleep, because the kill must happen at a random time and not at an event.
                time.sleep(dice.uniform(0, SECONDS_MORE))
                killed = workers.kill(dice.randint(1, WORKERS), dice)
                workers.start(killed)
                ledger.check(store)
        ledger.check(store)
        assert sorted(told_changes(workers.url(dice))) == ledger.changes()
    print(f"\n{ROUNDS} rounds, {time.monotonic() - began:.0f} seconds: {ledger.figures()}.")


@contextmanager
def writing(database: Path, workers: Workers, ledger: Ledger) -> Iterator[list[Future[None]]]:
    """Yields clients that write concurrently. Their errors are raised at the end."""
    names = [f"client-{number}" for number in range(CLIENTS)]
    clients = [Client(name, editor_token(database, name), workers, ledger) for name in names]
    end = Event()
    with ThreadPoolExecutor(CLIENTS) as threads:
        running = [threads.submit(client.run, end) for client in clients]
        try:
            yield running
        finally:
            end.set()
            for each in running:
                each.result()
