"""Whatever is written, the index of search has the texts of the records, and when they had them."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.history.stage import Stage
from tests.http.editing import Editor
from tests.runner.parts import examples

# By type and field of the entries: the history that has the texts, and whose they are.
TEXTS = {
    (0, 0): ("actor_history", "id", "name"),
    (0, 1): ("actor_alias_history", "actor_id", "name"),
    (0, 2): ("actor_code_history", "actor_id", "value"),
    (1, 0): ("conflict_history", "id", "name"),
    (1, 1): ("conflict_code_history", "conflict_id", "value"),
    (2, 0): ("support_history", "id", "summary"),
    (3, 0): ("statement_history", "id", "text"),
    (4, 0): ("source_history", "id", "title"),
}
SEARCH = "query ($text: String!) %s { search(text: $text, first: 100) { nodes { %s } } }"
HIT = "type text matches { start end } record { id }"

Texts = dict[int, set[tuple[Any, ...]]]


def texts_of_records(editor: Editor, revisions: list[int]) -> Texts:
    """The texts of each revision, by the histories: those with a letter or a digit."""
    texts: Texts = defaultdict(set)
    for place, (table, key, column) in TEXTS.items():
        query = f"SELECT {key}, {column}, from_revision, until_revision FROM {table}"
        for record, text, since, until in editor.rows(query):
            if text and any(letter.isalnum() for letter in text):
                for revision in (each for each in revisions if since <= each < until):
                    texts[revision].add((*place, record, text))
    return texts


def texts_of_entries(editor: Editor, revisions: list[int]) -> Texts:
    texts: Texts = defaultdict(set)
    for *entry, since, until in entries(editor):
        for revision in (each for each in revisions if since <= each < until):
            texts[revision].add(tuple(entry))
    return texts


def entries(editor: Editor) -> Iterator[tuple[Any, ...]]:
    columns = "type, field, record_id, text, from_revision, until_revision"
    yield from editor.rows(f"SELECT {columns} FROM search_entry")


def found(editor: Editor, text: str, directive: str = "") -> Any:
    return editor.ask(SEARCH % (directive, HIT), {"text": text})["data"]["search"]["nodes"]


@pytest.mark.sampled
@given(random=st.randoms(use_true_random=False))
@settings(
    max_examples=examples(2, 5),
    derandomize=True,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_index_has_the_texts_of_every_revision(stage: Stage, random: Random) -> None:
    editor = stage.editor
    then = {
        number: [found(editor, text) for text in ("iran", "claim", "київ", "1")]
        for number in stage.revisions(random)
    }
    revisions = list(then)
    assert texts_of_entries(editor, revisions) == texts_of_records(editor, revisions)
    # What is the same from one revision to the next is one entry, and no entry is there twice.
    starts = [(*each[:-2], each[-2]) for each in entries(editor)]
    ends = [(*each[:-2], each[-1]) for each in entries(editor)]
    assert len({*starts}) == len(starts)
    assert not {*starts} & {*ends}
    for number, answered in then.items():
        directive = f"@asOf(revision: {number})"
        asked = [found(editor, text, directive) for text in ("iran", "claim", "київ", "1")]
        assert asked == answered
