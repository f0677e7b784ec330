"""Several processes that answer on one socket, and a supervisor that starts anew whichever dies.

uvicorn has a supervisor too. It runs no server but its own, looks twice a second, starts a process
that fails again and again without a pause, and its workers outlive it where it is killed.
"""

import multiprocessing
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from service.errors import StartError
from service.observability.log import Event, log
from service.observability.worker_counters import WorkerSlot

# A process begins with nothing of the supervisor's: no thread, no lock, no open database.
_PROCESSES = multiprocessing.get_context("spawn")

# How long a worker may take to end once it is told to, in seconds.
_FAREWELL_SECONDS = 30.0
# A worker that dies sooner than this has failed to start, and the next one waits for longer.
_SOUND_SECONDS = 10.0
_PAUSE_MOST = 30.0

# Serves at a place. It says when it can by an empty text; one that is not says what hinders it.
Serve = Callable[[WorkerSlot, Connection], None]


class Worker:
    """One place among the workers, and the process that has it now."""

    def __init__(self, serve: Serve, place: WorkerSlot) -> None:
        """Nothing is started yet."""
        self._serve = serve
        self._failures = 0
        self.place = place
        self.starts_at = 0.0

    def start(self) -> None:
        """Starts a process."""
        self._said, sender = _PROCESSES.Pipe(duplex=False)
        self.process: SpawnProcess = _PROCESSES.Process(
            target=self._serve, args=(self.place, sender)
        )
        self.process.start()
        sender.close()
        self._started_at = time.monotonic()
        self.starts_at = 0.0

    @property
    def waits(self) -> bool:
        """Whether its process has died, and the next one is not started yet."""
        return self.starts_at > 0

    def is_ready(self, told: "StopSignal") -> bool:
        """Waits until it serves. Raises StartError where it can't; False where it need no more."""
        wait([self._said, self.process.sentinel, told.wakes])
        if told.is_told:
            return False
        reason = self._heard()
        if reason is None:
            self.process.join()
            status = self.process.exitcode
            raise StartError(f"A worker ended with status {status} before it could serve.")
        if reason:
            raise StartError(reason)
        return True

    def _heard(self) -> str | None:
        """What hinders it: an empty text where nothing does, None where it has said nothing."""
        try:
            said: str | None = self._said.recv() if self._said.poll() else None
        except EOFError:
            return None
        return said

    def bury(self) -> None:
        """Its process has died: another one takes its place, soon or after a while."""
        self.process.join()
        lasted = time.monotonic() - self._started_at
        self._failures = 0 if lasted >= _SOUND_SECONDS else self._failures + 1
        pause = min(_PAUSE_MOST, 2.0 ** (self._failures - 2)) if self._failures > 1 else 0.0
        self.starts_at = time.monotonic() + pause
        log.error(
            Event.WORKER_DIED,
            worker=self.place.number,
            status=self.process.exitcode,
            reason=self._heard() or None,
            again_in_seconds=pause,
        )
        self._said.close()

    def end(self, until: float) -> None:
        """Waits for its farewell, and ends it where that takes too long."""
        self.process.join(max(0.0, until - time.monotonic()))
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


class StopSignal:
    """Whether this process is told to stop. `wakes` can be read once it is."""

    def __init__(self) -> None:
        """Takes the signals from now on."""
        self.is_told = False
        self.wakes, self._woken = socket.socketpair()
        self._woken.setblocking(False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._take)
        signal.set_wakeup_fd(self._woken.fileno())

    def _take(self, *_: object) -> None:
        self.is_told = True


def supervise(number: int, serve: Serve, announce: Callable[[], None]) -> None:
    """Keeps so many workers until this process is told to stop.

    The others start once the first one serves. Raises StartError where it can't.
    """
    told = StopSignal()
    with _shared_folder() as folder:
        workers = [Worker(serve, WorkerSlot(folder, place)) for place in range(1, number + 1)]
        started = workers[:1]
        try:
            workers[0].start()
            if workers[0].is_ready(told):
                announce()
                for worker in workers[1:]:
                    worker.start()
                    started.append(worker)
                _keep(workers, told)
        finally:
            _end(started)


def _keep(workers: list[Worker], told: StopSignal) -> None:
    while not told.is_told:
        living = [worker for worker in workers if not worker.waits]
        # The next process that is to be started is waited for as any event is.
        starts = [worker.starts_at for worker in workers if worker.waits]
        seconds = max(0.0, min(starts) - time.monotonic()) if starts else None
        dead = wait([told.wakes, *(worker.process.sentinel for worker in living)], seconds)
        if told.is_told:
            return
        for worker in living:
            if worker.process.sentinel in dead:
                worker.bury()
        for worker in workers:
            if worker.waits and worker.starts_at <= time.monotonic():
                worker.start()


def _end(workers: list[Worker]) -> None:
    """All at the same time, since each takes as long as the slowest of its requests."""
    living = [worker for worker in workers if not worker.waits]
    for worker in living:
        worker.process.terminate()
    until = time.monotonic() + _FAREWELL_SECONDS
    for worker in living:
        worker.end(until)


@contextmanager
def _shared_folder() -> Iterator[Path]:
    """Where the workers tell each other what they have counted."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="allygraph-")
    except OSError as error:
        raise StartError(
            f"Several workers need a folder to share, and none can be made ({error.strerror}): "
            "set TMPDIR to one that this user may write to, or ALLYGRAPH_WORKERS=1."
        ) from None
    with folder as name:
        yield Path(name)


def supervisor_is_gone() -> bool:
    """Whether this worker is left alone, and should end too."""
    parent = multiprocessing.parent_process()
    return parent is not None and not parent.is_alive()
