"""The collector of garbage while a data set is loaded."""

import gc
from contextlib import suppress

from seeds.garbage import rare_collections


def test_collections_are_rare_within_and_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with suppress(KeyError), rare_collections():
        assert gc.get_threshold()[0] > 100 * before[0]
        raise KeyError
    assert gc.get_threshold() == before
