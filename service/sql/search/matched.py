"""The hits of a search: the records whose texts match, each with its best text.

asked     the words of the search
alike     similar words in names, for each word of the search
names     one row: the query of the index for names
plain     one row: the query of the index for other texts
texts     the shortest texts that match, of each type
matches   these texts, with how well each matches
hits      the best text of each record
"""

from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Integer,
    Text,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlmodel import SQLModel

from schema.records.history import STILL, UNTIL_REVISION
from schema.search import BEGINNING_INDEXED, BEGINNINGS_MOST, SEARCH_TYPES
from service import plan
from service.plan import Parameter
from service.planning.search import AskedText
from service.sql.binding import Binding
from service.sql.dialect import Expression, Source
from service.sql.search.index import SoughtTexts, WordIndex
from service.sql.search.postgresql import PostgreSQLWords
from service.sql.search.sqlite import SQLiteWords
from service.sql.texts import fixed_text, number, own_text
from service.sql.versions import Current, Versions, alias_of

ENTRIES = SQLModel.metadata.tables["search_entry"]
_FORMS = SQLModel.metadata.tables["search_form"]
_VOCABULARY = SQLModel.metadata.tables["search_vocabulary"]
_INDEXES: dict[str, WordIndex] = {"sqlite": SQLiteWords(), "postgresql": PostgreSQLWords()}

# The points of a word of the search if the text has that word, a word that begins with it, or a
# similar word.
_WHOLE, _BEGINNING, _ALIKE = 3, 2, 1
# Outweighs all points: a text that is not a name does not match by a similar word.
_NO_MATCH = -1_000
_SPACE = own_text(" ")
_ONCE = "MATERIALIZED"
# Sorts after all characters, so a word with this suffix sorts after all words that begin with it.
_LAST = "\U0010ffff"


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _places_of_words(asked: AskedText) -> list[tuple[int, str, str]]:
    return [(place, word, word + _LAST) for place, word in enumerate(asked.words)]


