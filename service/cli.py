"""The command `allygraph`. The only place that knows both the service and the data sets."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.text import Text
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from schema.migrations import current, head, upgrade
from seeds import bundled
from seeds.loader import Loaded, load
from seeds.source import SeedError
from service.auth import Role
from service.databases import Database, database_at
from service.errors import AllyGraphError, StartError
from service.new_token import read_new_token
from service.settings import Settings, read_settings
from service.tokens import create_token, list_tokens, revoke_token, token_transaction

app = typer.Typer(
    name="allygraph",
    help="Who supports whom, with what, and who says so. Settings are the environment variables "
    "ALLYGRAPH_*; see docs/settings.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
tokens = typer.Typer(
    name="token",
    help="Make, list and revoke tokens: who may write, and where ALLYGRAPH_READ=token, who may "
    "read.",
    no_args_is_help=True,
)
app.add_typer(tokens)
# One line each, and as it is: a path may look like markup.
console = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)

DatabaseUrl = Annotated[
    str | None,
    typer.Option("--database-url", help="Where the data is kept, such as sqlite:///PATH."),
]


@app.command()
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
        _migrate(settings)
        _seed(settings, ())
    # Imported here: the other commands need no server.
    from service.serve import run

    run(settings, announce=console.print)


@app.command()
def seed(
    names: Annotated[
        list[str] | None, typer.Argument(help="Data sets by name; all bundled ones if none.")
    ] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Load the bundled data sets. Loading one again changes only what has changed in it."""
    _seed(read_settings(database_url=database_url), names or ())


@app.command()
def migrate(
    database_url: DatabaseUrl = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail where there is something to do.")
    ] = False,
) -> None:
    """Make the tables, or bring them to the newest version."""
    settings = read_settings(database_url=database_url)
    if check:
        _check_migrations(settings)
    else:
        _migrate(settings)


@app.command()
def schema(
    openapi: Annotated[
        bool, typer.Option("--openapi", help="Print the OpenAPI document instead.")
    ] = False,
) -> None:
    """Print the GraphQL schema."""
    from service.printed import openapi_text, sdl_text

    sys.stdout.write(openapi_text() if openapi else sdl_text())


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The copy to make; nothing may be there yet.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Copy the database to a file, also while it is served, and check the copy."""
    from service.backup import back_up

    settings = read_settings(database_url=database_url)
    made = back_up(database_at(settings.database_url), file)
    console.print(f"{made.path}: {made.size} bytes, sound, at revision {made.revision}.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `allygraph backup` made.")],
    database_url: DatabaseUrl = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of a database that is there.")
    ] = False,
) -> None:
    """Put a copy in the place of the database, once nobody serves it."""
    from service.backup import restore as put_back

    settings = read_settings(database_url=database_url)
    made = put_back(file, database_at(settings.database_url), replace=replace)
    console.print(f"{made.path}: restored, sound, at revision {made.revision}.")


@app.command()
def copy(
    source: Annotated[str, typer.Argument(help="The database to copy, by its URL.")],
    target: Annotated[str, typer.Argument(help="The database to fill: empty, or not there yet.")],
) -> None:
    """Copy everything into another database, as SQLite into PostgreSQL, and compare the two.

    One that was broken off goes on where it ended.
    """
    from service.copying import copy as copy_all

    with _progress() as shown:
        done = copy_all(_database_at(source), _database_at(target), shown)
    console.print(f"{done.rows} rows, alike, at revision {done.revision} (digest {done.digest}).")


@app.command()
def doctor(database_url: DatabaseUrl = None) -> None:
    """Check settings, database, data and pages, and say what to do."""
    from service.doctor import examine

    settings = read_settings(database_url=database_url)
    findings = list(examine(settings))
    for finding in findings:
        mark = ("good", "green") if finding.is_good else ("bad ", "red")
        told = Text.assemble(mark, f"  {finding.what}: {finding.says}")
        (console if finding.is_good else errors).print(told)
    raise typer.Exit(0 if all(finding.is_good for finding in findings) else 1)


@tokens.command("create")
def token_create(
    name: Annotated[str, typer.Option(help="Who or what will use it: the author of its writes.")],
    role: Annotated[Role, typer.Option(help="What it may do; each may what those before it may.")],
    expires: Annotated[
        str | None, typer.Option(help="When it ends, as 12h, 90d, 4w or 2027-12-31. Else never.")
    ] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a token and print it, this once: it is kept nowhere."""
    new = read_new_token({"name": name, "role": role, "expires": expires})
    with _token_table(database_url) as table:
        kept, secret = create_token(table, new)
    sys.stdout.write(f"{secret}\n")
    until = f"until {kept.expires_at}" if kept.expires_at else "until it is revoked"
    errors.print(f"Token {kept.id} ({kept.name}) is good for the role {kept.role} {until}.")
    errors.print("It is shown this once and kept nowhere: put it where only its user reads it.")


