"""Known releases of a data set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True)
class Release:
    """A known release: its number of rows, and the counts to expect.

    `counts`: the expected values of the report's counts and sums, by their names.
    """

    version: str
    rows: int
    counts: Mapping[str, Decimal | int] = field(default_factory=lambda: MappingProxyType({}))
