"""Holds the records of a data set until they are written.

A file may have more records than fit in memory. They wait in a temporary SQLite database, which is
in memory while it is small, spills to disk if it grows, and is dropped with its connection.
"""

import pickle
import sqlite3
from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import Any

from schema.concepts import CONCEPTS
from schema.writing.drafts import written_columns
from seeds.drafts import SeedRecord
from seeds.source import Entry

# The number of records that are in memory, looked up and written at once.
BATCH_RECORDS = 2_000

_CACHE_KIB = 8_192
_TABLES = f"""
PRAGMA cache_size = -{_CACHE_KIB};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE record (
  place INTEGER PRIMARY KEY, concept TEXT, key TEXT, content BLOB, id INTEGER,
  is_put_off INTEGER NOT NULL DEFAULT 0, UNIQUE (concept, key)
);
CREATE INDEX record_concept ON record (concept);
CREATE TABLE told_apart (
  concept TEXT, digest BLOB, key TEXT, PRIMARY KEY (concept, digest)
) WITHOUT ROWID;
BEGIN
"""


class Stage:
    """The records of the data set that is being loaded, and their ids so far."""

    def __init__(self) -> None:
        """Creates an empty stage."""
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.executescript(_TABLES)
        self._counts: dict[str, int] = {}
        self._has_put_off: set[str] = set()

    def close(self) -> None:
        """Drops all records."""
        self._file.close()

    def add(self, draft: SeedRecord) -> None:
        """Adds a record. Raises SeedError if the key exists already."""
        entry = draft.entry
        row = (entry.concept, entry.key, _content(draft))
        try:
            self._file.execute("INSERT INTO record (concept, key, content) VALUES (?, ?, ?)", row)
        except sqlite3.IntegrityError:
            raise entry.error("It is there twice.") from None
        self._counts[entry.concept] = self.count(entry.concept) + 1

    def count(self, concept: str) -> int:
        """Returns the number of staged records of a concept."""
        return self._counts.get(concept, 0)

    def put(self, draft: SeedRecord) -> None:
        """Replaces the record that has the same key."""
        self._file.execute(
            "UPDATE record SET content = ? WHERE concept = ? AND key = ?",
            (_content(draft), draft.entry.concept, draft.entry.key),
        )

    def has(self, concept: str, key: str) -> bool:
        """Whether the data set states a record with the key."""
        query = "SELECT 1 FROM record WHERE concept = ? AND key = ?"
        return self._file.execute(query, (concept, key)).fetchone() is not None

    def get(self, concept: str, key: str) -> SeedRecord | None:
        """Returns a staged record, or None."""
        query = "SELECT content FROM record WHERE concept = ? AND key = ?"
        found = self._file.execute(query, (concept, key)).fetchone()
        return _draft(concept, key, found[0]) if found else None

    def batches(self, concept: str) -> Iterator[list[SeedRecord]]:
        """Yields the records of a concept in the order in which they were added.

        Records of a concept with slugs are one batch, because matching one depends on the others.
        They are few enough for that.
        """
        most = -1 if CONCEPTS[concept].has_slug else BATCH_RECORDS
        return self._read(concept, most, is_put_off=False)

    def put_off(self, drafts: Collection[SeedRecord]) -> None:
        """Marks records that `batches_put_off` yields again."""
        self._has_put_off |= {draft.entry.concept for draft in drafts}
        self._file.executemany(
            "UPDATE record SET is_put_off = 1 WHERE concept = ? AND key = ?",
            ((draft.entry.concept, draft.entry.key) for draft in drafts),
        )

    def batches_put_off(self, concept: str) -> Iterator[list[SeedRecord]]:
        """Yields the records that were put off."""
        if concept in self._has_put_off:
            yield from self._read(concept, BATCH_RECORDS, is_put_off=True)

    def _read(self, concept: str, most: int, *, is_put_off: bool) -> Iterator[list[SeedRecord]]:
        query = (
            "SELECT place, key, content FROM record WHERE concept = ? AND place > ?"
            " AND is_put_off >= ? ORDER BY place LIMIT ?"
        )
        last = 0
        while rows := self._file.execute(query, (concept, last, is_put_off, most)).fetchall():
            last = rows[-1][0]
            yield [_draft(concept, key, content) for _, key, content in rows]

    # --- ids and sameness -------------------------------------------------------------------------

    def give_id(self, concept: str, key: str, record: int) -> None:
        """Stores the id of a record, which is now in the database."""
        row = (record, concept, key)
        self._file.execute("UPDATE record SET id = ? WHERE concept = ? AND key = ?", row)

    def id_of(self, concept: str, key: str) -> int | None:
        """Returns the id of a record, or None if it has none yet."""
        query = "SELECT id FROM record WHERE concept = ? AND key = ?"
        found = self._file.execute(query, (concept, key)).fetchone()
        return found[0] if found else None

    def first_alike(self, concept: str, identity: tuple[Any, ...], key: str) -> str:
        """Returns the key of the first record with this identity, which may be `key` itself."""
        digest = blake2b(repr(identity).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        row = (concept, digest, key)
        if self._file.execute("INSERT OR IGNORE INTO told_apart VALUES (?, ?, ?)", row).rowcount:
            return key
        query = "SELECT key FROM told_apart WHERE concept = ? AND digest = ?"
        first: str = self._file.execute(query, row[:2]).fetchone()[0]
        return first


def _content(draft: SeedRecord) -> bytes:
    # The values are in the order of the table's columns, so their names are not stored.
    content = (draft.entry.file, draft.stated, tuple(draft.row.values()), draft.lists)
    return pickle.dumps(content, pickle.HIGHEST_PROTOCOL)


def _draft(concept: str, key: str, content: bytes) -> SeedRecord:
    # Safe: this process wrote the content, into a file that no other process can open.
    file, stated, values, lists = pickle.loads(content)  # noqa: S301
    found = CONCEPTS[concept]
    row = dict(zip(written_columns(found.table), values, strict=True))
    return SeedRecord(
        concept=found, row=row, entry=Entry(concept, key, {}, file), stated=stated, lists=lists
    )
