"""Reads the tables of files as people publish them: CSV of any dialect, and Excel workbooks.

A table is refused as a whole, with what differs, where it is not the one that is expected. A single
row that cannot be read is reported with its number, and the others are read.
"""

from seeds.files.opening import only_file, open_table
from seeds.files.table import Columns, FileRefused, Table

__all__ = ["Columns", "FileRefused", "Table", "only_file", "open_table"]
