"""Where a data set looked: the years in which it covers each actor."""

from collections.abc import Iterable, Iterator, Mapping

from seeds.importing.spells import periods
from seeds.source import Entry


def coverage(covered: Mapping[str, Iterable[int]], role: str, file: str) -> Iterator[Entry]:
    """A record for each actor and period of years without a gap. `role`: of the actor there."""
    for actor, years in sorted(covered.items()):
        for first, last in periods(years):
            fields = {
                "actor": actor,
                "role": role,
                "coversFrom": str(first),
                "coversUntil": str(last),
            }
            yield Entry("Coverage", f"{actor} {first}", fields, file)
