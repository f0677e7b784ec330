"""Server processes that share one database file and are killed."""

import multiprocessing
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from random import Random
from threading import Condition

from service.server.serve import run
from service.settings import Settings
from tests.stores import url_of

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.durability.loaded"])

# The seconds that a client waits for a worker before the test fails.
_PATIENCE = 60


class Worker:
    """The server of `allygraph serve --port 0` in a separate process."""

    def __init__(self, settings: Settings) -> None:
        self._receiver, sender = _PROCESSES.Pipe(duplex=False)
        self._process = _PROCESSES.Process(target=run, args=(settings, sender.send), daemon=True)
        self._process.start()
        sender.close()

    @cached_property
    def url(self) -> str:
        """The URL of the server, when it has printed it."""
        found = re.search(r"http://\S+", self._receiver.recv())
        assert found
        return found[0]

    def kill(self) -> None:
        """Sends SIGKILL; `bury` waits until the process has ended."""
        self._process.kill()

    def bury(self) -> None:
        self._process.join()
        self._process.close()
        self._receiver.close()


class Workers:
    """The running workers. Clients and the killing thread use them concurrently."""

    def __init__(self, database: Path) -> None:
        url = url_of(database)
        self._settings = Settings(database_url=url, port=0, log_level="warning")
        self._living: list[Worker] = []
        self._changed = Condition()

    def start(self, number: int) -> None:
        started = [Worker(self._settings) for _ in range(number)]
        for worker in started:
            assert worker.url
        with self._changed:
            self._living += started
            self._changed.notify_all()

    def kill(self, number: int, dice: Random) -> int:
        """Kills this many workers at once, and returns their number. Clients get errors."""
        with self._changed:
            victims = dice.sample(self._living, number)
            self._living = [worker for worker in self._living if worker not in victims]
        _end(victims)
        return number

    def url(self, dice: Random) -> str:
        """Returns the URL of a random worker, which may have been killed just now."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._living, _PATIENCE), "No worker lives."
            return dice.choice(self._living).url

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        _end(self._living)


def _end(workers: Sequence[Worker]) -> None:
    for worker in workers:
        worker.kill()
    for worker in workers:
        worker.bury()
