"""What all commands share: consoles, the option `--database-url`, progress bars."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Annotated, cast

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

# No wrapping and no markup: a path may contain brackets.
console = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


class _JSONLines(io.TextIOBase):
    """A stream that writes each line as a line of JSON."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes each line of the text, whose lines must be complete."""
        for line in text.splitlines():
            if line.strip():
                content = json.dumps({"event": "output", "message": line}, ensure_ascii=False)
                self._stream.write(f"{content}\n")
        return len(text)

    def flush(self) -> None:
        """Flushes the underlying stream."""
        self._stream.flush()


def print_as_json() -> None:
    """Makes the consoles print each line as a line of JSON, like the lines of the log."""
    for each in (console, errors):
        each.file = cast(IO[str], _JSONLines(each.file))


DatabaseUrl = Annotated[
    str | None,
    typer.Option("--database-url", help="Database URL, such as sqlite:///PATH."),
]


@contextmanager
def progress() -> Iterator["ProgressBars"]:
    """Shows progress bars within a `with` block."""
    # Without a terminal each bar would leave an empty line.
    hidden = not console.is_terminal
    with Progress(console=console, transient=True, disable=hidden) as progress:
        yield ProgressBars(progress)


class ProgressBars:
    """Progress bars, one for each kind of work."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        """Shows that `done` of `total` items of the work `what` are finished.

        A total of 0 means unknown: the bar then shows only that the work continues.
        """
        known = total or None
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=known)
        self._progress.update(self._tasks[what], completed=done, total=known)
