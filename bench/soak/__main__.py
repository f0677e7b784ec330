"""`python -m bench.soak`: full load for some minutes. The exit status is the verdict."""

import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer
import uvloop
from rich.console import Console
from rich.progress import Progress, TaskID

from bench import databases, servers
from bench.databases import Database, Kind, newest_revision
from bench.errors import BenchError
from bench.servers import ALLYGRAPH, Server
from bench.soak import report
from bench.soak.data import SIZES, token
from bench.soak.load import Load
from bench.soak.queries import Known

On = Annotated[Kind, typer.Option(help="The database of the server.")]
Seconds = Annotated[int, typer.Option(min=10, help="The duration in seconds.")]
Workers = Annotated[int, typer.Option(min=1, help="The number of worker processes.")]
Writers = Annotated[int, typer.Option(min=1, help="The number of clients that write.")]

app = typer.Typer(add_completion=False)


@app.command()
def main(
    seconds: Seconds = 600, database: On = Kind.SQLITE, workers: Workers = 1, writers: Writers = 2
) -> None:
    """Put a server under full load, and judge whether it stays stable."""
    # Stops the server on SIGTERM too, not only on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = Console()
    service = replace(
        ALLYGRAPH, settings=(*ALLYGRAPH.settings, ("ALLYGRAPH_WORKERS", str(workers)))
    )
    try:
        console.print("Preparing the data")
        with (
            databases.new(database, SIZES, "soak") as data,
            servers.running(service, data) as server,
        ):
            load = uvloop.run(_soak(console, server, data, seconds, writers))
    except BenchError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    if not report.show(console, load):
        raise typer.Exit(1)


async def _soak(
    console: Console, server: Server, data: Database, seconds: int, writers: int
) -> Load:
    names = [f"writer-{number}" for number in range(1, writers + 1)]
    load = Load(server, known(data), {name: token(data, name) for name in names})
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Full load", total=seconds)
        await load.run(seconds, _advancing(progress, task))
    return load


def _advancing(progress: Progress, task: TaskID) -> Callable[[], None]:
    return lambda: progress.advance(task, 1)


def known(data: Database) -> Known:
    """Reads the values of the data that the readers' queries need."""
    slugs = data.column("SELECT slug FROM actor ORDER BY id")
    kinds = data.column("SELECT DISTINCT kind FROM support ORDER BY kind")
    return Known(slugs, kinds, newest_revision(data))


if __name__ == "__main__":
    app()
