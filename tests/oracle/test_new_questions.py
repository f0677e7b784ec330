"""Planner and oracle agree on new random queries in each run.

The seed is printed at the end of the run; ALLYGRAPH_ORACLE_SEED repeats the same queries.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.oracle.agreement import Ask
from tests.oracle.conftest import NEW_SEED, Library
from tests.oracle.generator.documents import Question
from tests.oracle.test_oracle import CASES, agree_on
from tests.runner.parts import examples
from tests.stores import ON_POSTGRESQL


@pytest.mark.sampled
@seed(NEW_SEED)
@given(case=CASES)
@settings(
    max_examples=examples(30, 100) if ON_POSTGRESQL else examples(60, 300),
    database=None,
    print_blob=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
def test_planner_and_oracle_agree_on_new_questions(
    ask: Ask, library: Library, case: tuple[int, Question]
) -> None:
    agree_on(ask, library, case)
