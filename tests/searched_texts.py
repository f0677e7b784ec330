"""Checks the search index against the texts in the histories of records."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

# Runs a select.
Rows = Callable[[str], Iterable[tuple[Any, ...]]]
Texts = dict[int, set[tuple[Any, ...]]]

# By type and field of an entry: the history with the texts, and the column of the record.
TEXTS = {
    (0, 0): ("actor_history", "id", "name"),
    (0, 1): ("actor_alias_history", "actor_id", "name"),
    (0, 2): ("actor_code_history", "actor_id", "value"),
    (1, 0): ("conflict_history", "id", "name"),
    (1, 1): ("conflict_code_history", "conflict_id", "value"),
    (2, 0): ("dataset_history", "id", "title"),
    (2, 1): ("dataset_history", "id", "slug"),
    (3, 0): ("support_history", "id", "summary"),
    (4, 0): ("statement_history", "id", "text"),
    (5, 0): ("source_history", "id", "title"),
}


def texts_of_records(rows: Rows, revisions: Collection[int]) -> Texts:
    """Returns the texts of each revision from the histories, if they have a letter or a digit."""
    texts: Texts = defaultdict(set)
    for place, (table, key, column) in TEXTS.items():
        query = f"SELECT {key}, {column}, from_revision, until_revision FROM {table}"
        for record, text, since, until in rows(query):
            if text and any(letter.isalnum() for letter in text):
                for revision in (each for each in revisions if since <= each < until):
                    texts[revision].add((*place, record, text))
    return texts


def texts_of_entries(rows: Rows, revisions: Collection[int]) -> Texts:
    texts: Texts = defaultdict(set)
    for *entry, since, until in entries(rows):
        for revision in (each for each in revisions if since <= each < until):
            texts[revision].add(tuple(entry))
    return texts


def entries(rows: Rows) -> list[tuple[Any, ...]]:
    columns = "type, field, record_id, text, from_revision, until_revision"
    return list(rows(f"SELECT {columns} FROM search_entry"))


def check_entries(rows: Rows, revisions: Collection[int]) -> None:
    """Checks that the index has the texts of each revision."""
    assert texts_of_entries(rows, revisions) == texts_of_records(rows, revisions)
    # A text that stays the same in the next revision is one entry, and no entry is duplicated.
    starts = [(*each[:-2], each[-2]) for each in entries(rows)]
    ends = [(*each[:-2], each[-1]) for each in entries(rows)]
    assert len({*starts}) == len(starts)
    assert not {*starts} & {*ends}
