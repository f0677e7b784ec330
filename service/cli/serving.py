"""Commands about the service itself: serve it, print its schemas."""

import sys
from typing import Annotated

import typer

from service.cli.data import load_data_sets, migrate_database
from service.cli.terminal import DatabaseUrl, console
from service.settings import read_settings

commands = typer.Typer()


@commands.command()
def serve(
    database_url: DatabaseUrl = None,
    host: Annotated[str | None, typer.Option(help="The address to listen at.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen at; 0: any free.")] = None,
    workers: Annotated[
        int | None, typer.Option(help="How many processes answer on the one port.")
    ] = None,
    prepare: Annotated[
        bool,
        typer.Option("--prepare", help="First make or migrate the database and load the data."),
    ] = False,
) -> None:
    """Serve GraphQL, REST and the pages."""
    settings = read_settings(database_url=database_url, host=host, port=port, workers=workers)
    if prepare:
        migrate_database(settings)
        load_data_sets(settings, ())
    # Imported here: the other commands need no server.
    from service.server.serve import run

    run(settings, announce=console.print)


@commands.command()
def schema(
    openapi: Annotated[
        bool, typer.Option("--openapi", help="Print the OpenAPI document instead.")
    ] = False,
) -> None:
    """Print the GraphQL schema."""
    from service.cli.schema_text import openapi_text, sdl_text

    sys.stdout.write(openapi_text() if openapi else sdl_text())
