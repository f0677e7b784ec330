"""The passages to show of the hits' texts: the part around the first match, and all matches.

words      the words of each text, with their positions, and whether they match
passages   the text, or the part to show of a long one
spans      the positions of matches; overlapping matches are merged
"""

from functools import cached_property
from typing import Any

from sqlalchemy import Integer, Text, and_, case, exists, func, or_, select, true

from schema.search import BEFORE_MATCH, PASSAGE_MOST
from service.sql.dialect import Expression, Source
from service.sql.search.matched import ENTRIES, Hits, is_name
from service.sql.texts import number
from service.sql.versions import alias_of


class Passages:
    """The passages of these hits, by the id of their entries."""

    def __init__(self, hits: Hits, shown: Any) -> None:
        """`shown`: the hits of the page."""
        self._hits = hits
        self._shown = shown

    @cached_property
    def _words(self) -> Any:
        entries, shown = alias_of(ENTRIES), self._shown
        each = self._hits.index.each(entries.c.words)
        word, starts, ends = (
            self._hits.index.item(each.c.value, place, type_)
            for place, type_ in enumerate((Text(), Integer(), Integer()))
        )
        source = shown.join(entries, entries.c.id == shown.c.id).join(each, true())
        return (
            select(
                entries.c.id,
                starts.label("starts"),
                ends.label("ends"),
                self._matches(entries, word).label("is_match"),
            )
            .select_from(source)
            .cte("words")
        )

    def _matches(self, entries: Source, word: Expression) -> Expression:
        """Whether a word of the text begins with a word of the search, or is similar to one."""
        asked, alike = self._hits.asked, self._hits.alike
        beginning = func.substr(word, number(1), func.length(asked.c.word))
        begins = exists().where(beginning == asked.c.word)
        is_alike = exists().where(alike.c.word == word)
        return or_(begins, and_(is_name(entries), is_alike))

    @cached_property
    def passages(self) -> Any:
        """The text of each hit, with the start and the end of the passage."""
        starts = self._starts
        words = self._words
        last = select(func.max(words.c.ends)).where(
            words.c.id == starts.c.id,
            words.c.starts >= starts.c.starts,
            words.c.ends <= starts.c.starts + number(PASSAGE_MOST),
        )
        end = func.coalesce(
            last.correlate(starts).scalar_subquery(), starts.c.starts + number(PASSAGE_MOST)
        )
        is_short = _is_short(starts.c.text)
        ends = case((is_short, func.length(starts.c.text)), else_=end)
        return select(*starts.c, ends.label("ends")).cte("passages")

    @cached_property
    def _starts(self) -> Any:
        entries, shown, words = alias_of(ENTRIES), self._shown, self._words
        matching = self._words.alias()
        first = (
            select(func.min(matching.c.starts))
            .where(matching.c.id == entries.c.id, matching.c.is_match)
            .correlate(entries)
            .scalar_subquery()
        )
        start = (
            select(func.min(words.c.starts))
            .where(words.c.id == entries.c.id, words.c.starts >= first - number(BEFORE_MATCH))
            .correlate(entries)
            .scalar_subquery()
        )
        begins = case((_is_short(entries.c.text), number(0)), else_=func.coalesce(start, number(0)))
        source = shown.join(entries, entries.c.id == shown.c.id)
        query = select(entries.c.id, entries.c.text, begins.label("starts"))
        return query.select_from(source).cte("starts")

    @cached_property
    def spans(self) -> Any:
        """The positions of matches in the whole text."""
        words = self._words
        in_order = {"partition_by": words.c.id, "order_by": (words.c.starts, words.c.ends)}
        before = func.max(words.c.ends).over(rows=(None, -1), **in_order)
        is_new = case((words.c.starts < before, number(0)), else_=number(1))
        begun = (
            select(words.c.id, words.c.starts, words.c.ends, is_new.label("is_new"))
            .where(words.c.is_match)
            .subquery()
        )
        order = (begun.c.starts, begun.c.ends)
        nth = func.sum(begun.c.is_new).over(partition_by=begun.c.id, order_by=order)
        numbered = select(begun.c.id, begun.c.starts, begun.c.ends, nth.label("nth")).subquery()
        return (
            select(
                numbered.c.id,
                func.min(numbered.c.starts).label("starts"),
                func.max(numbered.c.ends).label("ends"),
            )
            .group_by(numbered.c.id, numbered.c.nth)
            .cte("spans")
        )


def _is_short(text: Expression) -> Expression:
    short: Expression = func.length(text) <= number(PASSAGE_MOST)
    return short
