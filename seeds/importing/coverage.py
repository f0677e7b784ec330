"""Where a data set looked: the years in which it covers each actor."""

from collections.abc import Hashable, Iterable, Iterator, Mapping

from seeds.importing.spells import periods
from seeds.source import Entry

# An actor, and the one at the other end; None if it is with whomever.
Covered = tuple[str, str | None]


class Unclear:
    """Of what rejected rows are: what they have of it is not known, so it is no observed zero."""

    def __init__(self) -> None:
        """No row is rejected."""
        self._rows: set[tuple[Hashable, Hashable]] = set()

    def add(self, who: Hashable | None, when: Hashable | None) -> None:
        """Notes a row. None where it cannot be read: it may be of anybody, or of any time."""
        self._rows.add((who, when))

    def says(self, who: Hashable, when: Hashable) -> bool:
        """Whether a rejected row is of it."""
        return (who, when) in self._rows

    def has(self, who: Hashable, when: Hashable) -> bool:
        """Whether a rejected row is or may be of it."""
        mays = ((who, when), (who, None), (None, when), (None, None))
        return any(may in self._rows for may in mays)


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
