"""`python -m bench.explorer`: measures the explorer in Chromium on a generated world."""

import signal
import sys
from functools import partial
from typing import Annotated

import typer
from rich.console import Console

from bench import databases, report, servers
from bench.databases import Kind
from bench.errors import BenchError
from bench.explorer import browser
from bench.explorer.comparison import compare
from bench.explorer.world import SIZES
from bench.rounds import Rounds
from bench.servers import UNCACHED

Count = Annotated[int, typer.Option(min=1, help="The number of rounds; the median counts.")]
On = Annotated[Kind, typer.Option(help="The database of the service.")]

app = typer.Typer(add_completion=False)


@app.command()
def main(rounds: Count = 5, database: On = Kind.SQLITE) -> None:
    """Measure the explorer on generated data, beside a page that only draws."""
    # Stops the server and the browser on SIGTERM too, not only on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = Console()
    try:
        console.print("Preparing the data")
        plan = Rounds(rounds, 0, partial(console.print, soft_wrap=True))
        with (
            databases.new(database, SIZES, "explorer") as world,
            servers.running(UNCACHED, world) as server,
            browser.running() as chromium,
        ):
            outcome = compare(chromium, server, plan)
    except BenchError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    report.show(console, outcome)


if __name__ == "__main__":
    app()
