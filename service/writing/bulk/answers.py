"""The response to a bulk request: NDJSON with a line for each line of the request, and a summary.

    {"line":1,"id":"actor_12"}
    {"line":2,"id":"support_40"}
    {"revision":7,"created":2,"updated":0,"deleted":0,"unchanged":0}

If lines are refused, the response has only the first thousand refused lines, each with all its
problems, and a summary of the refusal.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO

import orjson

from schema.rules import Problem
from service.errors import InvalidRecord
from service.writing.bulk.lines import Line, Verb

# The maximum number of refused lines in a response.
REFUSED_MOST = 1_000

PAST = {Verb.CREATE: "created", Verb.UPDATE: "updated", Verb.DELETE: "deleted"}
UNCHANGED = "unchanged"
# The counts in the summary.
COUNTED = (*PAST.values(), UNCHANGED)


class Answers:
    """Writes the response to a file while the lines are processed."""

    def __init__(self, file: IO[bytes], *, is_dry_run: bool) -> None:
        """`is_dry_run`: the summary has no revision, since nothing is stored."""
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
        """Writes the response line of an accepted line, unless a line was refused before.

        `id`: the id of its record; None if a dry run created the record. `has_changed`: whether the
        line changed anything.
        """
        if line.verb is not None:
            self._done[PAST[line.verb] if has_changed else UNCHANGED] += 1
        if not self._refused:
            self._write({"line": line.number, "id": id})

    def refuse(self, number: int, problems: Sequence[Problem]) -> None:
        """Adds problems to a line, which refuses the whole request."""
        if number in self._problems:
            self._problems[number] += problems
            return
        self._refused += 1
        if len(self._problems) < REFUSED_MOST:
            self._problems[number] = list(problems)

    def finish(self, revision: int) -> None:
        """Writes the summary, after the problems if there are any. `revision`: the newest one."""
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
