"""Commands of the service itself: `serve` and `schema`."""

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from service.cli.data import load_data_sets, migrate_database
from service.cli.terminal import DatabaseUrl, console, print_as_json
from service.settings import PREFIX, read_settings

commands = typer.Typer()


@commands.command()
def serve(
    database_url: DatabaseUrl = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0: any free port.")] = None,
    workers: Annotated[
        int | None, typer.Option(help="Number of worker processes; they share the port.")
    ] = None,
    prepare: Annotated[
        bool,
        typer.Option("--prepare", help="Create or migrate the database and load the data first."),
    ] = False,
) -> None:
    """Serve GraphQL, REST and the web pages."""
    greet: Callable[[str], None] = console.print
    if os.environ.get(f"{PREFIX}LOG_FORMAT") == "json":
        # The greeting is a line of JSON already.
        greet = partial(print, flush=True)
        # Before the settings are read, since errors in them are printed too.
        print_as_json()
    settings = read_settings(database_url=database_url, host=host, port=port, workers=workers)
    if prepare:
        migrate_database(settings)
        load_data_sets(settings, ())
    # Imported here, so that other commands start faster.
    from service.server.serve import run

    run(settings, announce=greet)


@commands.command()
def schema(
    openapi: Annotated[
        bool, typer.Option("--openapi", help="Print the OpenAPI document instead.")
    ] = False,
) -> None:
    """Print the GraphQL schema."""
    from service.cli.schema_text import openapi_text, sdl_text

    sys.stdout.write(openapi_text() if openapi else sdl_text())
