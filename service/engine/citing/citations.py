"""Reads what a citation states: the revision with its date, and the data sets involved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson

from schema.concepts import CONCEPTS
from schema.graphql.types import FIRST_MOST
from schema.values.dates import partial_date
from service import plan
from service.engine.citing.subjects import Where, datasets_of
from service.engine.engine import Engine
from service.engine.rest_reads import as_of_named
from service.planning.arguments import mirror, shape_of
from service.planning.conditions import where_condition
from service.planning.paging import order_of, page_of
from service.planning.resource import members_of
from service.request.context import RequestContext

_DATASET, _REVISION = CONCEPTS["Dataset"], CONCEPTS["Revision"]
_FIELDS = (
    *("slug", "title", "version", "licence", "citation", "url", "doi"),
    *("publishedOn", "publisher.name"),
)
TITLE = "AllyGraph: who supports whom, with what, and who says so"
# What the path of a URL may contain unencoded besides letters and digits (RFC 3986).
_IN_PATH = "/:@!$&'()*+,;=-._~"
# A filter that matches no data set.
_NONE: Where = {"id": {"in": []}}


@dataclass(frozen=True)
class CitedDataset:
    """A data set as a citation names it, in the version that was imported."""

    slug: str
    title: str
    version: str
    licence: str
    citation: str
    url: str | None
    doi: str | None
    publisher: str | None
    published: tuple[str, str] | None
    """The first and the last day on which it may have been published, in ISO 8601."""

    @property
    def address(self) -> str | None:
        """The URL of its DOI, or else its own.

        A DOI may contain any character, and older ones have `<`, `>` or `#`.
        """
        return f"https://doi.org/{quote(self.doi, safe=_IN_PATH)}" if self.doi else self.url


@dataclass(frozen=True)
class Citation:
    """The content of a citation, independent of a format.

    `named`: a description of the query. `address`: repeats the query, as of the revision; empty for
    a folder, which has no address.
    """

    named: str
    address: str
    revision: int
    date: str
    datasets: tuple[CitedDataset, ...]

    @property
    def title(self) -> str:
        """The title of the service, followed by the description of the query."""
        return f"{TITLE}. {self.named}"

    @property
    def key(self) -> str:
        """Returns a key for a bibliography, derived from the address and the revision."""
        digest = blake2b(self.address.encode(), digest_size=4).hexdigest()
        return f"allygraph-r{self.revision}-{digest}"


@dataclass(frozen=True)
class Cited:
    """What the database adds to a citation. `date`: of the revision, in ISO 8601."""

    revision: int
    date: str
    datasets: tuple[CitedDataset, ...]


class _Page(NamedTuple):
    """One page of data sets, with the last cursor, whether a page follows, and the revision."""

    datasets: list[Mapping[str, Any]]
    end: bytes
    has_next: bool
    number: int


class Citations:
    """Reads the revision and the data sets for citations."""

    def __init__(self, engine: Engine) -> None:
        """Works on the database of `engine`."""
        self._engine = engine

    async def find(
        self, of: str, pairs: Sequence[tuple[str, str]], context: RequestContext
    ) -> Cited:
        """Reads what the citation of an address states.

        Raises BadInput, UnknownRevision, OverBudget.
        """
        where, as_of = datasets_of(of, pairs)
        values: dict[str, Any] = {"where": _NONE if where is None else where, "first": FIRST_MOST}
        if as_of is not None:
            values["asOf"] = as_of
        revision, page = await self._read(values, context)
        # An empty database has no revision with a date.
        known = orjson.loads(revision) if revision else None
        date = known["time"][:10] if known else ""
        number, cited = page.number, page.datasets
        while page.has_next:
            # The further pages read the revision of the first one.
            values = {**values, "after": page.end.decode()}
            values.pop("asOf", None)
            context.as_of = str(number)
            _, page = await self._read(values, context)
            cited += page.datasets
        return Cited(number, date, tuple(map(_dataset, cited)))

    async def _read(
        self, values: Mapping[str, Any], context: RequestContext
    ) -> tuple[bytes | None, "_Page"]:
        """Reads the revision and one page of data sets."""
        query = await self._engine.prepare(("cite", shape_of(values)), lambda: _plan(values))
        (revision, _), (datasets, end, has_next, number) = await self._engine.run(
            query, values, context
        )
        return revision, _Page(orjson.loads(datasets), end, bool(has_next), number)


def _plan(values: Mapping[str, Any]) -> plan.Plan:
    arguments = mirror(values)
    order = order_of(_DATASET, [{"slug": "ASC"}])
    connection = plan.Connection(
        _DATASET,
        where_condition(_DATASET, arguments["where"]),
        order,
        page_of(_DATASET, order, arguments),
        (
            plan.Nodes("data", members_of(_DATASET, _FIELDS)),
            plan.PageFacts("page", (_fact("endCursor"), _fact("hasNextPage"))),
        ),
    )
    revision = plan.LatestRevision("revision", _REVISION, members_of(_REVISION, ("time",)))
    return plan.Plan((revision, plan.PageColumns(connection)), as_of=as_of_named(arguments))


def _fact(name: str) -> plan.PageFact:
    return plan.PageFact(name, name)


def _dataset(record: Mapping[str, Any]) -> CitedDataset:
    published = record["publishedOn"] and partial_date(record["publishedOn"])
    publisher = record["publisher"]
    return CitedDataset(
        **{name: record[name] for name in _FIELDS[:7]},
        publisher=publisher and publisher["name"],
        published=(published.earliest, published.latest) if published else None,
    )
