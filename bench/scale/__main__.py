"""`python -m bench.scale`: the cost of questions in a large world, as ratios to a small one."""

import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from statistics import median
from typing import Annotated

import orjson
import typer
from rich.console import Console

from bench import report, servers
from bench.databases import Kind
from bench.errors import BenchError
from bench.figures import Finding, Outcome, Target
from bench.rounds import Rounds
from bench.scale.questions import Question, questions
from bench.scale.worlds import Size, worlds
from bench.servers import UNCACHED, Server

Of = Annotated[Size, typer.Option(help="The number of supports.", case_sensitive=False)]
On = Annotated[Kind, typer.Option(help="The database of both worlds.")]
Count = Annotated[int, typer.Option(min=1, help="The number of rounds; the median counts.")]

# The maximum number of requests for a question, world and round, and their maximum seconds.
_REQUESTS, _SECONDS = 20, 5.0

app = typer.Typer(add_completion=False)


@app.command()
def main(size: Of = Size.MILLION, database: On = Kind.SQLITE, rounds: Count = 3) -> None:
    """Ask a world of this size and one of 10,000 supports the same, and print the ratios."""
    # Stops the servers on SIGTERM too, not only on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = Console()
    plan = Rounds(rounds, 0, partial(console.print, soft_wrap=True))
    try:
        console.print(f"Preparing {size} supports; the first time this takes long.")
        with ExitStack() as stack:
            both = stack.enter_context(worlds(database, [Size.TEN_THOUSAND, size]))
            running = [stack.enter_context(servers.running(UNCACHED, each)) for each in both]
            asked = [questions(each) for each in both]
            findings = list(_compared(plan, size, running, asked))
    except BenchError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    report.show(console, Outcome([], findings))


def _compared(
    plan: Rounds, size: Size, running: Sequence[Server], asked: Sequence[Sequence[Question]]
) -> Iterator[Finding]:
    for pair in zip(*asked, strict=True):
        small, large = pair
        names = (f"{Size.TEN_THOUSAND}, ms", f"{size}, ms")

        def once(pair: Sequence[Question] = pair) -> dict[str, float]:
            times = (_milliseconds(*each) for each in zip(running, pair, strict=True))
            return dict(zip(names, times, strict=True))  # noqa: B023 - called before the next pair

        figures = plan.run(small.workload.name, once)
        ratio = figures[names[1]].over(figures[names[0]])
        yield Finding(small.workload.name, ratio, Target(large.most, at_most=True))


def _milliseconds(server: Server, question: Question) -> float:
    """Returns the median of sequential requests, after a first one that is not counted."""
    bodies = question.workload.bodies
    _answered(server, bodies[0])
    times: list[float] = []
    end = time.perf_counter() + _SECONDS
    while len(times) < _REQUESTS and (not times or time.perf_counter() < end):
        times.append(_answered(server, bodies[len(times) % len(bodies)]))
    return median(times)


def _answered(server: Server, body: bytes) -> float:
    started = time.perf_counter()
    status, answer = server.send(body)
    milliseconds = 1_000 * (time.perf_counter() - started)
    if status != 200 or "errors" in orjson.loads(answer):
        raise BenchError(f"A question was answered with {status}: {answer[:500]!r}")
    return milliseconds


if __name__ == "__main__":
    app()
