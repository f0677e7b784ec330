"""The changes of later revisions to the generated data, so that rows have several versions.

A share of the rows changes, spread evenly over the revisions: some rows more than once, most not at
all. The changed columns are those of the measured page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bench.generated.rows import Row, Sizes, count_evidence
from bench.generated.sample_text import PLACES, SENTENCES
from schema.vocabulary import STANCES, SUPPORT_PHASES

FIRST, LAST = 2, 51
# Half of the changes lie before it.
MIDDLE = (FIRST + LAST) // 2
SHARE = 0.1

# The columns that change, by table.
CHANGED = {
    "support": ("phase", "place"),
    "statement": ("text", "credibility"),
    "evidence": ("stance",),
}

_FILLED_AT = datetime.fromisoformat("2024-01-02T00:00:00")


@dataclass(frozen=True)
class Revision:
    """One write. `rows`: by table, the new values of the changed columns, then the row's id."""

    row: Row
    rows: dict[str, list[Row]]


def revisions(sizes: Sizes, random: Random) -> Iterator[Revision]:
    """One per day, from the day after the first revision."""
    for number in range(FIRST, LAST + 1):
        time = _FILLED_AT + timedelta(days=number - 1)
        row = (number, f"{time.isoformat()}Z", "bench", "Generated changes.")
        yield Revision(row, _changes(sizes, random))


def _changes(sizes: Sizes, random: Random) -> dict[str, list[Row]]:
    return {
        "support": [
            (random.choice(SUPPORT_PHASES.codes), random.choice(PLACES), id)
            for id in _chosen(sizes.supports, random)
        ],
        "statement": [
            (" ".join(random.choices(SENTENCES, k=2)), random.randint(1, 6), id)
            for id in _chosen(sizes.statements, random)
        ],
        "evidence": [
            (random.choice(STANCES.codes), id) for id in _chosen(count_evidence(sizes), random)
        ],
    }


def _chosen(count: int, random: Random) -> list[int]:
    """The ids of the rows that a revision changes."""
    return random.sample(range(1, count + 1), int(count * SHARE / (LAST - FIRST + 1)))
