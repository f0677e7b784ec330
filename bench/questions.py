"""The questions of the field beside hand-written SQL for each of them."""

from collections.abc import Callable, Sequence
from typing import Any

from bench.databases import Database, Kind
from bench.figures import Target
from bench.reads import PeerComparison
from bench.servers import QUESTIONS, QUESTIONS_POSTGRESQL, UNCACHED
from bench.workloads import Workload, kinds_of

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
