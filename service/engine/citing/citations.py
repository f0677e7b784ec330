"""Reads what a citation says: the revision with its date, and the data sets that are involved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

import orjson

from schema.concepts import CONCEPTS
from schema.dates import partial_date
from schema.graphql.types import FIRST_MOST
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
# Matches no data set.
_NONE: Where = {"id": {"in": []}}


@dataclass(frozen=True)
class CitedDataset:
    """A data set of what is cited, as it was imported."""

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


@dataclass(frozen=True)
class Citation:
    """A citation of a query, before it has a format.

    `named`: what is cited, in words. `address`: gives it again, as of the revision; empty for a
    folder, which has none.
    """

    named: str
    address: str
    revision: int
    date: str
    datasets: tuple[CitedDataset, ...]

    @property
    def title(self) -> str:
        """The title of the service, and what is cited of it."""
        return f"{TITLE}. {self.named}"

    @property
    def key(self) -> str:
        """A name for a bibliography: the same for the same address, and for no other."""
        digest = blake2b(self.address.encode(), digest_size=4).hexdigest()
        return f"allygraph-r{self.revision}-{digest}"


@dataclass(frozen=True)
class Cited:
    """What the database says of what is cited. `date`: of the revision, in ISO 8601."""

    revision: int
    date: str
    datasets: tuple[CitedDataset, ...]


class _Page(NamedTuple):
    """Data sets, the cursor of the last one, whether there are more, and the revision."""

    datasets: list[Mapping[str, Any]]
    end: bytes
    has_next: bool
    number: int


class Citations:
    """Finds what citations need."""

    def __init__(self, engine: Engine) -> None:
        """On one database."""
        self._engine = engine

    async def find(
        self, of: str, pairs: Sequence[tuple[str, str]], context: RequestContext
    ) -> Cited:
        """What a citation says of an address. Raises BadInput, UnknownRevision, OverBudget."""
        where, as_of = datasets_of(of, pairs)
        values: dict[str, Any] = {"where": _NONE if where is None else where, "first": FIRST_MOST}
        if as_of is not None:
            values["asOf"] = as_of
        revision, page = await self._read(values, context)
        # Before the first write there is no revision that has a date.
        known = orjson.loads(revision) if revision else None
        date = known["time"][:10] if known else ""
        number, cited = page.number, page.datasets
        while page.has_next:
            # All of one revision, whatever the request names.
            values = {**values, "after": page.end.decode()}
            values.pop("asOf", None)
            context.as_of = str(number)
            _, page = await self._read(values, context)
            cited += page.datasets
        return Cited(number, date, tuple(map(_dataset, cited)))

    async def _read(
        self, values: Mapping[str, Any], context: RequestContext
    ) -> tuple[bytes | None, "_Page"]:
        """The revision, and a page of the data sets."""
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
