"""Shares counters among the workers: each writes a small file and reads those of the others.

The worker that serves `/metrics` adds the files of the others to its own counters. A file belongs
to a worker slot, not to a process: a restarted worker continues the counts of its predecessor, so
that counters never decrease.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import orjson

from service.observability.counters import Counters
from service.observability.metrics import State, state_of, total

# Gauges in a file older than this, in seconds, are ignored.
_STALE_SECONDS = 10.0


class WorkerSlot(NamedTuple):
    """The position of a worker among all, from 1, and the folder they share."""

    folder: Path
    number: int


class WorkerCounters:
    """The counters of one worker, combined with those of the others in the folder."""

    def __init__(self, counters: Counters, slot: WorkerSlot) -> None:
        """Continues the counts of the previous process in this slot."""
        self._counters = counters
        self._folder = slot.folder
        self._file = slot.folder / f"{slot.number}.json"
        previous = _read(self._file)
        self._previous = State(previous.counts if previous else {}, {})

    def write(self) -> None:
        """Writes the file; call it about once a second. A full disk loses counts, no more."""
        state = self._own()
        content = {
            "counts": [[key, number] for key, number in state.counts.items()],
            "gauges": [[key, number] for key, number in state.gauges.items()],
        }
        temporary = self._file.with_suffix(".new")
        with suppress(OSError):
            temporary.write_bytes(orjson.dumps(content))
            os.replace(temporary, self._file)

    def state(self) -> State:
        """The totals of all workers; those of the others are as of their last write.

        Writes this worker's file first, so that no later total is lower than the reported one.
        """
        self.write()
        return total((self._own(), *self._others()), self._counters.gauges)

    def _own(self) -> State:
        return total((state_of(self._counters), self._previous), self._counters.gauges)

    def _others(self) -> Iterator[State]:
        for file in sorted(self._folder.glob("*.json")):
            if file != self._file and (state := _read(file)):
                yield state


def _read(file: Path) -> State | None:
    """The content of a file; None if it does not exist."""
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
