"""The types of rows in Python."""

from collections.abc import Mapping
from typing import Any

# A row, by the names of its columns; and read-only values by the names of their columns.
Row = dict[str, Any]
Values = Mapping[str, Any]
