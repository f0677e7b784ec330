"""Maintains the search index: derives the entries of a record from its texts.

A writer calls `enter_texts` after all other writes of a revision, in the same transaction, for all
records whose texts it may have changed. A migration calls `enter_history`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import orjson
from sqlalchemy import Column, Connection, Integer, Select, bindparam, literal, select, union

from schema.many_rows import find_many
from schema.records.history import FROM_REVISION, HISTORY, STILL, TOMBSTONES, UNTIL_REVISION
from schema.search import BEGINNING_INDEXED, SEARCH_TYPES, SearchedText, SearchType
from schema.search.postgresql import PostgreSQLEntries
from schema.search.sqlite import SQLiteEntries
from schema.values.folding import folded_text, words_of
from schema.values.names import forms_of
from schema.writing.short_statements import read

# The ids of records, by the position of their type.
Records = Mapping[int, Collection[int]]

# The number of records whose texts are compared with their entries at once.
_BATCH_RECORDS = 1_000
_TYPES: Sequence[SearchType] = tuple(SEARCH_TYPES.values())


class Entries(Protocol):
    """The operations that differ between databases."""

    @property
    def is_among(self) -> str:
        """The comparison of a column with a list of ids that is bound as one parameter.

        The comparison must use an index, whatever the statistics of the table.
        """

    def bound(self, ids: list[int]) -> Any:
        """Returns the ids as the value of that parameter."""

    def write(
        self,
        connection: Connection,
        new: Sequence[tuple[Any, ...]],
        vocabulary: Sequence[str],
        forms: Sequence[tuple[str, str]],
        ended: Sequence[int],
        until: int,
    ) -> None:
        """Inserts new entries, ends others, and inserts words and forms that are missing."""


_BY_DIALECT: Mapping[str, Entries] = MappingProxyType(
    {"sqlite": SQLiteEntries(), "postgresql": PostgreSQLEntries()}
)


class _Key(NamedTuple):
    """The identity of a current entry: a record, one of its fields, and the text."""

    type: int
    field: int
    record_id: int
    text: str


def enter_texts(connection: Connection, revision: int, records: Records) -> None:
    """Updates the entries of records to their current texts.

    The connection must hold the lock of writers. Call it once in a revision, after all other
    writes.
    """
    for batch in _batches(records):
        _update(connection, revision, batch)


def enter_new_texts(
    connection: Connection,
    revision: int,
    texts: Mapping[tuple[int, int], Collection[tuple[int, str]]],
) -> None:
    """Enters the texts of records that the revision created, without reading them again.

    `texts`: by the position of the type and the id of the record; each text with the position of
    its field.
    """
    new = [
        (_Key(type_, field, record, text), revision, STILL)
        for (type_, record), found in texts.items()
        for field, text in found
    ]
    _write(connection, new)


def _batches(records: Records) -> Iterator[Mapping[int, list[int]]]:
    rest = ((type_, each) for type_ in sorted(records) for each in sorted(records[type_]))
    while some := list(islice(rest, _BATCH_RECORDS)):
        batch: dict[int, list[int]] = defaultdict(list)
        for type_, record in some:
            batch[type_].append(record)
        yield batch


def _update(connection: Connection, revision: int, records: Mapping[int, list[int]]) -> None:
    there: set[_Key] = set()
    entered: dict[_Key, int] = {}
    for row in _read(connection, records):
        key, entry = _Key(*row[:-1]), row[-1]
        if entry:
            entered[key] = entry
        else:
            there.add(key)
    new = [(key, revision, STILL) for key in there if key not in entered]
    ended = [entry for key, entry in entered.items() if key not in there]
    _write(connection, new, ended, revision)


def _read(connection: Connection, records: Mapping[int, list[int]]) -> Iterable[Sequence[Any]]:
    """Reads the texts of the records and their entries that have not ended.

    A row has the type, the field, the record, the text and the id of the entry, or 0 for a text.
    """
    entries = _BY_DIALECT[connection.dialect.name]
    statement, parameters = _statement(tuple(records), entries.is_among)
    ids = {place: entries.bound(each) for place, each in records.items()}
    return read(connection, statement, tuple(ids[place] for place in parameters))


@lru_cache
def _statement(types: tuple[int, ...], is_among: str) -> tuple[str, list[int]]:
    """Returns the statement that reads records of these types, and the type of each parameter."""
    parts, parameters = [], []
    for place in types:
        texts = _TYPES[place].texts
        for field, text in enumerate(texts):
            parts.append(
                f"SELECT {place}, {field}, {text.near}, {text.column}, 0 FROM {text.table} "
                f"WHERE {text.near} {is_among} AND {text.column} IS NOT NULL"
            )
        parts.append(
            "SELECT type, field, record_id, text, id FROM search_entry "
            f"WHERE type = {place} AND record_id {is_among} AND until_revision = {STILL}"
        )
        parameters += [place] * (len(texts) + 1)
    return " UNION ALL ".join(parts), parameters


def _write(
    connection: Connection,
    new: Iterable[tuple[_Key, int, int]],
    ended: Sequence[int] = (),
    until: int = 0,
) -> None:
    rows, vocabulary, name_words = [], set[str](), set[str]()
    for key, since, end in new:
        words = words_of(key.text)
        # A text without letters and digits cannot be found.
        if words:
            folded = folded_text(words)
            places = orjson.dumps([list(word) for word in words]).decode()
            # The size is the first column, for the order.
            rows.append((len(folded), *key, folded, places, since, end))
            vocabulary.update(w.folded for w in words if len(w.folded) > BEGINNING_INDEXED)
            if _TYPES[key.type].texts[key.field].is_name:
                name_words.update(word.folded for word in words)
    # SQLite inserts entries many times as fast in order of size as in any other order.
    rows.sort()
    forms = sorted((form, word) for word in name_words for form in forms_of(word))
    if rows or ended:
        entries = _BY_DIALECT[connection.dialect.name]
        entries.write(connection, rows, sorted(vocabulary), forms, sorted(ended), until)


# --- records that are not known ------------------------------------------------------------------


def enter_revision(connection: Connection, revision: int) -> None:
    """Updates the entries of all records that the revision changed, read from the history."""
    for place, type_ in enumerate(_TYPES):
        history = HISTORY[type_.table]
        written = select(history.c.id).where(history.c[FROM_REVISION] == revision)
        gone = select(TOMBSTONES.c.id).where(
            TOMBSTONES.c.kind == type_.table, TOMBSTONES.c.revision == revision
        )
        for query, id_ in ((written, history.c.id), (gone, TOMBSTONES.c.id)):
            for ids in _pages(connection, query, id_):
                _update(connection, revision, {place: ids})


def _pages(connection: Connection, query: Select[Any], id_: Column[Any]) -> Iterator[list[int]]:
    """Yields the ids that a query finds, in pages, because a load may write millions."""
    page = query.order_by(id_).limit(_BATCH_RECORDS)
    ids = list(connection.scalars(page))
    while ids:
        yield ids
        ids = list(connection.scalars(page.where(id_ > ids[-1])))


def _changed_since(connection: Connection, revision: int) -> Records:
    """Returns the records that later revisions changed, read from the history."""
    changed: dict[int, list[int]] = defaultdict(list)
    for type_, record in connection.execute(_CHANGED, {"after": revision}):
        changed[type_].append(record)
    return changed


def _changed() -> Any:
    """Returns the query of changed records. A changed part, such as an alias, counts too."""
    parts: list[Select[Any]] = []
    for place, type_ in enumerate(_TYPES):
        history = HISTORY[type_.table]
        later = history.c[FROM_REVISION] > bindparam("after")
        parts.append(select(literal(place, Integer), history.c.id).where(later))
        is_its = TOMBSTONES.c.kind == type_.table
        gone = is_its & (TOMBSTONES.c.revision > bindparam("after"))
        parts.append(select(literal(place, Integer), TOMBSTONES.c.id).where(gone))
    return union(*parts)


_CHANGED = _changed()


def enter_history(connection: Connection) -> None:
    """Fills an empty index with all current and former texts of records."""
    for batch in _batches(_changed_since(connection, -1)):
        for place, records in batch.items():
            _write(connection, _spans(connection, place, records))


def _spans(
    connection: Connection, place: int, records: Sequence[int]
) -> Iterator[tuple[_Key, int, int]]:
    """Yields each text with the revisions from which and until which a record had it."""
    versions: dict[_Key, list[tuple[int, int]]] = defaultdict(list)
    for field, text in enumerate(_TYPES[place].texts):
        for record, value, since, until in _versions(connection, text, records):
            if value is not None:
                versions[_Key(place, field, record, value)].append((since, until))
    for key, spans in versions.items():
        for since, until in _joined(spans):
            yield key, since, until


def _versions(
    connection: Connection, text: SearchedText, records: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    wanted = (text.near, text.column, FROM_REVISION, UNTIL_REVISION)
    keys = [(each,) for each in records]
    return find_many(connection, HISTORY[text.table], wanted, (text.near,), keys)


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yields spans of revisions, merging those that touch or overlap."""
    first, *others = sorted(spans)
    start, end = first
    for since, until in others:
        if since > end:
            yield start, end
            start, end = since, until
        else:
            end = max(end, until)
    yield start, end
