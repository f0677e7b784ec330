"""What the processes that share one socket tell each other: a small file each, written anew.

Whoever is asked for `/metrics` adds the files of the others to what it counts itself. A file
belongs to a place among the workers and not to a process: one that takes the place of another goes
on with its counts, so that they never fall.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import orjson

from service.observability.counters import Counters
from service.observability.metrics import State, state_of, together

# What a process that has not written for so long said of itself holds no more, in seconds.
_STALE_SECONDS = 10.0


class WorkerSlot(NamedTuple):
    """Where a worker stands among those that share its socket: from 1 on, with a folder of all."""

    folder: Path
    number: int


class WorkerCounters:
    """The counts of one worker, beside those of the others in the same folder."""

    def __init__(self, measures: Counters, place: WorkerSlot) -> None:
        """Goes on with what was counted at this place before."""
        self._measures = measures
        self._folder = place.folder
        self._file = place.folder / f"{place.number}.json"
        before = _read(self._file)
        self._before = State(before.counts if before else {}, {})

    def write(self) -> None:
        """To be called every second or so. A full disk costs an operator a count, and no more."""
        state = self._own()
        content = {
            "counts": [[key, number] for key, number in state.counts.items()],
            "gauges": [[key, number] for key, number in state.gauges.items()],
        }
        beside = self._file.with_suffix(".new")
        with suppress(OSError):
            beside.write_bytes(orjson.dumps(content))
            os.replace(beside, self._file)

    def state(self) -> State:
        """The numbers of all workers together; those of the others as they were a moment ago.

        What is told is written first: whatever becomes of this process, no count falls behind it.
        """
        self.write()
        return together((self._own(), *self._others()), self._measures.gauges)

    def _own(self) -> State:
        return together((state_of(self._measures), self._before), self._measures.gauges)

    def _others(self) -> Iterator[State]:
        for file in sorted(self._folder.glob("*.json")):
            if file != self._file and (state := _read(file)):
                yield state


def _read(file: Path) -> State | None:
    """What stands in a file; None where there is none yet."""
    try:
        age = time.time() - file.stat().st_mtime
        content = orjson.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    gauges = content["gauges"] if age < _STALE_SECONDS else ()
    return State(
        {tuple(key): number for key, number in content["counts"]},
        {tuple(key): number for key, number in gauges},
    )
