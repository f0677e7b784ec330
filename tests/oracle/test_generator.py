"""The generator reaches every field, every operator and every form of a request."""

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.documents import Question, questions
from tests.oracle.generator.observation import WAYS, coordinates, observe, observe_answer
from tests.oracle.resolvers.resolvers import answer

DRAWS = 1_200
# Data sets with many changes of each kind, and a long history.
WORLDS = (3, 5, 6, 9)
SEEN: Counter[str] = Counter()


@given(st.sampled_from(WORLDS).flatmap(lambda seed: st.tuples(st.just(seed), questions(seed))))
@settings(
    max_examples=DRAWS,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
def _draw(drawn: tuple[int, Question]) -> None:
    seed, question = drawn
    observe(question, SEEN)
    for variables in question.variables:
        given_answer = answer(invented(seed), question.document, variables, question.operation_name)
        assert "errors" not in given_answer
        observe_answer(given_answer["data"], SEEN)


def test_reaches_everything() -> None:
    """1,200 valid queries use every form of a request, and every field and operator of some type.

    They miss a few fields of single types by chance: a scalar has up to ten operators, and some
    scalars have a single field.
    """
    _draw()
    known = set(coordinates())
    seen = {name for name, count in SEEN.items() if count}
    assert WAYS - seen == set()
    assert {_last(name) for name in known} - {_last(name) for name in seen} == set()
    assert len(known - seen) <= len(known) // 30


def _last(coordinate: str) -> str:
    return coordinate.rpartition(".")[2]
