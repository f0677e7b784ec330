"""A table from a file, independent of the format of the file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from seeds.files.cells import plain
from seeds.files.separators import Shown, doubt

# The header must be one of this many first rows: some files begin with lines about themselves.
HEADER_WITHIN = 50

Cells = Sequence[str]
Numbered = tuple[int, Cells]

# Called with the number of a rejected row, the reason, and the row's cells, which may show what the
# row is about. No cells if their number differs from that of the columns.
Reject = Callable[[int, str, Cells], None]

# The inode of a file, its size in bytes, and its modification time in nanoseconds.
Stamp = tuple[int, int, int]


class FileRefused(Exception):
    """A file that cannot be imported. The text has the reason and what to do.

    `lacking`: the share of the expected columns that are missing, from 0 to 1. An importer of
    several kinds of file reports the kind with the smallest share. 0 for other reasons.
    """

    def __init__(self, path: Path, message: str, lacking: float = 0) -> None:
        super().__init__(f"{path.name}: {message}")
        self.lacking = lacking


def stamp_of(path: Path) -> Stamp:
    """Returns what identifies a version of a file. Raises FileRefused for a pipe or a device."""
    try:
        found = path.stat()
    except OSError as error:
        raise FileRefused(path, f"It cannot be read: {error.strerror}.") from None
    if not S_ISREG(found.st_mode) and not S_ISDIR(found.st_mode):
        raise FileRefused(
            path, "It is a pipe or a device. Save its content to a file, then import it."
        )
    return found.st_ino, found.st_size, found.st_mtime_ns


@dataclass(frozen=True)
class Columns:
    """The columns that a table must have, in any order. Other columns are allowed.

    `optional`: columns that only some releases have. `amounts`: columns of numbers.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()

    def places_of_amounts(self, header: Sequence[str]) -> tuple[int, ...]:
        """Returns the positions of the columns that have numbers."""
        return tuple(place for place, name in enumerate(header) if name in self.amounts)

    def missing(self, header: Iterable[str]) -> list[str]:
        """Returns the required columns that are missing in a header."""
        there = set(header)
        return [name for name in self.required if name not in there]

    def repeated(self, header: Sequence[str]) -> list[str]:
        """Returns the columns that a header has more than once, which makes them ambiguous."""
        return [name for name in (*self.required, *self.optional) if header.count(name) > 1]


@dataclass(frozen=True)
class Table:
    """A table of text. A workbook's cells have the text that a CSV file would have.

    `header_row` is the number of the row with the column names; the first row is 1. `read` opens
    the file again, so a table may be read several times.
    """

    path: Path
    checksum: str
    header: tuple[str, ...]
    header_row: int
    read: Callable[[], Iterator[Numbered]]
    # The text of each row above the header.
    above: tuple[str, ...] = ()
    # The positions of the columns that have numbers.
    amounts: tuple[int, ...] = ()
    # Whether commas separate the columns, which files with decimal commas avoid.
    has_commas_between: bool = False
    # The identity of the file when it was opened.
    stamp: Stamp | None = None

    def refuse_changed(self) -> None:
        """Raises FileRefused if the file has changed since it was opened.

        A file is read several times, so its digest, rows and counts would otherwise describe two
        files.
        """
        if self.stamp != stamp_of(self.path):
            raise FileRefused(self.path, "It has changed while it was read. Import it again.")

    @property
    def places(self) -> Mapping[str, int]:
        """The position of each column by its name."""
        return {name: place for place, name in enumerate(self.header)}

    @cached_property
    def _shown(self) -> Shown:
        """The decimal signs that the numbers of the table show."""
        return Shown(
            cells[place] for _, cells in self.read() for place in self.amounts if place < len(cells)
        )

    def rows(self, reject: Reject) -> Iterator[tuple[int, Cells]]:
        """Yields the non-empty rows below the header, each with its number.

        Calls `reject` for a row with too few or too many cells, or with control characters, and
        skips it.
        """
        width = len(self.header)
        for number, read in self.read():
            text = "".join(read)
            try:
                # Most rows need no change, which one check of the whole row shows.
                is_plain = text.isascii() and text.isprintable()
                cells = list(read) if is_plain else [plain(cell) for cell in read]
            except ValueError as error:
                reject(number, str(error), read if len(read) == width else ())
                continue
            if len(cells) == width:
                if any(map(str.strip, cells)):
                    self._refuse_doubt(number, cells)
                    yield number, cells
            elif any(cell.strip() for cell in cells):
                while len(cells) > width and not cells[-1].strip():
                    cells.pop()
                if len(cells) == width:
                    self._refuse_doubt(number, cells)
                    yield number, cells
                else:
                    reject(number, f"It has {len(cells)} cells; the header has {width}.", ())

    def _refuse_doubt(self, number: int, cells: Cells) -> None:
        """Raises FileRefused for a value such as `1,500` if it is ambiguous: 1500 or 1.5."""
        for place in self.amounts:
            text = cells[place]
            if text.isdigit():
                continue
            why = doubt(text, has_commas_between=self.has_commas_between, others=self._shown)
            if why:
                raise FileRefused(
                    self.path,
                    f"Row {number} has {text.strip()!r}, {why}. Save the file as CSV with decimal"
                    " points, and with commas between its columns, then import it.",
                )


@dataclass(frozen=True)
class Header:
    """The header row: its number, the column names, and the text of the rows above it."""

    number: int
    names: tuple[str, ...]
    above: tuple[str, ...]


def header_among(rows: Iterable[Numbered], columns: Columns) -> Header | None:
    """Returns the first row that has all required columns, if any."""
    above: list[str] = []
    for number, cells in rows:
        names = tuple(cell.strip() for cell in cells)
        if not columns.missing(names):
            return Header(number, names, tuple(above))
        above.append(" ".join(name for name in names if name))
    return None


def other_columns(path: Path, rows: Iterable[Numbered], columns: Columns) -> FileRefused:
    """Returns the error for a table without the expected columns.

    Compares the expected columns with the row that has most of them.
    """
    best: Cells = ()
    for _, cells in rows:
        names = [cell.strip() for cell in cells]
        if len(columns.missing(names)) < len(columns.missing(best)) or not best:
            best = names
    missing = columns.missing(best)
    known = {*columns.required, *columns.optional}
    extra = [name for name in best if name and name not in known]
    lacking = len(missing) / len(columns.required)
    if lacking == 1:
        message = f"No row has the expected columns: {_listed(columns.required)}."
        return FileRefused(path, message, lacking)
    beside = f" It has instead: {_listed(extra)}." if extra else ""
    message = f"The expected columns are missing: {_listed(missing)}.{beside}"
    return FileRefused(path, message, lacking)


def _listed(names: Sequence[str], most: int = 12) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
