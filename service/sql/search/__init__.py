"""A page of hits of a search, best first.

hits      the records whose texts match (`matched.py`)
page      the hits of the page, plus one if the query asks whether more follow
passages  the passages to show of the hits' texts (`passages.py`)
answer    one row: the page as a JSON object
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import Select, Text, and_, case, cast, false, func, literal_column, select

from schema.graphql.types import FIRST_MOST
from schema.records.columns import Scalar
from schema.search import SEARCH_TYPES
from service import plan
from service.planning.paging import SEPARATOR
from service.planning.search import RANK
from service.sql.dialect import Column, Content, Expression, Json
from service.sql.keys import SortKey, past_cursor
from service.sql.pages import PageQuery
from service.sql.reading import Reading
from service.sql.rows import Context, RecordRow, hold_nested
from service.sql.search.matched import Hits
from service.sql.search.passages import Passages
from service.sql.texts import fixed_text, number, own_text
from service.sql.versions import and_holding

_TABLES = {each.concept: (code, each.table) for code, each in SEARCH_TYPES.items()}
_PLACES = {code: place for place, code in enumerate(SEARCH_TYPES)}


class SearchQuery(PageQuery[plan.SearchMember]):
    """One page of hits."""

    _is_shared = True

    def __init__(self, context: Context, search: plan.Search) -> None:
        """`search`: the text to find, and the members to select."""
        super().__init__(context, search.page, search.members)
        self._search = search
        self._hits = Hits(self._binding, self._versions, search)

    def _answer(self, *contents: Content) -> Select[Any]:
        columns = [self._dialect.answer(content) for content in contents]
        arrays = any(isinstance(m, plan.Nodes | plan.Edges) for m in self._members)
        return self._reading.select(*columns) if arrays else select(*columns)

    # --- the page -------------------------------------------------------------------------------

    @cached_property
    def _keys(self) -> Any:
        hits = self._hits.hits
        keys = [
            SortKey(hits.c[name], cast(hits.c[name], Text), descending, Scalar.ID)
            for name, descending in RANK
        ]
        where = []
        if self._page.after:
            where.append(past_cursor(self._binding, keys, self._page.after, ahead=True))
        query = select(hits).where(*where).order_by(*self._by_keys(lambda name: hits.c[name]))
        page = self._dialect.limited(query, self._row_limit, FIRST_MOST + 1, self._by_keys)
        return page.cte("page")

    def _by_keys(self, column: Column, *, reverse: bool = False) -> Iterator[Expression]:
        for name, descending in RANK:
            yield column(name).desc() if descending is not reverse else column(name)

    @cached_property
    def _page_rows(self) -> Any:
        return select(self._keys).limit(self._size).cte("shown")

    @cached_property
    def _passages(self) -> Passages:
        return Passages(self._hits, self._page_rows)

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self._page_rows, within=self._versions.outer, in_layers=True)

    @cached_property
    def _passage(self) -> Any:
        """The passage of each hit, joined on the first use."""
        passage = self._passages.passages
        self._reading.follow(passage, passage.c.id == self._page_rows.c.id)
        return passage

    # --- members of a hit -----------------------------------------------------------------------

    def _item(self, members: tuple[plan.SearchMember, ...]) -> Json:
        return self._dialect.json_object([(m.key, self._hit_member(m)) for m in members])

    def _hit_member(self, member: plan.SearchMember) -> Content:
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.SearchFact(name="type"):
                types = {number(place): own_text(code) for code, place in _PLACES.items()}
                type_ = case(types, value=self._page_column("type"))
                return self._dialect.json_unescaped(type_, nullable=False)
            case plan.SearchFact():
                passage = self._passage
                length = passage.c.ends - passage.c.starts
                shown = func.substr(passage.c.text, passage.c.starts + number(1), length)
                return self._reading.column(shown)
            case plan.SearchMatches(members=members):
                return self._reading.nested(self._matches(members))
            case plan.FoundRecord(choices=choices):
                records = [self._record(choice) for choice in choices]
                return self._dialect.json_or_null(self._reading.column(func.coalesce(*records)))

    def _matches(self, members: tuple[plan.TypeName | plan.SearchFact, ...]) -> Select[Any]:
        passage, spans = self._passage, self._passages.spans
        within = and_(spans.c.starts >= passage.c.starts, spans.c.ends <= passage.c.ends)
        places = {"start": "starts", "end": "ends"}
        matches = (
            select(
                *((spans.c[column] - passage.c.starts).label(column) for column in places.values())
            )
            .where(spans.c.id == passage.c.id, within)
            .order_by(spans.c.starts)
            .correlate(passage)
            .subquery("spans_shown")
        )
        item = self._dialect.json_object(
            [
                (
                    m.key,
                    matches.c[places[m.name]]
                    if isinstance(m, plan.SearchFact)
                    else self._dialect.json_unescaped(m.name, nullable=False),
                )
                for m in members
            ]
        )
        array = self._dialect.json_array(item, lambda: [matches.c.starts])
        return select(self._dialect.answer(array)).select_from(matches)

    def _record(self, choice: plan.NodeChoice) -> Expression:
        code, _ = _TABLES[choice.concept.name]
        shown = self._page_rows
        table = self._versions.rows_of(choice.concept.table)
        is_it = and_(table.c.id == shown.c.record_id, shown.c.type == number(_PLACES[code]))
        reading = Reading(
            table,
            where=and_holding(self._versions, table, is_it),
            within=(shown, *self._versions.outer),
            in_layers=hold_nested(choice.members),
        )
        json = RecordRow(self._context, reading, choice.concept, table).json(choice.members)
        return reading.select(self._dialect.answer(json)).scalar_subquery()

    # --- facts about the page -------------------------------------------------------------------

    def _total_count(self) -> Expression:
        return select(func.count()).select_from(self._hits.hits).scalar_subquery()

    def _unknown_count(self) -> Expression:
        """Zero: a search does not depend on the time at which records are valid."""
        return literal_column("0")

    def _has_rows_outside(self, *, ahead: bool) -> Expression:
        """Whether more hits follow. Does not look for hits before the page."""
        return self._has_extra_row() if ahead else false()

    def _cursor(self, column: Column) -> Expression:
        text: Expression = self._binding.parameter(self._search.signature, Text())
        for name, _ in RANK:
            text = text.concat(fixed_text(SEPARATOR)).concat(cast(column(name), Text))
        return self._dialect.hexadecimal(text)
