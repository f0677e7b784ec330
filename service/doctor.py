"""Checks an installation, one finding a check, each with what to do."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service import __version__
from service.database import check_database, database_path, explain, open_reader
from service.errors import AllyGraphError, StartError
from service.http.pages import Pages
from service.persisted import PersistedDocuments
from service.settings import Settings


@dataclass(frozen=True)
class Finding:
    """What a check came to."""

    what: str
    says: str
    is_good: bool = True


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check, in the order in which a start would meet them."""
    yield Finding("version", f"AllyGraph {__version__}, SQLite {sqlite3.sqlite_version}")
    yield _checked("SQLite", _sqlite)
    database = _checked(
        "database", lambda: f"{check_database(settings.database_url)} can be served"
    )
    yield database
    if database.is_good:
        yield _checked("data", lambda: _data(database_path(settings.database_url)))
    yield _checked("documents", lambda: _documents(settings))
    yield _checked("pages", _pages)


def _checked(what: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(what, check())
    except AllyGraphError as error:
        return Finding(what, str(error), is_good=False)


def _sqlite() -> str:
    if sqlite3.sqlite_version_info < (3, 38):
        raise AllyGraphError("too old; use a Python whose SQLite is 3.38 or newer")
    return "new enough"


def _data(path: Path) -> str:
    reader = open_reader(path)
    try:
        (intact,) = reader.execute("PRAGMA quick_check(1)").fetchone()
        (count,) = reader.execute("SELECT count(*) FROM support").fetchone()
    except sqlite3.DatabaseError as error:
        raise StartError(explain(path, error)) from None
    finally:
        reader.close()
    if intact != b"ok":
        raise AllyGraphError(f"damaged ({intact.decode()}); restore a copy")
    if not count:
        raise AllyGraphError("there are no supports; load them with `allygraph seed`")
    return f"{count} supports, and every page of the file is sound"


def _documents(settings: Settings) -> str:
    if settings.documents == "open" and not settings.documents_folder:
        return "any is answered, and none is known by an id"
    # Imported here: only the documents need the GraphQL schema, which takes a while to make.
    from schema.graphql.schema import graphql_schema
    from service.documents import Documents

    known = PersistedDocuments(settings, Documents(graphql_schema(), settings).get)
    others = "any other is answered" if settings.documents == "open" else "no other is answered"
    return f"{known.count} are known by their ids, and {others}"


def _pages() -> str:
    Pages()
    return "built"
