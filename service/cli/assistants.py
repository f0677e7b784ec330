"""The command `mcp`, which serves an assistant on this computer."""

import asyncio

import typer

from service.cli.terminal import DatabaseUrl
from service.errors import StartError
from service.settings import Settings, read_settings

commands = typer.Typer()


@commands.command()
def mcp(database_url: DatabaseUrl = None) -> None:
    """Serve an assistant over standard input and output (Model Context Protocol)."""
    # Imported here, so that other commands start faster.
    from service.engine.assisting.server import IS_INSTALLED

    if not IS_INSTALLED:
        raise StartError("The command needs a package: pip install 'allygraph[mcp]'.")
    from service.observability.log import configure_log

    settings = read_settings(database_url=database_url)
    configure_log(settings)
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    from service.engine.assisting.server import assistant_server
    from service.engine.assisting.tools import Tools
    from service.engine.engine import Engine
    from service.http.rest.addresses import as_of_address

    engine = Engine.open(settings)
    await engine.start()
    try:
        await assistant_server(Tools(engine, as_of_address)).run_stdio_async()
    finally:
        await engine.close()
