"""The network of supports: the fields of its actors and edges.

GraphQL types, REST and OpenAPI are derived from this; `service/sql/network/` writes it in SQL. An
edge folds all supports from one actor to another. A support from some of several candidates is a
possible support on an edge from each candidate.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.records.columns import Scalar
from schema.vocabulary import SUPPORT_KINDS, SUPPORT_PHASES, Vocabulary

HOPS_DEFAULT, HOPS_MOST = 1, 4
EDGES_DEFAULT, EDGES_MOST = 500, 5_000
AROUND_MOST = 50

COUNT, WORTH = "COUNT", "WORTH"
MEASURES: Mapping[str, str] = {
    COUNT: "Number of certain supports; of edges with equally many, the number of possible ones.",
    WORTH: "Largest sum of the worths of certain supports of one data set and one phase, in"
    " `currency`. What is of two data sets or phases is never added together. An edge without such"
    " a worth is weaker than all others; of equal edges, as by COUNT.",
}


@dataclass(frozen=True)
class Fact:
    """A field of a network, of an actor or an edge in it, or of a part of an edge."""

    scalar: Scalar
    description: str
    nullable: bool = False
    vocabulary: Vocabulary | None = None


def _count(description: str) -> Fact:
    return Fact(Scalar.INTEGER, description)


def _flag(description: str) -> Fact:
    return Fact(Scalar.BOOLEAN, description)


NETWORK: Mapping[str, Fact] = {
    "nodeCount": _count("Number of actors of all edges that match, and of `around`."),
    "edgeCount": _count("Number of edges that match, before `first`."),
    "supportCount": _count("Number of supports on these edges."),
    "unknownCount": _count(
        "Number of supports of all actors that `where` leaves out because it is not known whether"
        " their dates match."
    ),
    "complete": _flag("Whether `edges` has all edges that match: none are left out by `first`."),
}

NODE: Mapping[str, Fact] = {
    "hop": Fact(
        Scalar.INTEGER,
        "Number of edges from the nearest actor of `around`; null for the whole network.",
        nullable=True,
    ),
    "given": _count("Number of supports that the actor gives, or may give, on edges that match."),
    "received": _count("Number of supports that the actor receives on edges that match."),
}

_SHARED: Mapping[str, Fact] = {
    "certain": _count("Number of supports whose supporter is certain."),
    "possible": _count("Number of supports that some of several candidates give."),
    "mutual": _flag("Whether one of the supports is mutual."),
    "contested": _flag("Whether one of the supports is contested, as its assessment says."),
    "firstOn": Fact(
        Scalar.DATE,
        "Earliest day that the start of one of the supports can mean; where a support has none,"
        " that of its end, or else of its agreement.",
        nullable=True,
    ),
    "lastOn": Fact(
        Scalar.DATE,
        "Latest day that the end of one of the supports can mean; where a support has none, that"
        " of its start, or else of its agreement.",
        nullable=True,
    ),
}
EDGE: Mapping[str, Fact] = {
    **_SHARED,
    "strength": Fact(
        Scalar.DECIMAL,
        "What the edge is ranked by: the number of certain supports, or the largest sum of worths;"
        " null without a worth in the currency.",
        nullable=True,
    ),
}
EDGE_LISTS: Mapping[str, Fact] = {
    "kinds": Fact(Scalar.TERM, "Kinds of the supports.", vocabulary=SUPPORT_KINDS),
    "phases": Fact(Scalar.TERM, "Phases of the supports.", vocabulary=SUPPORT_PHASES),
}
PART: Mapping[str, Fact] = {
    "kind": Fact(Scalar.TERM, "Kind of the supports.", vocabulary=SUPPORT_KINDS),
    "phase": Fact(Scalar.TERM, "Phase of the supports.", vocabulary=SUPPORT_PHASES),
    **_SHARED,
    "startCensored": _flag("Whether one of the supports may have begun before its `startedOn`."),
    "endCensored": _flag("Whether one of the supports may have gone on after its `endedOn`."),
    "candidatesAtLeast": Fact(
        Scalar.INTEGER,
        "Least number of the candidates that give a possible support: the `candidatesAtLeast` of"
        " all of these; null where one has none, or another.",
        nullable=True,
    ),
    "candidates": Fact(
        Scalar.INTEGER,
        "Number of candidates of a possible support: of all of these; null where there is none, or"
        " where the numbers differ.",
        nullable=True,
    ),
}

# Descriptions of members that are records or lists of records.
SUPPORTER = "Actor that gives the supports, or may give them."
RECIPIENT = "Actor that receives the supports."
DATASETS = "Data sets that the supports were imported from."
PARTS = "The supports of the edge by kind and phase, for drawing."
ACTOR = "The actor."
NODES = (
    "Actors of `edges`, and those of `around`; the nearest first, then by id. A record that is not"
    " found adds no actor."
)
EDGES = "The strongest edges that match, the strongest first, then by the ids of their actors."

DESCRIPTION = (
    "Actors and the supports between them, for drawing: within `hops` of some actors, or the whole"
    " network. Hops follow edges in both directions, and only supports that match the filter. An"
    " edge folds all supports from one actor to another; a support without a known supporter or"
    " recipient is on none. Where more than `first` edges match, the strongest are kept."
)
