"""Opens a file by its content, because its name may have any suffix."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from seeds.files.csv_file import open_csv
from seeds.files.table import Columns, FileRefused, Table, stamp_of
from seeds.files.workbook import open_workbook

_ZIP = b"PK\x03\x04"
# Workbooks of Excel before 2007, and encrypted workbooks of later versions.
_COMPOUND = b"\xd0\xcf\x11\xe0"


def open_table(path: Path, columns: Columns) -> Table:
    """Opens the table of a CSV file or a workbook. Raises FileRefused for any other table."""
    # Before the file is read, because a pipe can be read only once.
    stamp = stamp_of(path)
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise FileRefused(path, f"It cannot be read: {error.strerror}.") from None
    if start == _COMPOUND:
        raise FileRefused(path, "It is an old or encrypted workbook. Save it as .xlsx or .csv.")
    table = open_workbook(path, columns) if start == _ZIP else open_csv(path, columns)
    repeated = columns.repeated(table.header)
    if repeated:
        names = ", ".join(repeated)
        raise FileRefused(path, f"Several columns have the same name: {names}. Keep one of each.")
    return replace(table, stamp=stamp)


def only_file(files: Sequence[Path], title: str) -> Path:
    """Returns the file of a data set that is published as one. Raises FileRefused for several."""
    file, *more = files
    if more:
        raise FileRefused(more[0], f"{title} is imported from one file.")
    return file
