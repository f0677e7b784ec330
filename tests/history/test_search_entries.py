"""After any writes, the search index has the texts of the records at each revision.

Also the counts of similar supports are correct.
"""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.counted_supports import check_counts
from tests.history.stage import Stage
from tests.http.editing import Editor
from tests.runner.parts import examples
from tests.searched_texts import check_entries

SEARCH = "query ($text: String!) %s { search(text: $text, first: 100) { nodes { %s } } }"
HIT = "type text matches { start end } record { id }"


def found(editor: Editor, text: str, directive: str = "") -> Any:
    return editor.ask(SEARCH % (directive, HIT), {"text": text})["data"]["search"]["nodes"]


@pytest.mark.sampled
@given(random=st.randoms(use_true_random=False))
@settings(
    max_examples=examples(2, 5),
    derandomize=True,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_index_has_the_texts_of_every_revision(stage: Stage, random: Random) -> None:
    editor = stage.editor
    then = {
        number: [found(editor, text) for text in ("iran", "claim", "київ", "1")]
        for number in stage.revisions(random)
    }
    check_entries(editor.rows, list(then))
    check_counts(editor.rows)
    for number, answered in then.items():
        directive = f"@asOf(revision: {number})"
        asked = [found(editor, text, directive) for text in ("iran", "claim", "київ", "1")]
        assert asked == answered