@tokens.command("list")
def token_list(database_url: DatabaseUrl = None) -> None:
    """List every token there ever was, without its secret."""
    with _token_table(database_url) as table:
        kept = list_tokens(table)
    head_line = ("ID", "NAME", "ROLE", "CREATED", "EXPIRES", "STATE")
    rows = [
        (str(each.id), each.name, each.role, each.created_at, each.expires_at or "-", each.state)
        for each in kept
    ]
    for line in _in_columns([head_line, *rows]):
        console.print(line)


@tokens.command("revoke")
def token_revoke(
    id: Annotated[int, typer.Argument(help="Its number in the list.", min=1, max=10**18)],
    database_url: DatabaseUrl = None,
) -> None:
    """Revoke a token, from now on and for good."""
    with _token_table(database_url) as table:
        kept = revoke_token(table, id)
    console.print(f"Token {kept.id} ({kept.name}) is revoked since {kept.revoked_at}.")


@contextmanager
def _token_table(database_url: str | None) -> Iterator[Connection]:
    database = database_at(read_settings(database_url=database_url).database_url)
    database.check()
    with token_transaction(database) as connection:
        yield connection


def _in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def _migrate(settings: Settings) -> None:
    """Alembic is asked only where there is something to do: it is slow to import."""
    database = database_at(settings.database_url)
    database.make_place()
    with _engine_of(database) as engine:
        with engine.connect() as connection:
            found = current(connection)
        if found != head():
            label = database.label
            console.print(f"Bringing {label} from migration {found or 'none'} to {head()}.")
            _upgrade(engine, label, found)


@contextmanager
def _engine_of(database: Database, wait_seconds: float = 20.0) -> Iterator[Engine]:
    """An engine for one command; what goes wrong is told in the operator's words."""
    engine = database.engine(wait_seconds)
    try:
        yield engine
    except DBAPIError as error:
        raise StartError(database.explain(error)) from None
    finally:
        engine.dispose()


def _check_migrations(settings: Settings) -> None:
    database = database_at(settings.database_url)
    database.check()
    console.print(f"{database.label} is at migration {head()}, the newest.")


def _upgrade(engine: Engine, label: str, found: str | None) -> None:
    from alembic.util import CommandError

    try:
        upgrade(engine)
    except CommandError:
        raise StartError(
            f"The database {label} is at migration {found}, which is not known here: use the "
            "AllyGraph that made it, or a newer one."
        ) from None


def _seed(settings: Settings, names: tuple[str, ...] | list[str]) -> None:
    known = {folder.name: folder for folder in bundled()}
    for name in names:
        if name not in known:
            raise StartError(f"There is no data set {name!r}; there is: {', '.join(known)}.")
    database = database_at(settings.database_url)
    database.check()
    with _engine_of(database) as engine:
        for name in names or known:
            with _progress() as shown:
                loaded = load(engine, known[name], progress=shown)
            console.print(f"{name}: {_told(loaded)}")


def _database_at(url: str) -> Database:
    """With its password, if that is in a file."""
    return database_at(read_settings(database_url=url).database_url)


@contextmanager
def _progress() -> Iterator["_Shown"]:
    # Where nobody watches, bars would leave an empty line each.
    hidden = not console.is_terminal
    with Progress(console=console, transient=True, disable=hidden) as progress:
        yield _Shown(progress)


class _Shown:
    """The loader's progress as bars, one for each thing it works on."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=total)
        self._progress.update(self._tasks[what], completed=done, total=total)


def _told(loaded: Loaded) -> str:
    return loaded.message or "nothing has changed since it was loaded."


def main() -> None:
    """Runs the command; what can't be done is one line and an exit status."""
    try:
        app()
    except (AllyGraphError, SeedError) as error:
        errors.print(f"allygraph: {error}")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
