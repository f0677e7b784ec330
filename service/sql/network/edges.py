"""The edges of a network as JSON: the members of each, and the facts about its supports.

kept_links  the links of the kept edges
supports    the supports of the kept edges
parts       the supports, grouped by edge, kind and phase
facts       the parts, grouped by edge

Few subqueries compute all facts, whatever is selected: SQLite evaluates a subquery, with all that
it reads, again at each occurrence.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import CTE, BigInteger, Select, and_, case, cast, func, not_, select, tuple_

from schema.analysis.network import EDGE, PART
from schema.concepts import CONCEPTS
from schema.records.columns import Scalar
from schema.records.derived import EARLIEST, LATEST
from service import plan
from service.sql.candidates import CANDIDATES, is_possible
from service.sql.dialect import Content, Expression, Json
from service.sql.network.links import Links, once
from service.sql.network.strength import PAIR, by_strength, same_pair
from service.sql.reading import Reading
from service.sql.rows import Context, RecordRow, hold_nested
from service.sql.texts import number, own_text
from service.sql.versions import and_holding

_SUPPORT, _DATASET = CONCEPTS["Support"], CONCEPTS["Dataset"]

# Facts that the rows of edges contain already, and lists of the terms in a column.
_COUNTED = frozenset({"certain", "possible"})
_TERMS = {"kinds": "kind", "phases": "phase"}
# Facts that a part has only if all its possible supports have the same value.
_ALIKE = frozenset({"candidatesAtLeast", "candidates"})
# The dates for the first and the last day of a support: the first date with a value counts.
_FIRST = ("started_on", "ended_on", "agreed_on")
_LAST = ("ended_on", "started_on", "agreed_on")


class EdgeRows:
    """The kept edges of a network."""

    def __init__(
        self,
        context: Context,
        links: Links,
        kept: CTE,
        members: Sequence[plan.NetworkEdgeMember],
    ) -> None:
        """Compiles the kept edges of a network."""
        self._context = context
        self._dialect = context.binding.dialect
        self._versions = context.versions
        self._links = links.rows
        self._are_counted = links.are_counted
        self._kept = kept
        self._members = members
        self._parts_members = tuple(
            each for m in members if isinstance(m, plan.EdgeParts) for each in m.members
        )
        ends = [member for member in members if isinstance(member, plan.One)]
        self._reading = Reading(kept, in_layers=hold_nested(ends))
        self._row = RecordRow(context, self._reading, _SUPPORT, kept)

    def array(self) -> Select[Any]:
        """Returns the edges as a JSON array, the strongest first."""
        edge = self._dialect.json_object([(m.key, self._member(m)) for m in self._members])
        ordered = by_strength(lambda name: self._reading.column(self._kept.c[name]))
        array = self._dialect.json_array_in_order(edge, ordered)
        return self._reading.select(self._dialect.answer(array))

    def _member(self, member: plan.NetworkEdgeMember) -> Content:
        match member:
            case plan.NetworkFact(name=name):
                return self._fact(name)
            case plan.EdgeParts():
                return Json((self._reading.column(self._facts.c.parts),))
            case plan.EdgeDatasets(members=members):
                rows = self._datasets(members)
                self._reading.follow(rows, same_pair(rows, self._kept))
                # The supports of an edge may all be without a data set.
                array = func.coalesce(self._reading.column(rows.c.array), own_text("[]"))
                return Json((array,))
        return self._row.value(member)

    def _fact(self, name: str) -> Content:
        if name in _COUNTED:
            return self._reading.column(self._kept.c[name])
        if name == "strength":
            strength = self._reading.column(self._kept.c.strength)
            return self._dialect.json_unescaped(strength, nullable=True)
        column = self._reading.column(self._facts.c[name])
        return Json((column,)) if name in _TERMS else self._content(EDGE[name].scalar, column)

    def _content(self, scalar: Scalar, column: Expression) -> Content:
        match scalar:
            case Scalar.BOOLEAN:
                return self._dialect.json_boolean(column == number(1))
            case Scalar.INTEGER:
                return column
        return self._dialect.json_unescaped(column, nullable=True)

    # --- facts about the supports of an edge ----------------------------------------------------

    @cached_property
    def _facts(self) -> Any:
        """Facts about the supports of each edge, joined to the kept edges."""
        parts = self._parts
        pair = [parts.c[name] for name in PAIR]
        columns = [_aggregate(parts, name) for name in self._fact_names if name not in _TERMS]
        for name, column in _TERMS.items():
            if name in self._fact_names:
                terms = self._dialect.json_terms(parts.c[column])
                columns.append(self._dialect.answer(terms).label(name))
        if self._parts_members:
            order = [parts.c[name] for name in _TERMS.values()]
            array = self._dialect.json_array_in_order(self._part(parts), order)
            columns.append(self._dialect.answer(array).label("parts"))
        rows = select(*pair, *columns).group_by(*pair).subquery("facts")
        self._reading.follow(rows, same_pair(rows, self._kept))
        return rows

    @cached_property
    def _parts(self) -> Any:
        supports = self._supports
        keys = [supports.c[name] for name in (*PAIR, *_TERMS.values())]
        names = dict.fromkeys((*self._fact_names, *self._part_names))
        facts = (_aggregate(supports, name) for name in names if name not in _TERMS)
        return select(*keys, *facts).group_by(*keys).subquery("parts")

    def _part(self, parts: Any) -> Json:
        pairs = [
            (
                member.key,
                self._row.value(member)
                if isinstance(member, plan.TypeName)
                else self._content(PART[member.name].scalar, parts.c[member.name]),
            )
            for member in self._parts_members
        ]
        return self._dialect.json_object(pairs)

    @cached_property
    def _fact_names(self) -> Sequence[str]:
        """The selected facts that are derived from the supports of an edge."""
        names = (m.name for m in self._members if isinstance(m, plan.NetworkFact))
        return [name for name in dict.fromkeys(names) if name not in (*_COUNTED, "strength")]

    @property
    def _part_names(self) -> Iterator[str]:
        for member in self._parts_members:
            if isinstance(member, plan.NetworkFact) and member.name not in _TERMS.values():
                yield member.name

    def _datasets(self, members: plan.Members) -> Any:
        supports = self._supports
        columns = (supports.c[name] for name in (*PAIR, "dataset_id"))
        found = select(*columns).distinct().where(supports.c.dataset_id.is_not(None)).subquery()
        dataset = self._versions.rows_of(_DATASET.table)
        is_it = and_holding(self._versions, dataset, dataset.c.id == found.c.dataset_id)
        reading = Reading(found, in_layers=hold_nested(members))
        reading.follow(dataset, is_it)
        item = RecordRow(self._context, reading, _DATASET, dataset).json(members)
        array = self._dialect.json_array_in_order(item, [reading.column(found.c.dataset_id)])
        pair = [reading.column(found.c[name]) for name in PAIR]
        named = (column.label(name) for column, name in zip(pair, PAIR, strict=True))
        answer = self._dialect.answer(array).label("array")
        return reading.select(*named, answer).group_by(*pair).subquery()

    @cached_property
    def _supports(self) -> CTE:
        """The supports of the kept edges, with the columns that the selected facts need."""
        if self._are_counted:
            return self._kept_links
        support = self._versions.rows_of(_SUPPORT.table)
        links = self._kept_links
        found = and_holding(self._versions, support, support.c.id == links.c.support_id)
        columns = self._columns_of(support)
        names = dict.fromkeys((*self._fact_names, *self._part_names))
        needed = [columns[name].label(name) for name in names if name in columns]
        pair = [links.c[name] for name in PAIR]
        own = (support.c[name] for name in (*_TERMS.values(), "dataset_id"))
        # Every link has a support, but for an inner join SQLite would read all supports first.
        rows = links.outerjoin(support, found)
        return select(*pair, links.c.is_possible, *own, *needed).select_from(rows).cte("supports")

    @property
    def _kept_links(self) -> CTE:
        """The links of the kept edges, selected by IN.

        For a join SQLite would build an index of all links, and it would read the supports of all
        links first. This reads all links once.
        """
        links, kept = self._links, self._kept
        pairs = select(*(kept.c[name] for name in PAIR))
        is_kept = tuple_(*(links.c[name] for name in PAIR)).in_(pairs)
        return once(select(links).where(is_kept).cte("kept_links"))

    def _columns_of(self, support: Any) -> Mapping[str, Expression]:
        """The columns of a support to aggregate; a flag is 1 or 0."""
        contested = RecordRow(self._context, self._reading, _SUPPORT, support).assessment()
        flags = {
            "mutual": support.c.mutual,
            "contested": contested.plain("contested"),
            "startCensored": support.c.start_censored,
            "endCensored": support.c.end_censored,
        }
        firsts = (func.nullif(support.c[name + EARLIEST.suffix], own_text("")) for name in _FIRST)
        candidates = {
            "candidatesAtLeast": support.c.candidates_at_least,
            "candidates": self._candidates_of(support),
        }
        return {
            **{name: case((flag, number(1)), else_=number(0)) for name, flag in flags.items()},
            **{name: case((is_possible(support), each)) for name, each in candidates.items()},
            "firstOn": func.coalesce(*firsts),
            "lastOn": func.coalesce(*(support.c[name + LATEST.suffix] for name in _LAST)),
        }

    def _candidates_of(self, support: Any) -> Expression:
        candidate = self._versions.rows_of(CANDIDATES)
        held = and_holding(self._versions, candidate, candidate.c.support_id == support.c.id)
        found = select(func.count()).select_from(candidate).where(held)
        return found.correlate(support, *self._versions.outer).scalar_subquery()


def _aggregate(rows: Any, name: str) -> Expression:
    """Aggregates a fact over the supports of a group, or over the parts of an edge."""
    match name:
        case "certain":
            return _number_of(rows, not_(rows.c.is_possible)).label(name)
        case "possible":
            return _number_of(rows, rows.c.is_possible).label(name)
        case "firstOn":
            return func.min(rows.c[name]).label(name)
        case name if name in _ALIKE:
            least, most = func.min(rows.c[name]), func.max(rows.c[name])
            are_alike = func.count(rows.c[name]) == _number_of(rows, rows.c.is_possible)
            return case((and_(least == most, are_alike), most)).label(name)
    return func.max(rows.c[name]).label(name)


def _number_of(rows: Any, where: Expression) -> Expression:
    """The number of supports where a condition is true; a row may stand for several supports."""
    if "number" not in rows.c:
        return func.count().filter(where)
    several = func.sum(rows.c.number).filter(where)
    return cast(func.coalesce(several, number(0)), BigInteger)
