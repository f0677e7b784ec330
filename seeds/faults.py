"""All that is wrong with a data set, so that its author can correct it in one go."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from seeds.source import SeedError

# How many are listed.
_LISTED_MOST = 1_000


class SeedErrors(SeedError):
    """Several faults. Its text has a line for each."""

    def __init__(self, faults: Iterable[SeedError]) -> None:
        """`faults`: at least one; each may itself be several."""
        self.faults = [single for fault in faults for single in all_of(fault)]
        first = self.faults[0]
        super().__init__("", file=first.file, record=first.record, path=first.path)

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:_LISTED_MOST]]
        rest = len(self.faults) - len(lines)
        return "\n".join([*lines, f"There are {rest} more."] if rest else lines)


def all_of(fault: SeedError) -> list[SeedError]:
    """The single faults."""
    return fault.faults if isinstance(fault, SeedErrors) else [fault]


class Faults:
    """What is wrong so far."""

    def __init__(self) -> None:
        """Nothing is."""
        self.found: list[SeedError] = []

    def add(self, fault: SeedError) -> None:
        """One more, or several."""
        self.found += all_of(fault)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Adds what is raised within, and goes on behind it."""
        try:
            yield
        except SeedError as fault:
            self.add(fault)

    def refuse(self) -> None:
        """Raises what was found: a SeedError if that is one fault, or else SeedErrors."""
        if self.found:
            raise self.found[0] if len(self.found) == 1 else SeedErrors(self.found)
