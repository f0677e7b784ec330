"""What the numbers of supports that are alike have to be: those of the supports."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

# Runs a select.
Rows = Callable[[str], Iterable[tuple[Any, ...]]]

COLUMNS = (
    "kind, phase, attribution, supporter_id, recipient_id, against_id, conflict_id, dataset_id"
)


def counted(rows: Rows) -> Counter[tuple[Any, ...]]:
    """The numbers that are kept, by what the supports are counted by; not those that are 0."""
    kept = list(rows(f"SELECT {COLUMNS}, supports FROM support_count"))
    numbers = {tuple(each[:-1]): each[-1] for each in kept}
    assert len(numbers) == len(kept), "Something is counted twice."
    return Counter({alike: number for alike, number in numbers.items() if number})


def check_counts(rows: Rows) -> None:
    """The numbers are those of the supports that are there."""
    assert counted(rows) == Counter(map(tuple, rows(f"SELECT {COLUMNS} FROM support")))
