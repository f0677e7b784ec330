"""Detects a connection pooler between the service and PostgreSQL, such as PgBouncer.

In session mode a client keeps its server connection, but the pooler refuses or drops settings in
the start-up packet. In transaction mode each transaction may run on another server connection: no
setting, prepared statement or LISTEN outlasts the transaction.
"""

import secrets
from collections.abc import Callable
from typing import Any

import psycopg

from service.errors import StartError

Mode = str
NONE, SESSION, TRANSACTION = "", "session", "transaction"
# The name of the parameter of a URL.
PARAMETER = "pooler"

_SET = "SELECT set_config('allygraph.session', %s, false)"
_GET = "SELECT current_setting('allygraph.session', true)"
_LOCK_TIMEOUT = "SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout'"

Connect = Callable[[], psycopg.Connection[Any]]


def read_mode(parameters: dict[str, str]) -> Mode:
    """Removes the mode from a URL's parameters and returns it. Raises StartError."""
    mode = parameters.pop(PARAMETER, NONE)
    if mode not in (NONE, SESSION, TRANSACTION):
        raise StartError(
            f"The URL of the database has pooler={mode}: write pooler=session or "
            "pooler=transaction, as your pooler is configured."
        )
    return mode


def refuse_undeclared_pooler(connect: Connect, mode: Mode, label: str, lock_timeout: int) -> None:
    """Raises StartError if a pooler behaves differently from what the URL declares.

    `connect` opens a connection as the service does, with this `lock_timeout` in milliseconds.
    """
    if mode == TRANSACTION:
        return
    with connect() as connection:
        ((found,),) = connection.execute(_LOCK_TIMEOUT).fetchall()
    if found != lock_timeout:
        raise StartError(
            f"A connection pooler at {label} drops the settings of a session, so no time limit "
            "would hold: add pooler=session or pooler=transaction to the parameters of the URL."
        )
    if mode == SESSION and pools_transactions(connect):
        raise StartError(
            f"A connection pooler at {label} pools transactions, and not sessions: add "
            "pooler=transaction to the parameters of the URL, and set ALLYGRAPH_LISTEN_URL."
        )


def pools_transactions(connect: Connect) -> bool:
    """Whether a setting of one session is lost, or visible in another session.

    While the second session is in a transaction, the pooler reserves a server connection for it.
    Either that is the one used last, which has the setting of the first session, and the first
    session gets another one; or the first session gets the one used last back.
    """
    token = secrets.token_hex(8)
    with connect() as first, connect() as other:
        first.execute(_SET, [token])
        first.commit()
        ((seen,),) = other.execute(_GET).fetchall()
        ((kept,),) = first.execute(_GET).fetchall()
    return bool(seen == token or kept != token)