class Hits:
    """The hits, as queries that their page builds on."""

    def __init__(self, binding: Binding, versions: Versions, search: plan.Search) -> None:
        """Searches the texts that records have in this state."""
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
        """The words of the search: their places, and each word with a space before it."""
        each = self.index.each(self._asked_text(_places_of_words, Text(), _json))
        place, word, after = self._items(each, Integer(), Text(), Text())
        query = select(
            place.label("place"),
            word.label("word"),
            after.label("after"),
            _SPACE.concat(word).label("beginning"),
            _SPACE.concat(word).concat(_SPACE).label("whole"),
        )
        return query.cte("asked").prefix_with(_ONCE)

    @cached_property
    def alike(self) -> Any:
        """Similar words in names, each with the place of the word of the search."""
        listed = self._asked_text(lambda asked: list(asked.forms), Text(), _json)
        each = self.index.each(listed)
        place, form = self._items(each, Integer(), Text())
        forms = alias_of(_FORMS)
        query = select(place.label("place"), forms.c.word.label("word")).distinct()
        found = query.select_from(each.join(forms, forms.c.form == form))
        return found.cte("alike").prefix_with(_ONCE)

    def _items(self, each: Any, *types: Any) -> list[Expression]:
        return [self.index.item(each.c.value, place, type_) for place, type_ in enumerate(types)]

    @cached_property
    def _names_sought(self) -> Any:
        """The query of the index for names, which forgives errors."""
        return select(self._query(self._longer(), self._others()).label("query")).cte("names")

    @cached_property
    def _texts_sought(self) -> Any:
        """The query of the index for other texts."""
        return select(self._query(self._longer()).label("query")).cte("plain")

    def _query(self, *alternatives: Expression) -> Any:
        """A query for all words of the search: each as it is, as a beginning, or an alternative."""
        write, asked = self.index.syntax, self.asked
        is_indexed = func.length(asked.c.word) <= number(BEGINNING_INDEXED)
        word = (
            fixed_text(write.before)
            .concat(asked.c.word)
            .concat(case((is_indexed, fixed_text(write.beginning)), else_=fixed_text(write.whole)))
        )
        for each in alternatives:
            word = word.concat(func.coalesce(each, own_text("")))
        word = word.concat(fixed_text(write.end))
        return select(func.string_agg(word, fixed_text(write.both))).scalar_subquery()

    def _others(self) -> Any:
        """The words that are similar to a word of the search."""
        alike = self.alike
        return self._alternatives(alike.c.word, alike.c.place == self.asked.c.place)

    def _longer(self) -> Any:
        """The first words that begin with a word of the search that is too long for the index.

        The index finds beginnings of up to `BEGINNING_INDEXED` characters.
        """
        known, asked = alias_of(_VOCABULARY), self.asked
        longer = (
            select(known.c.word)
            .where(
                func.length(asked.c.word) > number(BEGINNING_INDEXED),
                known.c.word > asked.c.word,
                known.c.word < asked.c.after,
            )
            .order_by(known.c.word)
            .limit(number(BEGINNINGS_MOST))
            .correlate(asked)
            .subquery()
        )
        return self._alternatives(longer.c.word, true())

    def _alternatives(self, word: Expression, where: Expression) -> Any:
        write = self.index.syntax
        other = fixed_text(write.alternative).concat(word).concat(fixed_text(write.whole))
        query = select(func.string_agg(other, own_text(""))).where(where)
        return query.correlate(self.asked).scalar_subquery()

    # --- the texts ------------------------------------------------------------------------------

    def holding(self, entries: Source) -> list[Expression]:
        """The conditions for a record to have a text in this state."""
        if isinstance(self._versions, Current):
            return [entries.c[UNTIL_REVISION] == literal_column(str(STILL), BigInteger())]
        return list(self._versions.holding(entries))

    @cached_property
    def _texts(self) -> Any:
        entries = alias_of(ENTRIES)
        sought = SoughtTexts(
            entries,
            self._search.types,
            names=select(self._names_sought.c.query).scalar_subquery(),
            texts=select(self._texts_sought.c.query).scalar_subquery(),
            holding=self.holding(entries),
            is_match=or_(is_name(entries), self._points(entries) > number(0)),
        )
        return self.index.shortest(self._binding, sought).cte("texts")

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
        """2 if the text equals the search, 1 if it begins with the search, else 0."""
        whole = self._asked_text(lambda asked: asked.folded, Text())
        begins = self._asked_text(lambda asked: asked.folded[:-1], Text())
        beginning = func.substr(entries.c.folded, number(1), func.length(begins))
        is_whole, begins_so = entries.c.folded == whole, beginning == begins
        return case((is_whole, number(2)), (begins_so, number(1)), else_=number(0))

    def _points(self, entries: Source) -> Expression:
        """The sum of the points of each word of the search."""
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
        """The best text of each record. Equally good texts are compared by field, size and text."""
        matches = self._matches
        order = (matches.c.closeness.desc(), matches.c.points.desc(), matches.c.field)
        of_record = func.row_number().over(
            partition_by=(matches.c.type, matches.c.record_id),
            order_by=(*order, matches.c.size, matches.c.text, matches.c.id),
        )
        numbered = select(*matches.c, of_record.label("nth")).subquery()
        names = ("id", "type", "record_id", "field", "size", "closeness", "points")
        best = select(*(numbered.c[name] for name in names)).where(numbered.c.nth == number(1))
        return best.cte("hits")


def is_name(entries: Source) -> Expression:
    """Whether the text of an entry is a name, in which similar words match."""
    return or_(
        *(
            and_(entries.c.type == number(place), entries.c.field == number(field))
            for place, type_ in enumerate(SEARCH_TYPES.values())
            for field, text in enumerate(type_.texts)
            if text.is_name
        )
    )
