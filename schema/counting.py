"""Counting records: exactly, or by a sample whose cost does not depend on their number."""

from collections.abc import Mapping
from types import MappingProxyType

EXACT, ESTIMATE = "EXACT", "ESTIMATE"

# A sample has this many blocks, spread evenly over the keys of a type, each of this many keys.
BLOCKS, BLOCK = 64, 256
SAMPLE = BLOCKS * BLOCK

ACCURACIES: Mapping[str, str] = MappingProxyType(
    {
        EXACT: "All of them are counted, which reads all of them unless their number is known.",
        ESTIMATE: f"At most {SAMPLE:,} records of the type are read, spread evenly, and the number"
        " of those that match is extrapolated. Of a type with fewer records, and within another"
        " record, all are counted.",
    }
)
