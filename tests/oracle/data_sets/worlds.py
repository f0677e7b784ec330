"""The data sets of the tests, each with its history."""

from functools import cache
from random import Random

from tests.oracle.data_sets.editing import Editor
from tests.oracle.data_sets.invention import Inventor
from tests.oracle.data_sets.world import Revision, World

_FIRST = Revision(number=0, time="2025-01-01T00:00:00Z", author="nobody")


@cache
def invented(seed: int) -> World:
    """Returns the data set of this number at its newest revision. Number 0 is empty.

    It has up to twelve revisions, so that 9 and 10 are compared as numbers.
    """
    world = World(revision=_FIRST)
    if not seed:
        return world
    random = Random(seed)
    inventor = Inventor(random)
    world = inventor.world(world, inventor.revision(1, _FIRST))
    editor = Editor(inventor)
    for number in range(2, random.randint(2, 13)):
        world = editor.revised(world, inventor.revision(number, world.revision))
    return world
