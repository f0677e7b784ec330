"""The questions of the field beside hand-written SQL for each of them."""

from collections.abc import Callable, Sequence
from typing import Any

from bench.databases import Database, Kind
from bench.figures import Target
from bench.reads import PeerComparison
from bench.servers import QUESTIONS, QUESTIONS_POSTGRESQL, UNCACHED
from bench.workloads import Workload, kinds_of, slugs_of

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


def _comparison(
    name: str,
    document: str,
    variables: Callable[[Database], Sequence[dict[str, Any]]],
) -> PeerComparison:
    return PeerComparison(
        lambda database: Workload(name, document, variables(database)), UNCACHED, _TARGETS
    )


TOTALS = _comparison(
    "totals", _TOTALS, lambda database: [{"totalled": kind} for kind in kinds_of(database)]
)
NETWORK = _comparison(
    "network", _NETWORK, lambda database: [{"around": slug} for slug in slugs_of(database)]
)
