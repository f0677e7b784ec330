"""Clients of other projects, each a program that prints its events."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.node import install_packages, node_environment, program

CLIENTS = Path(__file__).parent / "clients"

every_client = pytest.mark.parametrize("client", ["graphql-ws", "graphql-sse", "gql"])

CHANGES = """
subscription ($since: Int) {
  changes(since: $since, types: [ACTOR]) { nodes { revision { number } recordId action } }
}
"""


class Heard:
    """The output of a client, line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reading = threading.Thread(target=self._read, args=(process,), daemon=True)
        self._reading.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def end(self) -> None:
        """Waits until the last line is read, because only then may the pipe be closed."""
        self._reading.join()

    def next(self) -> Any:
        """Returns the next line; None at the end."""
        line = self._lines.get(timeout=60)
        return json.loads(line) if line else None

    def revision(self) -> int:
        """Returns the revision of the next event."""
        nodes = self.next()["data"]["changes"]["nodes"]
        (number,) = {node["revision"]["number"] for node in nodes}
        return int(number)

    def rest(self) -> list[Any]:
        """Returns every line up to the end."""
        lines = []
        while (line := self.next()) is not None:
            lines.append(line)
        return lines


@contextmanager
def following(client: str, url: str, query: str = CHANGES, **more: Any) -> Iterator[Heard]:
    """Yields the output of a client. `more`: variables, a token, and the last revision."""
    asked = {"kind": client, "url": f"{url}/graphql", "query": query, "variables": {}} | more
    if client == "gql":
        command, environment = [sys.executable, "follow.py"], None
    else:
        install_packages(CLIENTS)
        command, environment = [program("node"), "follow.mjs"], node_environment()
    with subprocess.Popen(
        [*command, json.dumps(asked)],
        cwd=CLIENTS,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        heard = Heard(process)
        try:
            yield heard
        finally:
            process.kill()
            heard.end()
