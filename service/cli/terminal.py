"""What every command shares: the two consoles, the option `--database-url`, progress bars."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

# One line each, and as it is: a path may look like markup.
console = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


DatabaseUrl = Annotated[
    str | None,
    typer.Option("--database-url", help="Where the data is kept, such as sqlite:///PATH."),
]


@contextmanager
def progress() -> Iterator["ProgressBars"]:
    """Progress bars for the length of a `with` block."""
    # Where nobody watches, bars would leave an empty line each.
    hidden = not console.is_terminal
    with Progress(console=console, transient=True, disable=hidden) as progress:
        yield ProgressBars(progress)


class ProgressBars:
    """The loader's progress as bars, one for each thing it works on."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        """Shows that `done` of `total` items of one kind of work are finished."""
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=total)
        self._progress.update(self._tasks[what], completed=done, total=total)
