"""Releases of a data set that are known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True)
class Release:
    """A release that is known: how many rows it has, and what must be counted in it.

    `counts`: by the names of the report's counts and sums.
    """

    version: str
    rows: int
    counts: Mapping[str, Decimal | int] = field(default_factory=lambda: MappingProxyType({}))
