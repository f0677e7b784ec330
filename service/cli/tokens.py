"""Commands on tokens: create, list, revoke."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Connection

from service.auth.callers import Role
from service.auth.new_token import read_new_token
from service.auth.tokens import create_token, list_tokens, revoke_token, token_transaction
from service.cli.terminal import DatabaseUrl, console, errors
from service.database import database_at
from service.settings import read_settings

commands = typer.Typer(
    name="token",
    help="Make, list and revoke tokens: who may write, and where ALLYGRAPH_READ=token, who may "
    "read.",
    no_args_is_help=True,
)


@commands.command("create")
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


@commands.command("list")
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


@commands.command("revoke")
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
