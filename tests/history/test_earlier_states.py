"""After any writes, each earlier state is returned as it was when it was current."""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.history.asking import Moment, everything
from tests.history.stage import Stage
from tests.runner.parts import examples
from tests.stores import ON_POSTGRESQL


@pytest.mark.sampled
@given(random=st.randoms(use_true_random=False))
@settings(
    # Each takes half a minute on PostgreSQL.
    max_examples=examples(2 if ON_POSTGRESQL else 3, 8),
    derandomize=True,
    # Shrinking takes minutes, and a shorter random sequence is no easier to read.
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_earlier_states_are_answered_as_they_were(stage: Stage, random: Random) -> None:
    editor = stage.editor
    then = {number: everything(editor, Moment()) for number in stage.revisions(random)}
    for number, answered in then.items():
        assert everything(editor, Moment(revision=number)) == answered
    times = dict(editor.rows("SELECT time, max(number) FROM revision GROUP BY time"))
    for time, number in times.items():
        if number in then:
            assert everything(editor, Moment(time=time)) == then[number]
