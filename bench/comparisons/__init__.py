"""The comparisons, in the order in which they run."""

from collections.abc import Callable
from enum import StrEnum

from bench.comparisons import (
    bulk,
    footprint,
    new_documents,
    optimisations,
    questions,
    reads,
    subscriptions,
    writes,
)
from bench.figures import Outcome
from bench.session import Session


class Comparison(StrEnum):
    """The values of `--only`."""

    PAGE = "page"
    LOOKUP = "lookup"
    DEPTH = "depth"
    AS_OF = "asOf"
    CACHED = "cached"
    TOTALS = "totals"
    DUCKDB = "duckdb"
    NETWORK = "network"
    PANEL = "panel"
    PATHS = "paths"
    SEARCH = "search"
    NEW = "new"
    WRITE = "write"
    BULK = "bulk"
    SUBSCRIBERS = "subscribers"
    OPTIMISATIONS = "optimisations"
    MEMORY = "memory"
    START = "start"


COMPARISONS: dict[Comparison, Callable[[Session], Outcome]] = {
    Comparison.PAGE: reads.PAGE.run,
    Comparison.LOOKUP: reads.LOOKUP.run,
    Comparison.DEPTH: reads.compare_depths,
    Comparison.AS_OF: reads.compare_as_of,
    Comparison.CACHED: reads.CACHED.run,
    Comparison.TOTALS: questions.TOTALS.run,
    Comparison.DUCKDB: questions.DUCKDB_TOTALS.run,
    Comparison.NETWORK: questions.NETWORK.run,
    Comparison.PANEL: questions.PANEL.run,
    Comparison.PATHS: questions.PATHS.run,
    Comparison.SEARCH: questions.SEARCH.run,
    Comparison.NEW: new_documents.compare,
    Comparison.WRITE: writes.compare,
    Comparison.BULK: bulk.compare,
    Comparison.SUBSCRIBERS: subscriptions.compare,
    Comparison.OPTIMISATIONS: optimisations.compare,
    Comparison.MEMORY: footprint.memory,
    Comparison.START: footprint.start,
}
