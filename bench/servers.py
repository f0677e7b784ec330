"""The servers compared: each one worker on 127.0.0.1, ended by its own process id."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bench.errors import BenchError

ALLYGRAPH = "AllyGraph"
HANDWRITTEN = "hand-written"
STOCK = "stock"
CONSTANT = "constant"
PEERS = {HANDWRITTEN: "handwritten", STOCK: "stock", CONSTANT: "constant"}

READY_WITHIN_SECONDS = 30
_POLL_SECONDS = 0.005
_QUESTION = b'{"query": "{ actor(by: {slug: \\"nobody\\"}) { id } }", "variables": {"slug": ""}}'


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    name: str
    port: int
    pid: int
    seconds_to_first_answer: float

    @property
    def url(self) -> str:
        """Where it takes questions."""
        return f"http://127.0.0.1:{self.port}/graphql"

    def ask(self, body: bytes) -> tuple[int, bytes]:
        """The status and the body of its answer."""
        return _post(self.port, body)

    def peak_memory(self) -> float:
        """The most memory the process has had in use so far, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024


@contextmanager
def running(name: str, database: Path) -> Iterator[Server]:
    """A server, ready to answer; whatever happens, it is ended."""
    port = _free_port()
    with TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            _command(name, database, port),
            env=_environment(database),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            # Ctrl-C is for the bench alone, which then ends its servers in order.
            start_new_session=True,
        )
        try:
            _wait_for_answer(name, process, port, log)
            yield Server(name, port, process.pid, time.perf_counter() - started)
        finally:
            _end(process)


def _command(name: str, database: Path, port: int) -> Sequence[str]:
    if name == ALLYGRAPH:
        return [sys.executable, "-m", "service.cli", "serve", "--port", str(port)]
    return [sys.executable, "-m", "bench.peers", PEERS[name], str(database), str(port)]


def _environment(database: Path) -> Mapping[str, str]:
    return {**os.environ, "ALLYGRAPH_DATABASE_URL": f"sqlite:///{database}"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _post(port: int, body: bytes) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _wait_for_answer(
    name: str, process: subprocess.Popen[bytes], port: int, log: IO[bytes]
) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise BenchError(f"{name} does not answer. {_last_line(log)}")
        time.sleep(_POLL_SECONDS)


def _answers(port: int) -> bool:
    try:
        return _post(port, _QUESTION)[0] == 200
    except (OSError, HTTPException):
        return False


def _last_line(log: IO[bytes]) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "It said nothing.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
