"""The questions: documents, and the variables that they are sent with in rotation."""

from dataclasses import dataclass
from typing import Any

from bench.databases import Database
from bench.generated.sample_text import KIND_WEIGHTS, actor_name
from bench.workloads import SUPPORTS, Workload
from schema.vocabulary import SUPPORT_PHASES

_PAGE = f"""
query Page($kind: SupportKind!) {{
  supports(where: {{kind: {{eq: $kind}}}}, first: 50) {{{SUPPORTS}}}
}}
"""
_ORDERED = """
query Ordered($kind: SupportKind!) {
  supports(where: {kind: {eq: $kind}}, orderBy: {startedOn: DESC}, first: 50) {
    nodes { id startedOn supporter { slug } recipient { slug } }
  }
}
"""
_VALID_AT = """
query ValidAt($at: EDTFDate!) {
  supports(where: {validAt: $at}, first: 50) {
    nodes { id startedOn endedOn supporter { slug } recipient { slug } }
  }
}
"""
_COUNT = """
query Count($kind: SupportKind!) { supports(where: {kind: {eq: $kind}}, first: 1) { totalCount } }
"""
_TOTALS = """
query Totals($phase: SupportPhase!) {
  supportTotals(groupBy: [SUPPORTER, KIND], where: {phase: {eq: $phase}}, first: 50) {
    nodes { supporter { slug } kind phase dataset { slug } certain { supports } }
  }
}
"""
_NETWORK = """
query Network($around: String!, $first: Int!) {
  network(around: [{slug: $around}], hops: 1, first: $first) {
    edgeCount
    edges { supporter { slug } recipient { slug } certain kinds }
  }
}
"""
_SUGGESTIONS = """
query Suggestions($text: String!) {
  search(text: $text, types: [ACTOR], first: 10) { nodes { record { ... on Actor { slug name } } } }
}
"""
_SEARCH = """
query Search($text: String!) {
  search(text: $text, first: 20) { nodes { type } }
}
"""


_BUSIEST = """
SELECT slug FROM actor JOIN (
  SELECT supporter_id AS id FROM support UNION ALL SELECT recipient_id FROM support
) AS ends ON ends.id = actor.id
GROUP BY actor.id, slug ORDER BY count(*) DESC LIMIT 1
"""


@dataclass(frozen=True)
class Question:
    """A workload, and the maximum ratio of its costs in the large and the small world."""

    workload: Workload
    most: float = 2.0


def questions(database: Database) -> list[Question]:
    """Every question, with values that occur in this world."""
    kinds = [{"kind": kind} for kind in KIND_WEIGHTS]
    days = [{"at": f"{year}-{month:02}"} for year in range(2002, 2022, 2) for month in (3, 9)]
    (busiest,) = database.column(_BUSIEST)
    names = [{"text": actor_name(number)[:3]} for number in range(1, 30)]
    rare = [{"text": f"{number}"} for number in range(100, 130)]
    common = [{"text": f"reported case {number}"} for number in range(100, 130)]
    return [
        Question(Workload("filtered page", _PAGE, kinds)),
        Question(Workload("page by an indexed column", _ORDERED, kinds)),
        Question(Workload("valid at", _VALID_AT, days)),
        Question(Workload("total count", _COUNT, kinds)),
        Question(Workload("totals by supporter and kind", _TOTALS, _phases()), most=3.0),
        Question(Workload("network around the busiest", _NETWORK, _around(busiest))),
        Question(Workload("suggestions", _SUGGESTIONS, names)),
        Question(Workload("search for a rare word", _SEARCH, rare)),
        Question(Workload("search for common words", _SEARCH, common)),
    ]


def _phases() -> list[dict[str, Any]]:
    return [{"phase": phase} for phase in SUPPORT_PHASES.codes]


def _around(busiest: str) -> list[dict[str, Any]]:
    return [{"around": busiest, "first": first} for first in range(80, 101)]
