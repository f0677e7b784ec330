"""The Python types of rows."""

from collections.abc import Mapping
from typing import Any

# A row by column names, and a read-only mapping of values by column names.
Row = dict[str, Any]
Values = Mapping[str, Any]
