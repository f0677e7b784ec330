"""The random sequences contain every kind of write to every kind of record."""

import re
from itertools import product
from random import Random

from tests.history.random_writer import WRITTEN
from tests.history.stage import Stage

SEQUENCES = 40


def test_writes_at_random_are_of_every_kind(stage: Stage) -> None:
    done = set()
    for seed in range(SEQUENCES):
        list(stage.revisions(Random(seed)))
        for (message,) in stage.editor.rows("SELECT message FROM revision WHERE number > 1"):
            for verb, things in re.findall(r"(\w+) ([^.]+)\.", message):
                done |= {(verb, thing.split("_")[0]) for thing in things.split(", ")}
    kinds = (concept.lower() for concept in WRITTEN)
    assert {*product(("Created", "Updated", "Deleted"), kinds), ("Merged", "actor")} <= done
