"""What can be cited: collections, totals, panels, networks and paths, as a page or as a file.

Derives for each the condition that finds the data sets of its records.
"""

from collections.abc import Mapping
from typing import Any

from schema.concepts import COLLECTIONS, CONCEPTS, Concept
from service.engine.exporting.formats import FORMATS
from service.engine.exporting.networks import NETWORK_FORMATS
from service.engine.exporting.tables import PANEL, TABLES
from service.engine.rest_reads import QUESTIONS
from service.errors import BadInput
from service.planning.paging import order_of
from service.planning.query_string.parameters import Pairs, read_collection
from service.planning.resource import members_of

Where = dict[str, Any]
# The arguments of a query that select records and a revision.
Matched = Mapping[str, Any]

NETWORK, PATHS = "network", "paths"
_SUPPORT = CONCEPTS["Support"]

# For each type, the path from a data set to its records; records of other types name no data set.
_PATHS: Mapping[str, tuple[str, ...]] = {
    "Dataset": (),
    "Coverage": ("coverage",),
    "Support": ("supports",),
    "Conflict": ("supports", "conflict"),
    "Evidence": ("supports", "evidence"),
    "Statement": ("supports", "evidence", "statement"),
    "Source": ("supports", "evidence", "statement", "source"),
}
_LISTS = {"supports", "evidence", "coverage"}


def citable() -> tuple[str, ...]:
    """The names of everything that can be cited, as an address has them."""
    files = [f"{name}.{extension}" for name in TABLES for extension in FORMATS]
    networks = [f"{NETWORK}.{extension}" for extension in NETWORK_FORMATS]
    return (*TABLES, NETWORK, PATHS, *files, *networks)


def datasets_of(name: str, pairs: Pairs) -> tuple[Where | None, Any]:
    """Returns a filter for the data sets of the records at an address, and the address's `asOf`.

    The filter is None for records that name no data set. Checks all parameters of the address.
    Raises BadInput.
    """
    if name not in citable():
        listed = ", ".join((*TABLES, NETWORK, PATHS))
        raise BadInput(f"`of`: unknown {name[:100]!r}; one of {listed}, or a file of one.")
    table = name.partition(".")[0]
    read = _collection if table in COLLECTIONS else _question
    concept, arguments = read(table, pairs)
    path = _PATHS.get(concept.name)
    if path is None:
        return None, arguments.get("asOf")
    where = arguments.get("where", {})
    for step in reversed(path):
        where = {step: {"some": where} if step in _LISTS else where}
    return where, arguments.get("asOf")


def _collection(name: str, pairs: Pairs) -> tuple[Concept, Matched]:
    concept = COLLECTIONS[name]
    given = read_collection(concept, pairs)
    order_of(concept, given.arguments.get("orderBy"))
    members_of(concept, given.fields)
    return concept, given.arguments


def _question(name: str, pairs: Pairs) -> tuple[Concept, Matched]:
    """Returns the concept that `_PATHS` starts from: Support, or Dataset for a panel."""
    arguments = QUESTIONS[name].read(pairs)
    # Making the plan checks the arguments.
    QUESTIONS[name].plan_of(arguments)
    if name != PANEL:
        return _SUPPORT, arguments
    as_of = {name: arguments[name] for name in ("asOf",) if name in arguments}
    return CONCEPTS["Dataset"], {"where": {"slug": {"in": arguments["datasets"]}}, **as_of}
