"""The questions of the field, compared with hand-written SQL for each."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from bench.comparisons.reads import PeerComparison
from bench.databases import Database, Kind
from bench.figures import Target
from bench.servers import DUCKDB, QUESTIONS, QUESTIONS_POSTGRESQL, UNCACHED
from bench.workloads import Workload, kinds_of, slugs_of
from schema.vocabulary import SUPPORT_KINDS

_TARGETS = {
    Kind.SQLITE: {QUESTIONS: Target(0.8)},
    Kind.POSTGRESQL: {QUESTIONS_POSTGRESQL: Target(0.8)},
}

_TOTALS = """
query Totals($totalled: SupportKind!) {
  supportTotals(groupBy: [SUPPORTER], where: {kind: {eq: $totalled}}, first: 50) {
    nodes {
      supporter { id slug name } phase dataset { slug }
      certain { supports recipients }
    }
  }
}
"""

_NETWORK = """
query Network($around: String!) {
  network(around: [{slug: $around}], hops: 2, first: 100) {
    edgeCount
    edges { supporter { slug } recipient { slug } certain kinds }
  }
}
"""


# A hundred actors in 25 years: the first page has the first five.
_PANEL = """
query Panel($counted: SupportKind!) {
  panel(
    unit: ACTOR_YEAR, datasets: ["generated"], kinds: [$counted], phases: [DELIVERED],
    from: 2000, to: 2024, first: 500, actors: ACTORS
  ) {
    nodes { year actor { slug } cells { side certain uncertain } }
  }
}
"""
_UNITS = 100

_PATHS = """
query Paths($from: String!, $to: String!) {
  paths(from: {slug: $from}, to: {slug: $to}, maxHops: 3, first: 10) {
    hops
    steps { supporter { slug } recipient { slug } }
  }
}
"""

# Suggestions while a name is typed.
_SEARCH = """
query Search($text: String!) {
  search(text: $text, types: [ACTOR], first: 10) {
    nodes { text record { ... on Actor { id slug name } } }
  }
}
"""
_TYPED = 4


def _comparison(
    name: str,
    document: str,
    variables: Callable[[Database], Sequence[dict[str, Any]]],
) -> PeerComparison:
    return PeerComparison(
        lambda database: Workload(name, document, variables(database)), UNCACHED, _TARGETS
    )


def _totals(database: Database) -> Workload:
    return Workload("totals", _TOTALS, [{"totalled": kind} for kind in kinds_of(database)])


TOTALS = PeerComparison(_totals, UNCACHED, _TARGETS)
# Without a target: for readers who have the rows as files.
DUCKDB_TOTALS = PeerComparison(
    _totals, UNCACHED, {kind: {} for kind in Kind}, without_target=(DUCKDB,)
)
NETWORK = _comparison(
    "network", _NETWORK, lambda database: [{"around": slug} for slug in slugs_of(database)]
)


def _panel(database: Database) -> Workload:
    """Returns the workload of kinds without narrower kinds, which a panel would count too."""
    actors = json.dumps(slugs_of(database)[:_UNITS])
    kinds = (kind for kind in kinds_of(database) if not SUPPORT_KINDS.children(kind))
    variables = [{"counted": kind} for kind in kinds]
    return Workload("panel", _PANEL.replace("ACTORS", actors), variables)


def _pairs(database: Database) -> Sequence[dict[str, Any]]:
    """Pairs each actor with the one half a list further on, so that pairs are arbitrary."""
    slugs = slugs_of(database)
    others = slugs[len(slugs) // 2 :] + slugs
    return [{"from": one, "to": other} for one, other in zip(slugs, others, strict=False)]


def _beginnings(database: Database) -> Sequence[dict[str, Any]]:
    """Returns the first letters of the names."""
    typed = dict.fromkeys(slug[:_TYPED] for slug in slugs_of(database))
    return [{"text": text} for text in typed if "-" not in text]


PANEL = PeerComparison(_panel, UNCACHED, _TARGETS)
PATHS = _comparison("paths", _PATHS, _pairs)
SEARCH = _comparison("search", _SEARCH, _beginnings)
