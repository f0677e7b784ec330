"""The workloads: documents, and the sets of variables that they are sent with in rotation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import orjson

from bench.databases import Database
from bench.generated import changes
from schema.vocabulary import STANCES, SUPPORT_PHASES

SUPPORTS = """
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
"""

PAGE = f"""
query Page($kind: SupportKind!) {{
  supports(where: {{kind: {{eq: $kind}}}}, first: 50) {{{SUPPORTS}}}
}}
"""

PAGE_AS_OF = f"""
query PageAsOf($kind: SupportKind!) @asOf(revision: {changes.MIDDLE}) {{
  supports(where: {{kind: {{eq: $kind}}}}, first: 50) {{{SUPPORTS}}}
}}
"""

PAGE_OF_ANY_SIZE = f"""
query PageOfAnySize($kind: SupportKind!, $first: Int!) {{
  supports(where: {{kind: {{eq: $kind}}}}, first: $first) {{{SUPPORTS}}}
}}
"""

LOOKUP = """
query Lookup($slug: String!) {
  actor(by: {slug: $slug}) { id slug name kind description }
}
"""

WRITE = """
mutation Write($input: CreateSupportInput!) {
  createSupport(input: $input) {
    support {
      id kind phase summary startedOn
      quantity { value unit }
      supporter { id slug name }
      recipient { id slug name }
      evidence { nodes { id stance statement { id } } }
    }
    revision { number author message }
    errors { path code message }
  }
}
"""

# More than any service has written in a round so far.
_WRITES = 50_000
_SEED = 2024


@dataclass(frozen=True)
class Workload:
    """One document with many sets of variables, so that no service can reuse its last result."""

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


def page(database: Database) -> Workload:
    """Returns a workload of pages of 50 supports, one for each kind."""
    return Workload("page", PAGE, [{"kind": kind} for kind in kinds_of(database)])


def page_as_of(database: Database) -> Workload:
    """Returns the same workload as of the middle of the history."""
    return Workload("page as of then", PAGE_AS_OF, [{"kind": kind} for kind in kinds_of(database)])


def pages_of_every_size(database: Database) -> Workload:
    """Enough different results to fill a cache."""
    sizes = range(1, 51)
    variables = [{"kind": kind, "first": first} for first in sizes for kind in kinds_of(database)]
    return Workload("pages of every size", PAGE_OF_ANY_SIZE, variables)


def lookup(database: Database) -> Workload:
    """Every actor by its slug."""
    return Workload("lookup", LOOKUP, [{"slug": slug} for slug in slugs_of(database)])


def repeated(database: Database) -> Workload:
    """One actor by its slug, repeatedly: the workload for a cache."""
    return Workload("cached", LOOKUP, [{"slug": slugs_of(database)[0]}])


def writes(database: Database) -> Workload:
    """Supports to create, all different, with one piece of evidence each."""
    inputs = _supports(database, _WRITES)
    return Workload("write", WRITE, [{"input": value} for value in inputs])


def bulk(database: Database, lines: int) -> bytes:
    """Returns the same supports as lines of one bulk request."""
    supports = ({"create": "support", **each} for each in _supports(database, lines))
    return b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in supports)


def _supports(database: Database, count: int) -> list[dict[str, Any]]:
    random = Random(_SEED)
    slugs, kinds = slugs_of(database), kinds_of(database)
    (statements,) = database.column("SELECT count(*) FROM statement")
    return [_support(random, number, slugs, kinds, statements) for number in range(count)]


def _support(
    random: Random, number: int, slugs: Sequence[str], kinds: Sequence[str], statements: int
) -> dict[str, Any]:
    supporter, recipient = random.sample(slugs, 2)
    statement = f"statement_{random.randint(1, statements)}"
    return {
        "supporter": {"slug": supporter},
        "recipient": {"slug": recipient},
        "kind": random.choice(kinds),
        "phase": random.choice(SUPPORT_PHASES.codes),
        "summary": f"Written as number {number}, with what was said of it.",
        "startedOn": f"{random.randint(2000, 2024)}-{random.randint(1, 12):02}",
        "quantity": {"value": f"{random.randint(1, 9_999)}", "unit": "PIECES"},
        "evidence": [
            {"statement": {"id": statement}, "stance": random.choice(STANCES.codes)},
        ],
    }


def kinds_of(database: Database) -> list[str]:
    """The kinds of support that occur."""
    return database.column("SELECT DISTINCT kind FROM support ORDER BY kind")


def slugs_of(database: Database) -> list[str]:
    """The slugs of all actors."""
    return database.column("SELECT slug FROM actor ORDER BY id")
