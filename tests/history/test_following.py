"""An earlier state with all later changes applied equals the current state."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.history.following import Door, GraphQLDoor, RESTDoor, followed
from tests.history.stage import Stage
from tests.runner.parts import examples


@pytest.mark.sampled
@pytest.mark.parametrize("door_type", [GraphQLDoor, RESTDoor])
@given(random=st.randoms(use_true_random=False))
@settings(
    max_examples=examples(10, 20),
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_changes_lead_from_each_state_to_today(
    stage: Stage, door_type: type[Door], random: Random
) -> None:
    door = door_type(stage.editor)
    revisions = sorted({0, *stage.revisions(random)})
    today = door.state(revisions[-1])
    for revision in revisions:
        assert followed(door, revision, random) == today
