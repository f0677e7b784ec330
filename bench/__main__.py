"""`python -m bench`: measures AllyGraph and its peers in one run and prints the ratios."""

import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench import comparisons, data, report, servers, wrk
from bench.comparisons import Comparison, Rounds
from bench.errors import BenchError
from bench.figures import Finding, Rate
from bench.rows import Sizes

Only = Annotated[list[Comparison] | None, typer.Option(help="Make this comparison; repeatable.")]
Count = Annotated[int, typer.Option(min=1, help="How many rounds; the median counts.")]
Seconds = Annotated[int, typer.Option(min=1, help="How long each is measured in a round.")]
Strict = Annotated[bool, typer.Option(help="End with status 1 where a target is not reached.")]

app = typer.Typer(add_completion=False)


@app.command()
def main(
    rounds: Count = 5, seconds: Seconds = 4, only: Only = None, strict: Strict = False
) -> None:
    """Measures AllyGraph beside its peers on generated data and prints the ratios."""
    # Ends the servers also when the bench is told to end, not only on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = Console()
    try:
        wrk.find()
        console.print("Preparing the data; the first time takes up to a minute.")
        database = data.prepared(Sizes())
        plan = Rounds(rounds, seconds, partial(console.print, soft_wrap=True))
        rates, findings = _run(only or list(Comparison), database, plan)
    except BenchError as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None
    report.show(console, rates, findings)
    if strict and not all(finding.reached for finding in findings):
        raise typer.Exit(1)


def _run(
    wanted: Sequence[Comparison], database: Path, rounds: Rounds
) -> tuple[list[Rate], list[Finding]]:
    rates: list[Rate] = []
    findings: list[Finding] = []
    if set(wanted) != {Comparison.START}:
        rates, findings = _run_under_load(wanted, database, rounds)
    if Comparison.START in wanted:
        findings.append(comparisons.start(database, rounds.count))
    return rates, findings


def _run_under_load(
    wanted: Sequence[Comparison], database: Path, rounds: Rounds
) -> tuple[list[Rate], list[Finding]]:
    rates: list[Rate] = []
    findings: list[Finding] = []
    with ExitStack() as stack:
        running = {
            name: stack.enter_context(servers.running(name, database))
            for name in (servers.ALLYGRAPH, *servers.PEERS)
        }
        for comparison in (c for c in comparisons.WORKS if c in wanted):
            work = comparisons.WORKS[comparison](database)
            measured = comparisons.compare(work, running, rounds)
            rates += measured
            findings += comparisons.ratios(comparison, measured)
        if Comparison.DEPTH in wanted:
            measured, found = comparisons.compare_depths(running[servers.ALLYGRAPH], rounds)
            rates += measured
            findings += found
        findings.append(comparisons.memory(running[servers.ALLYGRAPH]))
    return rates, findings


if __name__ == "__main__":
    app()
