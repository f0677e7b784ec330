"""No hostile request delays another client for long. `make hostile` prints the costs.

The bounds are generous, since other tests run at the same time: a new way to be expensive costs
seconds or hundreds of megabytes.
"""

from pathlib import Path

import pytest

from tests.databases import EACH_SORT, new_database
from tests.hostile.attack import attacking
from tests.hostile.collection import COLLECTION

WAIT_MS, MEMORY_MIB = 1_500, 300
SECONDS = 10


def test_each_request_has_a_name_of_its_own() -> None:
    assert len({hostile.name for hostile in COLLECTION}) == len(COLLECTION) >= 60


@pytest.mark.parametrize("sort", EACH_SORT)
def test_an_innocent_client_is_answered_soon(sort: str, tmp_path: Path) -> None:
    with new_database(sort, tmp_path) as url, attacking(url) as attack:
        before = attack.memory()
        felt = list(attack.one_by_one(COLLECTION, times=1))
        together = attack.together(COLLECTION, SECONDS)
        grown = attack.memory() - before
    slow = [(each.name, each.longest_wait) for each in felt if each.longest_wait > WAIT_MS]
    assert slow == []
    # None of these is an error of the service.
    assert [(each.name, each.answer) for each in felt if each.answer.startswith("5")] == []
    assert together.longest_wait < WAIT_MS
    assert grown < MEMORY_MIB
