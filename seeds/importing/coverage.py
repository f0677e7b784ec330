"""Where a data set looked: the years in which it covers each actor."""

from collections.abc import Iterable, Iterator, Mapping

from seeds.importing.spells import periods
from seeds.source import Entry

# An actor, and the one at the other end; None if it is with whomever.
Covered = tuple[str, str | None]


def coverage(covered: Mapping[Covered, Iterable[int]], role: str, file: str) -> Iterator[Entry]:
    """A record for each actor and period of years without a gap. `role`: of the actor there."""
    for (actor, counterpart), years in sorted(covered.items(), key=_named):
        for first, last in periods(years):
            fields = {
                "actor": actor,
                "role": role,
                "coversFrom": str(first),
                "coversUntil": str(last),
            }
            if counterpart is not None:
                fields["counterpart"] = counterpart
            key = " ".join(filter(None, (actor, counterpart, str(first))))
            yield Entry("Coverage", key, fields, file)


def _named(covered: tuple[Covered, Iterable[int]]) -> tuple[str, str]:
    (actor, counterpart), _ = covered
    return actor, counterpart or ""
