"""Reads tables from published files: CSV of any dialect, and Excel workbooks.

A table without the expected columns is refused as a whole, and the error lists the differences. A
row that cannot be read is reported with its number, and the remaining rows are read.
"""

from seeds.files.opening import only_file, open_table
from seeds.files.table import Columns, FileRefused, Table

__all__ = ["Columns", "FileRefused", "Table", "only_file", "open_table"]
