"""The hits of a search: the records whose texts match, each by the text that matches best.

asked     the words that are searched for
alike     words of names that are alike, for each of them
texts     the shortest texts that match
matches   these, with how well each matches
hits      the best of each record
"""

from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlmodel import SQLModel

from schema.records.history import STILL, UNTIL_REVISION
from schema.search import HITS_MOST, SEARCH_TYPES
from service import plan
from service.plan import Parameter
from service.planning.search import AskedText
from service.sql.binding import Binding
from service.sql.dialect import Expression, Source
from service.sql.search.index import WordIndex
from service.sql.search.postgresql import PostgreSQLWords
from service.sql.search.sqlite import SQLiteWords
from service.sql.texts import fixed_text, number, own_text
from service.sql.versions import Current, Versions, alias_of

ENTRIES = SQLModel.metadata.tables["search_entry"]
_FORMS = SQLModel.metadata.tables["search_form"]
_INDEXES: dict[str, WordIndex] = {"sqlite": SQLiteWords(), "postgresql": PostgreSQLWords()}

# What a word of the search adds: for a word of the text, for the beginning of one, for one alike.
_WHOLE, _BEGINNING, _ALIKE = 3, 2, 1
# A text of no name does not match by a word that is alike.
_NO_MATCH = -1_000
_SPACE = own_text(" ")


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


class Hits:
    """The hits, as queries that the page of them builds on."""

    def __init__(self, binding: Binding, versions: Versions, search: plan.Search) -> None:
        """Of the texts that hold in this state."""
        self._binding = binding
        self._versions = versions
        self._search = search
        self.index = _INDEXES[binding.dialect.engine.name]

    def _asked_text(self, read: Any, sql_type: Any, encode: Any = None) -> Expression:
        text = self._search.text

        def part(value: str) -> Any:
            asked: AskedText = text.read(value)
            return read(asked)

        return self._binding.parameter(Parameter(text.source, part), sql_type, encode)

    # --- the words ------------------------------------------------------------------------------

    @cached_property
    def asked(self) -> Any:
        """The words that are searched for: their places, and each with a space before it."""
        listed = self._asked_text(lambda asked: list(enumerate(asked.words)), Text(), _json)
        each = self.index.each(listed)
        place, word = self._items(each, Integer(), Text())
        return select(
            place.label("place"),
            word.label("word"),
            _SPACE.concat(word).label("beginning"),
            _SPACE.concat(word).concat(_SPACE).label("whole"),
        ).cte("asked")

    @cached_property
    def alike(self) -> Any:
        """Words of names that are alike: the place of the word that is searched for, and each."""
        listed = self._asked_text(lambda asked: list(asked.forms), Text(), _json)
        each = self.index.each(listed)
        place, form = self._items(each, Integer(), Text())
        forms = alias_of(_FORMS)
        query = select(place.label("place"), forms.c.word.label("word")).distinct()
        return query.select_from(each.join(forms, forms.c.form == form)).cte("alike")

    def _items(self, each: Any, *types: Any) -> list[Expression]:
        return [self.index.item(each.c.value, place, type_) for place, type_ in enumerate(types)]

    @cached_property
    def _query(self) -> Any:
        """The query of the index: each word, or the beginning of one, or one that is alike."""
        write = self.index.syntax
        asked, alike = self.asked, self.alike
        other = fixed_text(write.before_alternative).concat(alike.c.word)
        others = select(
            func.string_agg(other.concat(fixed_text(write.after_alternative)), own_text(""))
        ).where(alike.c.place == asked.c.place)
        word = (
            fixed_text(write.before_beginning)
            .concat(asked.c.word)
            .concat(fixed_text(write.after_beginning))
            .concat(func.coalesce(others.correlate(asked).scalar_subquery(), own_text("")))
            .concat(fixed_text(write.end))
        )
        return select(func.string_agg(word, fixed_text(write.both))).scalar_subquery()

    # --- the texts ------------------------------------------------------------------------------

    def holding(self, entries: Source) -> list[Expression]:
        """The conditions for a record to have a text in this state."""
        if isinstance(self._versions, Current):
            return [entries.c[UNTIL_REVISION] == literal_column(str(STILL), BigInteger())]
        return list(self._versions.holding(entries))

    @cached_property
    def _texts(self) -> Any:
        entries = alias_of(ENTRIES)
        found = self.index.found(entries, self._query)
        where = [found.matching, *self.holding(entries)]
        if self._search.types is not None:
            dialect = self._binding.dialect
            listed = self._binding.list_of(self._search.types, dialect.list_form(Integer()))
            where.append(dialect.one_of(entries.c.type, listed))
        query: Select[Any] = select(entries.c.id).select_from(found.source).where(*where)
        return query.order_by(*found.order).limit(number(HITS_MOST)).cte("texts")

    @cached_property
    def _matches(self) -> Any:
        texts, entries = self._texts, alias_of(ENTRIES)
        names = ("id", "type", "record_id", "field", "size", "text")
        return (
            select(
                *(entries.c[name] for name in names),
                self._closeness(entries).label("closeness"),
                self._points(entries).label("points"),
            )
            .select_from(texts.join(entries, entries.c.id == texts.c.id))
            .cte("matches")
        )

    def _closeness(self, entries: Source) -> Expression:
        """2 if the text is what is searched for, 1 if it begins so."""
        whole = self._asked_text(lambda asked: asked.folded, Text())
        begins = self._asked_text(lambda asked: asked.folded[:-1], Text())
        beginning = func.substr(entries.c.folded, number(1), func.length(begins))
        is_whole, begins_so = entries.c.folded == whole, beginning == begins
        return case((is_whole, number(2)), (begins_so, number(1)), else_=number(0))

    def _points(self, entries: Source) -> Expression:
        """The sum of what each word adds."""
        folded, asked = entries.c.folded, self.asked
        each = case(
            (self.index.has(folded, asked.c.whole), number(_WHOLE)),
            (self.index.has(folded, asked.c.beginning), number(_BEGINNING)),
            (is_name(entries), number(_ALIKE)),
            else_=number(_NO_MATCH),
        )
        total = select(func.sum(each)).select_from(asked).correlate(entries)
        return cast(total.scalar_subquery(), BigInteger)

    @cached_property
    def hits(self) -> Any:
        """The best text of each record; of two that are as good, the first of the alphabet."""
        matches = self._matches
        order = (matches.c.closeness.desc(), matches.c.points.desc(), matches.c.field)
        of_record = func.row_number().over(
            partition_by=(matches.c.type, matches.c.record_id),
            order_by=(*order, matches.c.size, matches.c.text, matches.c.id),
        )
        positive = matches.c.points > number(0)
        numbered = select(*matches.c, of_record.label("nth")).where(positive).subquery()
        names = ("id", "type", "record_id", "field", "size", "closeness", "points")
        best = select(*(numbered.c[name] for name in names)).where(numbered.c.nth == number(1))
        return best.cte("hits")


def is_name(entries: Source) -> Expression:
    """Whether the text of an entry is a name, of which words that are alike are found."""
    return or_(
        *(
            and_(entries.c.type == number(place), entries.c.field == number(field))
            for place, type_ in enumerate(SEARCH_TYPES.values())
            for field, text in enumerate(type_.texts)
            if text.is_name
        )
    )
