"""Keeps the index of search: the entries of records follow from the history of their texts.

A writer calls `enter_texts` once all of a revision is written, in the same transaction. It reads
which records the revision changed from their history, so no writer can enter anything else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    Connection,
    Integer,
    Select,
    bindparam,
    delete,
    literal,
    select,
    union,
    update,
)
from sqlmodel import SQLModel

from schema.folding import Word, folded_text, words_of
from schema.many_rows import find_many, many_rows
from schema.names import forms_of, sound_of
from schema.records.history import FROM_REVISION, HISTORY, TOMBSTONES, UNTIL_REVISION
from schema.records.search_entry import SearchEntry, SearchForm
from schema.search import SEARCH_TYPES, SearchedText, SearchType

_ENTRIES = SQLModel.metadata.tables[str(SearchEntry.__tablename__)]
_FORMS = SQLModel.metadata.tables[str(SearchForm.__tablename__)]
# Records whose texts are compared with their entries at once. Entries of one batch are written in
# the order of their size, which SQLite takes many times as fast as any other order.
_BATCH_RECORDS = 5_000
_COLUMNS = (
    *("type", "record_id", "field", "text", "folded", "size", "words"),
    *(FROM_REVISION, UNTIL_REVISION),
)
_END = (
    update(_ENTRIES)
    .where(_ENTRIES.c.id == bindparam("entry"))
    .values({UNTIL_REVISION: bindparam("until")})
)
_REMOVE = delete(_ENTRIES).where(_ENTRIES.c.id == bindparam("entry"))


class _Key(NamedTuple):
    """What a record has but one entry of: a text of one of its fields, from one revision on."""

    record_id: int
    field: int
    text: str
    since: int


def enter_texts(connection: Connection, after: int) -> None:
    """Brings the index to the history of all records that later revisions than this changed.

    On a connection that has the lock of writers. `after` -1: of all records there have been.
    """
    changed: dict[int, list[int]] = defaultdict(list)
    for place, record_id in connection.execute(_CHANGED, {"after": after}):
        changed[place].append(record_id)
    for place, type_ in enumerate(SEARCH_TYPES.values()):
        records = sorted(changed[place])
        for start in range(0, len(records), _BATCH_RECORDS):
            _Entries(connection, place, type_).bring(records[start : start + _BATCH_RECORDS])


def _changed() -> Any:
    """The records that revisions changed: their types and keys.

    What changes a part of a record, such as an alias, makes a version of the record as well.
    """
    parts: list[Select[Any]] = []
    for place, type_ in enumerate(SEARCH_TYPES.values()):
        history = HISTORY[type_.table]
        later = history.c[FROM_REVISION] > bindparam("after")
        parts.append(select(literal(place, Integer), history.c.id).where(later))
        is_its = TOMBSTONES.c.kind == type_.table
        gone = is_its & (TOMBSTONES.c.revision > bindparam("after"))
        parts.append(select(literal(place, Integer), TOMBSTONES.c.id).where(gone))
    return union(*parts)


_CHANGED = _changed()


class _Entries:
    """The entries of some records of one type."""

    def __init__(self, connection: Connection, place: int, type_: SearchType) -> None:
        self._connection = connection
        self._place = place
        self._type = type_

    def bring(self, records: Sequence[int]) -> None:
        """Writes what differs between the texts of the records and their entries."""
        expected = self._expected(records)
        ended, removed = [], []
        for entry, key, until in self._existing(records):
            if key not in expected:
                removed.append({"entry": entry})
            elif expected.pop(key) != until:
                ended.append({"entry": entry, "until": self._until[key]})
        if removed:
            self._connection.execute(_REMOVE, removed)
        if ended:
            self._connection.execute(_END, ended)
        if expected:
            self._enter(expected)

    def _expected(self, records: Sequence[int]) -> dict[_Key, int]:
        """The entries that there have to be, with the revision that ends each."""
        versions: dict[tuple[int, int, str], list[tuple[int, int]]] = defaultdict(list)
        for field, text in enumerate(self._type.texts):
            for record_id, value, since, until in self._versions(text, records):
                if value is not None:
                    versions[record_id, field, value].append((since, until))
        self._until = {
            _Key(*key, since): until
            for key, spans in versions.items()
            for since, until in _joined(spans)
        }
        return dict(self._until)

    def _versions(self, text: SearchedText, records: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        wanted = (text.near, text.column, FROM_REVISION, UNTIL_REVISION)
        keys = [(each,) for each in records]
        return find_many(self._connection, HISTORY[text.table], wanted, (text.near,), keys)

    def _existing(self, records: Sequence[int]) -> Iterator[tuple[int, _Key, int]]:
        wanted = ("id", "record_id", "field", "text", FROM_REVISION, UNTIL_REVISION)
        keys = [(self._place, each) for each in records]
        by = ("type", "record_id")
        for entry, *key, until in find_many(self._connection, _ENTRIES, wanted, by, keys):
            yield entry, _Key(*key), until

    def _enter(self, new: dict[_Key, int]) -> None:
        rows, name_words = [], set[str]()
        for key, until in new.items():
            words = words_of(key.text)
            # What has no letters or digits can't be found.
            if words:
                rows.append(self._row(key, words, until))
                if self._type.texts[key.field].is_name:
                    name_words.update(word.folded for word in words)
        rows.sort(key=lambda row: (row[_COLUMNS.index("size")], row))
        many_rows(self._connection).insert(self._connection, _ENTRIES, _COLUMNS, rows)
        _enter_forms(self._connection, name_words)

    def _row(self, key: _Key, words: list[Word], until: int) -> tuple[Any, ...]:
        folded = folded_text(words)
        places = orjson.dumps([list(word) for word in words]).decode()
        size = len(folded)
        record_id, field, text, since = key
        return (self._place, record_id, field, text, folded, size, places, since, until)


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of revisions, those that meet or overlap as one."""
    first, *others = sorted(spans)
    start, end = first
    for since, until in others:
        if since > end:
            yield start, end
            start, end = since, until
        else:
            end = max(end, until)
    yield start, end


def _enter_forms(connection: Connection, words: Iterable[str]) -> None:
    """Enters the forms of words that no name has had yet."""
    sounds = {(sound_of(word), word) for word in words if forms_of(word)}
    known = set(find_many(connection, _FORMS, ("form", "word"), ("form", "word"), sounds))
    rows = sorted((form, word) for _, word in sounds - known for form in forms_of(word))
    if rows:
        many_rows(connection).insert(connection, _FORMS, ("form", "word"), rows)
