"""Several worker processes on one socket, and a supervisor that restarts those that die.

uvicorn's supervisor can't run our server class. It checks its workers only twice a second, restarts
a failing worker without a pause, and leaves its workers running if it is killed.
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

# Spawn, since a spawned process inherits no threads, locks or open databases.
_PROCESSES = multiprocessing.get_context("spawn")

# The time limit for workers to exit, in seconds.
_SHUTDOWN_SECONDS = 30.0
# A worker that dies sooner than this has failed to start: the pause before the next start grows.
_STABLE_SECONDS = 10.0
_MAX_PAUSE = 30.0

# Serves in a slot. Sends an empty string once it can serve, or the reason why it can't.
Serve = Callable[[WorkerSlot, Connection], None]


class Worker:
    """A slot, and the process that runs in it."""

    def __init__(self, serve: Serve, slot: WorkerSlot) -> None:
        """Starts no process yet."""
        self._serve = serve
        self._failures = 0
        self.slot = slot
        self.restart_at = 0.0

    def start(self) -> None:
        """Starts a process."""
        self._status, sender = _PROCESSES.Pipe(duplex=False)
        self.process: SpawnProcess = _PROCESSES.Process(
            target=self._serve, args=(self.slot, sender)
        )
        self.process.start()
        sender.close()
        self._started_at = time.monotonic()
        self.restart_at = 0.0

    @property
    def is_dead(self) -> bool:
        """Whether the process has died, and the next one has not started."""
        return self.restart_at > 0

    def wait_until_ready(self, stop: "StopSignal") -> bool:
        """Waits until the process serves; returns False if the stop signal comes first.

        Raises StartError if the process can't serve.
        """
        wait([self._status, self.process.sentinel, stop.readable])
        if stop.is_set:
            return False
        reason = self._reason()
        if reason is None:
            self.process.join()
            status = self.process.exitcode
            raise StartError(f"A worker ended with status {status} before it could serve.")
        if reason:
            raise StartError(reason)
        return True

    def _reason(self) -> str | None:
        """Why the process can't serve: empty if it can, None if it has sent nothing."""
        try:
            reason: str | None = self._status.recv() if self._status.poll() else None
        except EOFError:
            return None
        return reason

    def schedule_restart(self) -> None:
        """Logs that the process has died, and sets `restart_at` for the next one."""
        self.process.join()
        lasted = time.monotonic() - self._started_at
        self._failures = 0 if lasted >= _STABLE_SECONDS else self._failures + 1
        pause = min(_MAX_PAUSE, 2.0 ** (self._failures - 2)) if self._failures > 1 else 0.0
        self.restart_at = time.monotonic() + pause
        log.error(
            Event.WORKER_DIED,
            worker=self.slot.number,
            status=self.process.exitcode,
            reason=self._reason() or None,
            again_in_seconds=pause,
        )
        self._status.close()

    def end(self, deadline: float) -> None:
        """Waits for the process to exit, and kills it at the deadline."""
        self.process.join(max(0.0, deadline - time.monotonic()))
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


class StopSignal:
    """Whether SIGINT or SIGTERM was received. `readable`: a socket that a signal makes readable."""

    def __init__(self) -> None:
        """Handles the signals from now on."""
        self.is_set = False
        self.readable, self._wakeup = socket.socketpair()
        self._wakeup.setblocking(False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._set)
        signal.set_wakeup_fd(self._wakeup.fileno())

    def _set(self, *_: object) -> None:
        self.is_set = True


def supervise(
    number: int, serve: Serve, announce: Callable[[], None], drain_seconds: float = 0.0
) -> None:
    """Keeps `number` workers running until this process receives a signal to stop.

    `drain_seconds`: the time for which a worker still serves after that. The other workers start
    once the first one serves. Raises StartError if the first one can't.
    """
    stop = StopSignal()
    with _shared_folder() as folder:
        workers = [Worker(serve, WorkerSlot(folder, slot)) for slot in range(1, number + 1)]
        started = workers[:1]
        try:
            workers[0].start()
            if workers[0].wait_until_ready(stop):
                announce()
                for worker in workers[1:]:
                    worker.start()
                    started.append(worker)
                _restart_dead_workers(workers, stop)
        finally:
            _end(started, drain_seconds + _SHUTDOWN_SECONDS)


def _restart_dead_workers(workers: list[Worker], stop: StopSignal) -> None:
    while not stop.is_set:
        alive = [worker for worker in workers if not worker.is_dead]
        restarts = [worker.restart_at for worker in workers if worker.is_dead]
        seconds = max(0.0, min(restarts) - time.monotonic()) if restarts else None
        ended = wait([stop.readable, *(worker.process.sentinel for worker in alive)], seconds)
        if stop.is_set:
            return
        for worker in alive:
            if worker.process.sentinel in ended:
                worker.schedule_restart()
        for worker in workers:
            if worker.is_dead and worker.restart_at <= time.monotonic():
                worker.start()


def _end(workers: list[Worker], seconds: float) -> None:
    """Stops all workers at the same time, since each waits for the slowest of its requests."""
    alive = [worker for worker in workers if not worker.is_dead]
    for worker in alive:
        worker.process.terminate()
    deadline = time.monotonic() + seconds
    for worker in alive:
        worker.end(deadline)


@contextmanager
def _shared_folder() -> Iterator[Path]:
    """A temporary folder in which each worker writes its counters for the others."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="allygraph-")
    except OSError as error:
        raise StartError(
            f"Several workers share a temporary folder, which can't be made ({error.strerror}): "
            "set TMPDIR to a folder that this user may write to, or ALLYGRAPH_WORKERS=1."
        ) from None
    with folder as name:
        yield Path(name)


def supervisor_is_dead() -> bool:
    """Whether the supervisor has died, so that this worker should end."""
    parent = multiprocessing.parent_process()
    return parent is not None and not parent.is_alive()
