"""Checks the counts of similar supports against the supports."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

# Runs a select.
Rows = Callable[[str], Iterable[tuple[Any, ...]]]

COLUMNS = (
    "kind, phase, attribution, supporter_id, recipient_id, against_id, conflict_id, dataset_id"
)


def counted(rows: Rows) -> Counter[tuple[Any, ...]]:
    """Returns the stored counts, except zeros, by the values that the supports share."""
    kept = list(rows(f"SELECT {COLUMNS}, supports FROM support_count"))
    numbers = {tuple(each[:-1]): each[-1] for each in kept}
    assert len(numbers) == len(kept), "Something is counted twice."
    return Counter({alike: number for alike, number in numbers.items() if number})


def check_counts(rows: Rows) -> None:
    """Checks that the counts equal the numbers of supports."""
    assert counted(rows) == Counter(map(tuple, rows(f"SELECT {COLUMNS} FROM support")))
