"""Errors of the database tell a client whether to retry, or to ask the operator."""

import apsw
import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from service.database import Database, database_at
from service.database.postgresql.database import PostgreSQLDatabase
from service.errors import DatabaseUnavailable, LostCommit

POSTGRESQL = PostgreSQLDatabase("postgresql://ada:secret@db.example.org/allygraph")
SQLITE = database_at("sqlite:////nowhere/allygraph.db")

# Errors by SQLSTATE, as psycopg raises them.
PASSING = ["53300", "57P01", "57P03", "57014", "55P03"]
OPERATORS = ["28P01", "3D000", "53100", "25006", "42501", "42P01"]


def error_of(state: str) -> Exception:
    return OperationalError("SELECT", {}, psycopg.errors.lookup(state)("of the server"))


def helped(database: Database, error: Exception) -> DatabaseUnavailable:
    return database.unavailable(error)


@pytest.mark.parametrize("state", PASSING)
def test_what_passes_is_sent_again(state: str) -> None:
    told = helped(POSTGRESQL, error_of(state))
    assert told.retry_after > 0
    assert "Send the request again" in told.message


@pytest.mark.parametrize("state", OPERATORS)
def test_what_does_not_pass_is_for_the_operator(state: str) -> None:
    told = helped(POSTGRESQL, error_of(state))
    assert told.retry_after == 0
    assert "operator" in told.message
    assert "does not help" in told.message


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ('connection to server at "db" failed: Connection refused', True),
        ("server closed the connection unexpectedly", True),
        ('root certificate file "/no/ca.pem" does not exist', False),
        ("SSL error: certificate verify failed", False),
        ('password authentication failed for user "ada"', False),
    ],
)
def test_errors_without_a_state_are_distinguished(text: str, passes: bool) -> None:
    told = helped(POSTGRESQL, OperationalError("", {}, psycopg.OperationalError(text)))
    assert bool(told.retry_after) == passes


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (apsw.BusyError("BusyError: database is locked"), True),
        (apsw.FullError("FullError: database or disk is full"), False),
        (apsw.ReadOnlyError("ReadOnlyError: attempt to write a readonly database"), False),
        (apsw.CorruptError("CorruptError: database disk image is malformed"), False),
        (apsw.IOError("IOError: disk I/O error"), False),
        (apsw.CantOpenError("CantOpenError: unable to open database file"), False),
    ],
)
def test_of_sqlite_only_a_lock_passes(error: apsw.Error, passes: bool) -> None:
    assert bool(helped(SQLITE, error).retry_after) == passes


@pytest.mark.parametrize("state", [*PASSING, *OPERATORS])
def test_clients_see_neither_the_address_nor_the_error(state: str) -> None:
    told = helped(POSTGRESQL, error_of(state))
    for part in ("example", "ada", "secret", "of the server"):
        assert part not in told.message
    assert "db.example.org" in told.reason


def test_a_write_whose_connection_broke_during_its_commit_may_have_been_kept() -> None:
    told = LostCommit("reason")
    assert (told.status, told.code, told.retry_after) == (503, "DATABASE_UNAVAILABLE", 5)
    assert "may have been kept" in told.message
    assert "same Idempotency-Key" in told.message
