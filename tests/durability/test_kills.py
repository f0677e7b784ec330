"""Workers are killed in the middle of writes: what was acknowledged is there, and nothing half.

A worker gets SIGKILL after any number of answers and any moment more, so before, within and after
commits; sometimes alone, while another one goes on with the same file, sometimes all at once, so
that whoever comes next finds the file as they left it.
"""

import os
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Event

import pytest

from service.auth import Role
from service.new_token import NewToken
from service.settings import Settings
from service.tokens import create_token, token_transaction
from tests.conftest import make_database

from .clients import Client
from .ledger import Ledger
from .store import Store
from .told import told_changes
from .workers import Workers

ROUNDS = int(os.environ.get("ALLYGRAPH_TEST_KILLS", 200))
CLIENTS = 6
WORKERS = 2
MOST_ANSWERS = 30
MOST_SECONDS_MORE = 0.01


def test_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    database = make_database(tmp_path / "allygraph.db")
    settings = Settings(database_url=f"sqlite:///{database}", port=0, log_level="warning")
    ledger, workers, store = Ledger(), Workers(settings), Store(database)
    try:
        kill_again_and_again(settings, workers, ledger, store)
        ledger.check_whole(store)
        assert told_changes(workers.url(Random(0))) == ledger.changes
    finally:
        workers.close()
    print(f"{ROUNDS} rounds: {ledger.figures()}.")


def kill_again_and_again(
    settings: Settings, workers: Workers, ledger: Ledger, store: Store
) -> None:
    clients = [Client(f"client-{n}", token(settings, f"client-{n}"), workers, ledger) for n in range(CLIENTS)]
    dice, end = Random(0), Event()
    workers.start(WORKERS)
    with ThreadPoolExecutor(CLIENTS) as threads:
        running = [threads.submit(client.run, end) for client in clients]
        try:
            T=time.time()
            for _ in range(ROUNDS):
                ledger.wait_for_acknowledged(dice.randint(0, MOST_ANSWERS))
                time.sleep(dice.uniform(0, MOST_SECONDS_MORE))
                victims = dice.randint(1, WORKERS)
                workers.kill(victims, dice)
                workers.start(victims)
                t0=time.time(); ledger.check(store); print("round", time.time()-T, "check", time.time()-t0, victims, ledger.figures())
        finally:
            end.set()
    for each in running:
        each.result()


def token(settings: Settings, name: str) -> str:
    with token_transaction(settings.database_url) as connection:
        return create_token(connection, NewToken(name, Role.EDITOR)).secret
