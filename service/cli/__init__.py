"""The command line, `allygraph`. The only package that may import both `service` and `seeds`."""

import typer

from seeds.source import SeedError
from service.cli import assistants, data, exporting, importing, loading, serving, tokens
from service.cli.terminal import errors
from service.errors import AllyGraphError

app = typer.Typer(
    name="allygraph",
    help="Who supports whom, with what, and who says so. Settings are environment variables "
    "ALLYGRAPH_*; see docs/settings.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(serving.commands)
app.add_typer(data.commands)
app.add_typer(loading.commands)
app.add_typer(importing.commands)
app.add_typer(exporting.commands)
app.add_typer(assistants.commands)
app.add_typer(tokens.commands)


def main() -> None:
    """Runs the command. An error is one line on standard error and exit status 1."""
    try:
        app()
    except (AllyGraphError, SeedError) as error:
        errors.print(f"allygraph: {error}")
        raise SystemExit(1) from None
