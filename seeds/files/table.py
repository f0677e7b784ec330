"""What a table offers, whatever file it is in."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from seeds.files.cells import plain
from seeds.files.separators import Shown, doubt

# The header stands within so many rows: some files begin with lines about themselves.
HEADER_WITHIN = 50

Cells = Sequence[str]
Numbered = tuple[int, Cells]

# Called with the number of a row, the reason why it is left out, and its cells, from which may be
# seen what it is about; without cells if these are not as many as the columns.
Reject = Callable[[int, str, Cells], None]

# The file system's own number of a file, its size, and when it was last written to.
Stamp = tuple[int, int, int]


class FileRefused(Exception):
    """A file that is not read. Its text says why, and what to do.

    `lacking`: the share of the expected columns that it lacks, by which an importer of several
    files tells which one was meant; 0 where it is refused for something else.
    """

    def __init__(self, path: Path, message: str, lacking: float = 0) -> None:
        super().__init__(f"{path.name}: {message}")
        self.lacking = lacking


def stamp_of(path: Path) -> Stamp:
    """By what a file is known not to have changed. Raises FileRefused for what is not a file."""
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
    """The columns that a table must have, in any order; others may stand beside them.

    `optional`: those that only some releases have. `amounts`: those that have numbers.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()

    def places_of_amounts(self, header: Sequence[str]) -> tuple[int, ...]:
        """The positions of the columns that have numbers."""
        return tuple(place for place, name in enumerate(header) if name in self.amounts)

    def missing(self, header: Iterable[str]) -> list[str]:
        """The required columns that a header lacks."""
        there = set(header)
        return [name for name in self.required if name not in there]

    def repeated(self, header: Sequence[str]) -> list[str]:
        """The columns that a header has more than once: which one to read, nobody can tell."""
        return [name for name in (*self.required, *self.optional) if header.count(name) > 1]


@dataclass(frozen=True)
class Table:
    """A table of text. Cells of a workbook are given as a CSV file has them.

    `header_row` is the number of the row with the names of the columns, as a spreadsheet numbers
    rows: the first is 1. `read` opens the file again, so a table may be read several times.
    """

    path: Path
    checksum: str
    header: tuple[str, ...]
    header_row: int
    read: Callable[[], Iterator[Numbered]]
    # The text of the rows above the header.
    above: tuple[str, ...] = ()
    # The positions of numbers.
    amounts: tuple[int, ...] = ()
    # Whether commas separate the columns, as they do where the point is the decimal sign.
    has_commas_between: bool = False
    # What the file was when it was opened.
    stamp: Stamp | None = None

    def refuse_changed(self) -> None:
        """Raises FileRefused for a file that is another than when it was opened.

        It was read several times: its digest, its rows and its counts would be of two files.
        """
        if self.stamp != stamp_of(self.path):
            raise FileRefused(self.path, "It has changed while it was read. Import it again.")

    @property
    def places(self) -> Mapping[str, int]:
        """The position of each column."""
        return {name: place for place, name in enumerate(self.header)}

    @cached_property
    def _shown(self) -> Shown:
        """What all numbers together show of the signs in them."""
        return Shown(
            cells[place] for _, cells in self.read() for place in self.amounts if place < len(cells)
        )

    def rows(self, reject: Reject) -> Iterator[tuple[int, Cells]]:
        """The rows below the header that have anything in them, each with its number.

        Calls `reject` for a row with too few or too many cells, or with control characters, and
        leaves it out.
        """
        width = len(self.header)
        for number, read in self.read():
            try:
                cells = [plain(cell) for cell in read]
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
        """Raises FileRefused, since `1,500` is 1500 where the comma separates thousands."""
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
    """The row with the names of the columns, and what stands above it."""

    number: int
    names: tuple[str, ...]
    above: tuple[str, ...]


def header_among(rows: Iterable[Numbered], columns: Columns) -> Header | None:
    """The first of the rows that names all required columns."""
    above: list[str] = []
    for number, cells in rows:
        names = tuple(cell.strip() for cell in cells)
        if not columns.missing(names):
            return Header(number, names, tuple(above))
        above.append(" ".join(name for name in names if name))
    return None


def other_columns(path: Path, rows: Iterable[Numbered], columns: Columns) -> FileRefused:
    """Compares the row that is most like the expected header with it."""
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
