"""One pytest process of the suite, with its output in a file and its progress in another."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]


class Result(NamedTuple):
    """A test that has ended. `seconds` counts its set-up and its clean-up too."""

    run: str
    test: str
    seconds: float
    failed: bool


class Run:
    """pytest on one database, in the background. `name` is unique among the runs."""

    def __init__(
        self,
        name: str,
        folder: Path,
        arguments: Sequence[str],
        environment: Mapping[str, str],
    ) -> None:
        self.name = name
        self.total: int | None = None
        self.results: list[Result] = []
        self._output = folder / f"{name}.txt"
        self._events = folder / f"{name}.jsonl"
        self._events.touch()
        self._read = 0
        self._arguments = arguments
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "pytest", "-p", "tests.runner.progress", "-q"]
        command += ["-o", "console_output_style=classic"]
        with self._output.open("w") as output:
            self._process = subprocess.Popen(
                [*command, f"--progress-file={self._events}", *self._arguments],
                cwd=ROOT,
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def status(self) -> int:
        """The exit status of pytest, once it has ended; 1 if it has not been started."""
        return 1 if self._process is None else self._process.wait()

    def output(self) -> str:
        if self._process is None:
            return "It was not run."
        return self._output.read_text("utf-8", errors="replace").strip()

    def read(self) -> list[Result]:
        """The tests that have ended since the last call."""
        new = []
        for event in self._new_events():
            if "total" in event:
                self.total = event["total"]
            else:
                event = (event["finished"], event["seconds"], event["failed"])
                new.append(Result(self.name, *event))
        self.results += new
        return new

    def _new_events(self) -> list[dict[str, Any]]:
        with self._events.open("rb") as events:
            events.seek(self._read)
            # The last line may be incomplete.
            lines = events.read().split(b"\n")[:-1]
        self._read += sum(len(line) + 1 for line in lines)
        return [json.loads(line) for line in lines]
