"""Planner and oracle agree on random queries, and so do the planner's two exits.

`ALLYGRAPH_ORACLE_EXAMPLES` is the number of queries. If it is not set, each run has the same
queries, and fewer on PostgreSQL, where they take longer. If it is set, the queries are new, and a
failure prints how to repeat it. `test_new_questions.py` runs more in the deep part.
"""

import os

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.documents import Question, questions
from tests.oracle.resolvers.resolvers import answer
from tests.stores import ON_POSTGRESQL

EXAMPLES = os.environ.get("ALLYGRAPH_ORACLE_EXAMPLES")
QUESTIONS = 30 if ON_POSTGRESQL else 80
# World 0 is the empty one.
WORLDS = range(12)
CASES = st.sampled_from(WORLDS).flatmap(lambda seed: st.tuples(st.just(seed), questions(seed)))


@given(case=CASES)
@settings(
    max_examples=int(EXAMPLES or QUESTIONS),
    derandomize=EXAMPLES is None,
    database=None,
    print_blob=True,
    # Explaining a failure runs hundreds of queries more, without information about SQL.
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
def test_planner_and_oracle_agree(ask: Ask, library: Library, case: tuple[int, Question]) -> None:
    agree_on(ask, library, case)


def agree_on(ask: Ask, library: Library, case: tuple[int, Question]) -> None:
    """Checks that both return the same values and keys in the same order, through both exits."""
    seed, question = case
    path = library.database(seed)
    first, second = question.variables
    for variables in (first, second) if first != second else (first,):
        note(f"world {seed}, operation {question.operation_name}, variables {variables}")
        note(question.document)
        asked = (question.document, variables, question.operation_name)
        expected = as_text(answer(invented(seed), *asked))
        assert as_text(ask(path, *asked, "text")) == expected
        assert as_text(ask(path, *asked, "tree")) == expected
