"""What is asked: the documents, and the variables they are asked with in rotation."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

PAGE = """
query Page($kind: SupportKind!) {
  supports(where: {kind: {eq: $kind}}, first: 50) {
    edges {
      cursor
      node {
        id kind phase summary place startedOn endedOn
        supporter { id slug name }
        recipient { id slug name }
        evidence(first: 3) {
          nodes { stance statement { text saidOn speaker { slug name } } }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

LOOKUP = """
query Lookup($slug: String!) {
  actor(by: {slug: $slug}) { id slug name kind description }
}
"""


@dataclass(frozen=True)
class Work:
    """One document, asked with one set of variables after the other.

    Many sets are asked in rotation, so that nobody answers out of a memory of the last answer.
    """

    name: str
    document: str
    variables: Sequence[dict[str, Any]]

    @cached_property
    def bodies(self) -> tuple[bytes, ...]:
        """The bodies of the requests."""
        return tuple(body(self.document, variables) for variables in self.variables)


def body(document: str, variables: dict[str, Any]) -> bytes:
    """The body of one request."""
    return orjson.dumps({"query": document, "variables": variables})


def page(database: Path) -> Work:
    """A page of 50 supports of each kind there is."""
    kinds = _column(database, "SELECT DISTINCT kind FROM support ORDER BY kind")
    return Work("page", PAGE, [{"kind": kind} for kind in kinds])


def lookup(database: Path) -> Work:
    """Every actor by its slug."""
    slugs = _column(database, "SELECT slug FROM actor ORDER BY id")
    return Work("lookup", LOOKUP, [{"slug": slug} for slug in slugs])


def _column(database: Path, statement: str) -> list[str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return [value for (value,) in connection.execute(statement)]
