"""The tools for assistants: each method is a tool, and reads as a client of REST does.

A result is short: only the fields that have a value, a few items, the total number of items, and a
citation of the query with the address that repeats it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import parse_qsl

import orjson

from schema.concepts import CONCEPTS
from service.engine.assisting.parameters import (
    Pairs,
    checked_count,
    checked_name,
    reference_pair,
    support_pairs,
)
from service.engine.citing.citations import Citation, Citations
from service.engine.citing.formats import CITATION_FORMATS
from service.engine.citing.text import text
from service.engine.engine import Engine
from service.engine.reconciling.reconciling import Reconciling
from service.engine.rest_reads import RestReads
from service.errors import BadInput, NotFound
from service.request.context import RequestContext, current_context

Json = dict[str, Any]
# Makes the address of a query from the name of what it reads, the parameters and the revision.
AddressOf = Callable[[str, Pairs, int], str]

_NAMES = ("id", "slug", "name")
_AMOUNT = ("value", "low", "high", "unit")
_SUPPORT_FIELDS = (
    *("id", "kind", "phase", "summary", "startedOn", "endedOn", "agreedOn", "attribution"),
    *(f"{end}.{name}" for end in ("supporter", "recipient", "against") for name in _NAMES),
    *("dataset.slug", "sourceKey", "conflict.slug", "worth.currency"),
    *(f"{amount}.{name}" for amount in ("quantity", "worth") for name in _AMOUNT),
    *("evidence.stance", "evidence.statement.id", "evidence.statement.source.title"),
    "evidence.statement.source.url",
)
_STATEMENT_FIELDS = (
    *("id", "text", "quoted", "saidOn", "speaker.id", "speaker.slug", "speaker.name"),
    *("source.id", "source.title", "source.url", "evidence.stance", "evidence.support.id"),
)


class Tools:
    """The tools, on one database."""

    def __init__(self, engine: Engine, address_of: AddressOf) -> None:
        """`address_of`: makes the address for citations."""
        self._reads = RestReads(engine)
        self._reconciling = Reconciling(engine)
        self._citations = Citations(engine)
        self._address_of = address_of

    async def check(self, context: RequestContext) -> None:
        """Raises BadInput or UnknownRevision for a header AllyGraph-As-Of that names no state."""
        await self._reconciling.check(context)

    async def find_actor(self, name: str, first: int = 5) -> Json:
        """Finds actors by a name, a code or a slug: states, groups, organisations, people.

        Use the `slug` or `id` of a result in the other tools.
        """
        query = {"q": {"query": checked_name(name), "limit": checked_count(first)}}
        found = await self._reconciling.batch(orjson.dumps(query).decode(), _context())
        return {"actors": found["q"]["result"]}

    async def supports(
        self,
        supporter: str | None = None,
        recipient: str | None = None,
        against: str | None = None,
        kind: str | None = None,
        phase: str | None = None,
        dataset: str | None = None,
        conflict: str | None = None,
        at: str | None = None,
        first: int = 10,
        as_of: str | None = None,
    ) -> Json:
        """Lists supports: who supports whom, with what, and which sources say so.

        Actors, data sets and conflicts are slugs or ids; `kind` such as MILITARY includes the kinds
        below it; `at` is a date such as 2024-10 at which the support is certainly valid; `as_of` is
        a revision.
        """
        await self._check_actors([supporter, recipient, against], as_of)
        await self._check("Dataset", dataset, as_of)
        await self._check("Conflict", conflict, as_of)
        pairs = support_pairs(
            {
                **{"supporter": supporter, "recipient": recipient, "against": against},
                **{"kind": kind, "phase": phase, "dataset": dataset, "conflict": conflict},
                **{"at": at, "as_of": as_of},
            }
        )
        return await self._page("supports", pairs, _SUPPORT_FIELDS, first)

    async def totals(
        self,
        group_by: Sequence[str],
        supporter: str | None = None,
        recipient: str | None = None,
        kind: str | None = None,
        dataset: str | None = None,
        at: str | None = None,
        first: int = 20,
        as_of: str | None = None,
    ) -> Json:
        """Counts supports and adds up their amounts in groups.

        `group_by`: of SUPPORTER, RECIPIENT, AGAINST, KIND, PHASE, YEAR, CONFLICT, DATASET, UNIT;
        UNIT is needed for sums. Groups are always split by data set and phase, because two data
        sets must not be added together.
        """
        await self._check_actors([supporter, recipient], as_of)
        await self._check("Dataset", dataset, as_of)
        filters = support_pairs(
            {
                **{"supporter": supporter, "recipient": recipient, "kind": kind},
                **{"dataset": dataset, "at": at, "as_of": as_of},
            }
        )
        pairs = [("groupBy", ",".join(group_by)), *filters]
        context = _context()
        counted = [*pairs, ("first", str(checked_count(first)))]
        return await self._answer(
            "totals", pairs, await self._reads.find("totals", counted, context)
        )

    async def network(
        self,
        around: Sequence[str],
        hops: int = 1,
        kind: str | None = None,
        dataset: str | None = None,
        at: str | None = None,
        first: int = 30,
        as_of: str | None = None,
    ) -> Json:
        """Finds who is connected with some actors by supports, up to four hops away.

        `around`: slugs or ids of actors. An edge has all supports from one actor to another; the
        `first` strongest edges are listed.
        """
        await self._check("Dataset", dataset, as_of)
        filters = support_pairs({"kind": kind, "dataset": dataset, "at": at, "as_of": as_of})
        pairs = [("around", ",".join(around)), ("hops", str(hops)), *filters]
        read = [*pairs, ("first", str(checked_count(first)))]
        answer = await self._reads.find("network", read, _context())
        # Read first: a network with too many actors is refused before each of them is looked up.
        await self._check_actors(around, as_of)
        found = orjson.loads(answer.body)["data"]
        for edge in found["edges"]:
            del edge["parts"]
        return await self._cited("network", pairs, answer.revision, _known(found))

    async def paths(
        self,
        supporter: str,
        recipient: str,
        max_hops: int = 3,
        kind: str | None = None,
        dataset: str | None = None,
        first: int = 5,
        as_of: str | None = None,
    ) -> Json:
        """Finds the shortest chains of support that lead from one actor to another.

        Actors are slugs or ids; a chain has at most `max_hops` steps, each with its supports.
        """
        await self._check_actors([supporter, recipient], as_of)
        await self._check("Dataset", dataset, as_of)
        filters = support_pairs({"kind": kind, "dataset": dataset, "as_of": as_of})
        ends = [("from", supporter), ("to", recipient), ("maxHops", str(max_hops))]
        pairs = [*ends, *filters]
        read = [*pairs, ("first", str(checked_count(first)))]
        answer = await self._reads.find("paths", read, _context())
        found = [_short(path) for path in orjson.loads(answer.body)["data"]]
        return await self._cited("paths", pairs, answer.revision, {"paths": found})

    async def statements(
        self,
        support: str | None = None,
        speaker: str | None = None,
        contains: str | None = None,
        first: int = 10,
        as_of: str | None = None,
    ) -> Json:
        """Lists statements: what an actor said, in which source, about which supports.

        `support` is the id of a support, `speaker` an actor's slug or id, `contains` a part of the
        text.
        """
        await self._check("Support", support, as_of)
        await self._check_actors([speaker], as_of)
        pairs: Pairs = [("evidence.support.id", support)] if support else []
        pairs += [reference_pair("speaker", speaker)] if speaker else []
        pairs += [("text.contains", contains)] if contains else []
        pairs += [("asOf", as_of)] if as_of else []
        return await self._page("statements", pairs, _STATEMENT_FIELDS, first)

    async def cite(self, of: str, query: str = "", format: str = "text") -> Json:
        """Cites a query, with the revision, the address and the data sets that are involved.

        `of`: a collection such as supports, or totals; `query`: its parameters as in the address of
        another answer; `format`: text, bibtex or csl.
        """
        if format not in CITATION_FORMATS:
            raise BadInput(f"`format`: unknown {format!r}; one of {', '.join(CITATION_FORMATS)}.")
        citation = await self._citation(of, _pairs_in(query))
        return {"citation": CITATION_FORMATS[format].write(citation)}

    async def _check_actors(self, actors: Iterable[str | None], as_of: str | None) -> None:
        """Raises NotFound for an actor that does not exist.

        A filter by such an actor finds nothing, which an assistant might take for an absence of
        support.
        """
        for actor in actors:
            try:
                await self._check("Actor", actor, as_of)
            except NotFound as error:
                raise NotFound(
                    f"{error.message} Find actors by their names with find_actor."
                ) from None

    async def _check(self, concept: str, key: str | None, as_of: str | None) -> None:
        """Raises NotFound if no record has this slug or id."""
        if key is not None:
            pairs = [("fields", "id"), *([("asOf", as_of)] if as_of else [])]
            await self._reads.record(CONCEPTS[concept], key, pairs, _context())

    async def _page(self, of: str, pairs: Pairs, fields: Sequence[str], first: int) -> Json:
        name = {"supports": "Support", "statements": "Statement"}[of]
        read = [*pairs, ("fields", ",".join(fields)), ("first", str(checked_count(first)))]
        context = _context()
        return await self._answer(of, pairs, await self._reads.page(CONCEPTS[name], read, context))

    async def _answer(self, of: str, pairs: Pairs, answer: Any) -> Json:
        page = orjson.loads(answer.body)
        found = {of: [_known(item) for item in page["data"]], "total": page["page"]["totalCount"]}
        return await self._cited(of, pairs, answer.revision, found)

    async def _cited(self, of: str, pairs: Pairs, revision: int, found: Json) -> Json:
        # Cites the revision that was read: a write may have come since.
        pairs = [*(pair for pair in pairs if pair[0] != "asOf"), ("asOf", str(revision))]
        citation = await self._citation(of, pairs)
        return {
            **found,
            "revision": revision,
            "address": citation.address,
            "citation": text(citation),
        }

    async def _citation(self, of: str, pairs: Pairs) -> Citation:
        cited = await self._citations.find(of, pairs, _context())
        shown = ", ".join(f"{name}={value}" for name, value in pairs if name != "asOf")
        return Citation(
            named=f"{of}: {shown}" if shown else of,
            address=self._address_of(of, pairs, cited.revision),
            revision=cited.revision,
            date=cited.date,
            datasets=cited.datasets,
        )


def _pairs_in(query: str) -> Pairs:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=100, errors="strict")
    except ValueError as error:
        raise BadInput(f"`query` cannot be parsed: {error}.") from None


def _context() -> RequestContext:
    """The context of one read of a tool, with the revisions that the request names."""
    context, request = RequestContext(), current_context()
    if request is not None:
        context.as_of, context.seen = request.as_of, request.seen
    return context


def _short(path: Json) -> Any:
    """Shortens the supports of each step to id, kind, phase and start."""
    for step in path["steps"]:
        supports = step["supports"]["data"]
        step["supports"] = [
            {name: each[name] for name in ("id", "kind", "phase", "startedOn")} for each in supports
        ]
    return _known(path)


def _known(value: Any) -> Any:
    """Removes empty values, and turns pages into lists."""
    if isinstance(value, dict):
        if value.keys() == {"data", "page"}:
            return [_known(item) for item in value["data"]]
        return {name: _known(item) for name, item in value.items() if item not in (None, [], {})}
    return [_known(item) for item in value] if isinstance(value, list) else value
