"""Collects all errors of a data set, so that its author can correct them at once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from seeds.source import SeedError

# The maximum number of errors that a message lists.
_LISTED_MOST = 1_000


class SeedErrors(SeedError):
    """Several errors as one. The text has a line for each."""

    def __init__(self, faults: Iterable[SeedError]) -> None:
        """Stores the errors. `faults`: at least one; each may itself be a SeedErrors."""
        self.faults = [single for fault in faults for single in all_of(fault)]
        first = self.faults[0]
        super().__init__("", file=first.file, record=first.record, path=first.path)

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:_LISTED_MOST]]
        rest = len(self.faults) - len(lines)
        return "\n".join([*lines, f"There are {rest} more."] if rest else lines)


def all_of(fault: SeedError) -> list[SeedError]:
    """Returns the single errors of which an error consists."""
    return fault.faults if isinstance(fault, SeedErrors) else [fault]


class Faults:
    """The errors found so far."""

    def __init__(self) -> None:
        """Starts with no errors."""
        self.found: list[SeedError] = []

    def add(self, fault: SeedError) -> None:
        """Adds an error, or each error of a SeedErrors."""
        self.found += all_of(fault)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Adds a SeedError raised in the block instead of propagating it."""
        try:
            yield
        except SeedError as fault:
            self.add(fault)

    def refuse(self) -> None:
        """Raises the errors found, if any: a SeedError for one, SeedErrors for several."""
        if self.found:
            raise self.found[0] if len(self.found) == 1 else SeedErrors(self.found)
