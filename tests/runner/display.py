"""What `python -m tests` prints: progress while the tests run, and the results at the end."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.runner.run import Result, Run

SLOWEST = 10
# If the output is not a terminal, a line is printed each time this many per cent more are done.
STEP = 10


class Display:
    """A bar for each database on a terminal; elsewhere lines such as "sqlite: 40% of 2919"."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.console = Console(highlight=False, soft_wrap=True)
        self._bars = Progress(
            TextColumn("{task.description:>10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self._tasks = {run: self._bars.add_task(run.name, total=None) for run in runs}
        self._shown = dict.fromkeys(runs, 0)

    def __enter__(self) -> "Display":
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def show(self, run: Run, new: Iterable[Result]) -> None:
        """Shows the progress of a run, and the tests that have just failed."""
        for result in new:
            if result.failed:
                self.console.print(f"FAILED on {run.name}: {escape(result.test)}")
        self._bars.update(self._tasks[run], total=run.total, completed=len(run.results))
        if not self.console.is_terminal and run.total:
            self._show_line(run, 100 * len(run.results) // run.total, run.total)

    def _show_line(self, run: Run, percent: int, total: int) -> None:
        if percent >= self._shown[run] + STEP:
            self._shown[run] = percent - percent % STEP
            self.console.print(f"{run.name}: {percent}% of {total} tests")

    def show_results(self, runs: Sequence[Run]) -> None:
        """Shows the summary of pytest on each database, and the slowest tests."""
        results = [result for run in runs for result in run.results]
        slowest = sorted(results, key=lambda result: -result.seconds)[:SLOWEST]
        self.console.print(f"\nThe slowest {len(slowest)} tests:")
        for result in slowest:
            line = f"{result.seconds:7.1f} s  {result.run:10}  {result.test}"
            self.console.print(escape(line))
        for run in runs:
            self.console.rule(f"Results on {run.name}", characters="=")
            self.console.print(escape(run.output()))
