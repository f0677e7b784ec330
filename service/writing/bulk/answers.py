"""The response to a bulk request: NDJSON with a line for each line of the request, and a summary.

    {"line":1,"id":"actor_12"}
    {"line":2,"id":"support_40"}
    {"revision":7,"created":2,"updated":0,"deleted":0,"unchanged":0}

Where lines are refused it has these alone, the first thousand of them, each with all its problems.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO

import orjson

from schema.rules import Problem
from service.errors import InvalidRecord
from service.writing.bulk.lines import Line, Verb

# How many refused lines are listed.
REFUSED_MOST = 1_000

PAST = {Verb.CREATE: "created", Verb.UPDATE: "updated", Verb.DELETE: "deleted"}
UNCHANGED = "unchanged"
# What the summary has a number of.
COUNTED = (*PAST.values(), UNCHANGED)


class Answers:
    """Writes the response to a file as the lines are done."""

    def __init__(self, file: IO[bytes], *, is_dry_run: bool) -> None:
        """`is_dry_run`: there is no revision, since nothing is kept."""
        self._file = file
        self._is_dry_run = is_dry_run
        self._done: Counter[str] = Counter()
        self._refused = 0
        self._problems: dict[int, list[Problem]] = {}

    @property
    def is_good(self) -> bool:
        """Whether no line is refused."""
        return not self._refused

    def accept(self, line: Line, id: str | None, *, has_changed: bool) -> None:
        """The line is done; its record has this id, or None if it was not kept.

        `has_changed`: whether anything has.
        """
        if line.verb is not None:
            self._done[PAST[line.verb] if has_changed else UNCHANGED] += 1
        if not self._refused:
            self._write({"line": line.number, "id": id})

    def refuse(self, number: int, problems: Sequence[Problem]) -> None:
        """The line has these problems."""
        if number in self._problems:
            self._problems[number] += problems
            return
        self._refused += 1
        if len(self._problems) < REFUSED_MOST:
            self._problems[number] = list(problems)

    def finish(self, revision: int) -> None:
        """Writes the problems if there are any, and the summary. `revision`: the newest one."""
        if self._refused:
            self._write_problems()
            return
        counts = {name: self._done[name] for name in COUNTED}
        if self._is_dry_run:
            self._write({"revision": None, "dryRun": True, **counts})
        else:
            self._write({"revision": revision, **counts})

    def _write_problems(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        for number, problems in sorted(self._problems.items()):
            self._write({"line": number, "errors": [asdict(each) for each in problems]})
        lines = "1 line is" if self._refused == 1 else f"{self._refused} lines are"
        message = f"{lines} refused, so nothing was written."
        self._write({"code": InvalidRecord.code, "refused": self._refused, "message": message})

    def _write(self, content: dict[str, object]) -> None:
        self._file.write(orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE))
