"""`python -m bench`: measures AllyGraph and its peers in one run, and prints the ratios."""

import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import Annotated

import typer
from rich.console import Console

from bench import databases, report, wrk
from bench.comparisons import COMPARISONS, Comparison
from bench.databases import Database, Kind
from bench.errors import BenchError
from bench.figures import Outcome
from bench.generated.rows import Sizes
from bench.rounds import Rounds
from bench.session import Session

Only = Annotated[list[Comparison] | None, typer.Option(help="Run only this; repeatable.")]
On = Annotated[Kind, typer.Option(help="The database that all services use.")]
Count = Annotated[int, typer.Option(min=1, help="The number of rounds; the median counts.")]
Seconds = Annotated[int, typer.Option(min=1, help="The seconds per service and round.")]
Strict = Annotated[bool, typer.Option(help="Exit with status 1 if a target is not reached.")]

app = typer.Typer(add_completion=False)


@app.command()
def main(
    rounds: Count = 5,
    seconds: Seconds = 4,
    only: Only = None,
    database: On = Kind.SQLITE,
    strict: Strict = False,
) -> None:
    """Measure AllyGraph and its peers on generated data, and print the ratios."""
    # Stops the servers on SIGTERM too, not only on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = Console()
    try:
        wrk.find()
        console.print("Preparing the data; this takes some minutes the first time.")
        plan = Rounds(rounds, seconds, partial(console.print, soft_wrap=True))
        with databases.prepared(database, Sizes()) as prepared:
            outcome = _run(only or list(Comparison), prepared, plan)
    except BenchError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    report.show(console, outcome)
    if strict and not all(finding.reached for finding in outcome.findings):
        raise typer.Exit(1)


def _run(wanted: Sequence[Comparison], database: Database, rounds: Rounds) -> Outcome:
    outcome = Outcome([], [])
    with ExitStack() as stack:
        session = Session(database, rounds, stack)
        for comparison in (each for each in Comparison if each in wanted):
            rates, findings = COMPARISONS[comparison](session)
            outcome.rates.extend(rates)
            outcome.findings.extend(findings)
    return outcome


if __name__ == "__main__":
    app()
