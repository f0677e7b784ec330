"""Rows of tables as Python holds them."""

from collections.abc import Mapping
from typing import Any

# A row by the names of its columns; and values by the names of columns that nobody changes.
Row = dict[str, Any]
Values = Mapping[str, Any]
