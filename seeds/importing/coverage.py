"""Coverage of a data set: the years in which it observes each actor."""

from collections.abc import Hashable, Iterable, Iterator, Mapping

from seeds.importing.spells import periods
from seeds.source import Entry

# An actor and its counterpart; None for coverage with any counterpart.
Covered = tuple[str, str | None]


class Unclear:
    """The actors and times of rejected rows, whose missing support is not an observed zero."""

    def __init__(self) -> None:
        """Starts with no rejected rows."""
        self._rows: set[tuple[Hashable, Hashable]] = set()

    def add(self, who: Hashable | None, when: Hashable | None) -> None:
        """Adds a rejected row. None if the value cannot be read: the row may have any value."""
        self._rows.add((who, when))

    def notes(self) -> Iterator[str]:
        """Yields hints about rejected rows, for the report."""
        if (None, None) in self._rows:
            yield (
                "The actor and the time of a rejected row cannot be read, so it may be about any:"
                " only what other rows show is covered."
            )

    def says(self, who: Hashable, when: Hashable) -> bool:
        """Whether a rejected row has this actor and time."""
        return (who, when) in self._rows

    def has(self, who: Hashable, when: Hashable) -> bool:
        """Whether a rejected row has or may have this actor and time."""
        mays = ((who, when), (who, None), (None, when), (None, None))
        return any(may in self._rows for may in mays)

    def has_any(self, several: Iterable[Hashable], when: Hashable) -> bool:
        """Whether a rejected row is or may be of one of several."""
        return any(self.has(who, when) for who in several)


def coverage(covered: Mapping[Covered, Iterable[int]], role: str, file: str) -> Iterator[Entry]:
    """Yields a record for each actor and uninterrupted period. `role`: the actor's role."""
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
