"""Commands for tokens: `token create`, `token list`, `token revoke`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Connection

from service.auth.callers import Role
from service.auth.new_token import read_new_token
from service.cli.terminal import DatabaseUrl, console, errors
from service.database import database_at
from service.settings import read_settings

commands = typer.Typer(
    name="token",
    help="Create, list and revoke API tokens. Writes require a token; reads too if "
    "ALLYGRAPH_READ=token.",
    no_args_is_help=True,
)


@commands.command("create")
def token_create(
    name: Annotated[
        str, typer.Option(help="Name of the client; recorded as the author of its writes.")
    ],
    role: Annotated[
        Role, typer.Option(help="Role; each includes the permissions of those before it.")
    ],
    expires: Annotated[
        str | None, typer.Option(help="Expiry, such as 12h, 90d, 4w or 2027-12-31; default: none.")
    ] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Create a token and print it. It is shown only once."""
    # Imported here as below, so that other commands start faster.
    from service.auth.tokens import create_token

    new = read_new_token({"name": name, "role": role, "expires": expires})
    with _token_table(database_url) as table:
        kept, secret = create_token(table, new)
    sys.stdout.write(f"{secret}\n")
    expiry = kept.expires_at or "never"
    errors.print(f"Token {kept.id} ({kept.name}) created. Role: {kept.role}. Expires: {expiry}.")
    errors.print("It is not shown again: store it where only its client can read it.")


@commands.command("list")
def token_list(database_url: DatabaseUrl = None) -> None:
    """List all tokens, including expired and revoked ones, without their secrets."""
    from service.auth.tokens import list_tokens

    with _token_table(database_url) as table:
        kept = list_tokens(table)
    header = ("ID", "NAME", "ROLE", "CREATED", "EXPIRES", "STATE")
    rows = [
        (str(each.id), each.name, each.role, each.created_at, each.expires_at or "-", each.state)
        for each in kept
    ]
    for line in _aligned([header, *rows]):
        console.print(line)


@commands.command("revoke")
def token_revoke(
    id: Annotated[int, typer.Argument(help="Number of the token in the list.", min=1, max=10**18)],
    database_url: DatabaseUrl = None,
) -> None:
    """Revoke a token immediately and permanently."""
    from service.auth.tokens import revoke_token

    with _token_table(database_url) as table:
        kept = revoke_token(table, id)
    console.print(f"Token {kept.id} ({kept.name}) revoked at {kept.revoked_at}.")


@contextmanager
def _token_table(database_url: str | None) -> Iterator[Connection]:
    from service.auth.tokens import token_transaction

    database = database_at(read_settings(database_url=database_url).database_url)
    database.check()
    with token_transaction(database) as connection:
        yield connection


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()
