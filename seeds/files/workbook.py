"""Reads Excel workbooks: the visible sheet that has the expected columns.

The reader returns the stored results of formulas. Before it reads cells, a workbook is refused if
these results are doubtful: a formula without a result, an error value, or a link to another
workbook.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from seeds.files.separators import Figure
from seeds.files.table import (
    HEADER_WITHIN,
    Columns,
    FileRefused,
    Header,
    Numbered,
    Table,
    header_among,
    other_columns,
)
from seeds.files.text import checksum

# For comparison: a workbook of 4,781 rows and 97 columns unpacks to 15 MB.
_UNPACKED_BYTES_MOST = 400_000_000
# XML compresses about ten to one; a file built to exhaust memory, a thousand to one.
_RATIO_MOST = 200
_PARTS_MOST = 5_000
_CHUNK_BYTES = 1 << 20
# The reader allocates all cells up to the last one, including empty ones.
_CELLS_MOST = 50_000_000
_ROW = re.compile(rb"<row\b[^>]{0,200}?\sr=[\"'](\d{1,7})")
_CELL = re.compile(rb"\sr=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
# A formula, or a cell with an error; some programs write element names with a prefix.
_DOUBTFUL = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?f[\s/>]|\st=[\"']e[\"']")
_OVERLAP_BYTES = 256
_SHEETS, _LINKS = "xl/worksheets/", "xl/externalLinks/"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# The name of a sheet, and its header.
_Sheet = tuple[str, Header]


def open_workbook(path: Path, columns: Columns) -> Table:
    """Opens the one visible sheet that has the columns. Raises FileRefused otherwise."""
    digest = checksum(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bombs(path, archive)
            _refuse_links(path, archive)
            name, header = _sheet(path, columns)
            _refuse_doubtful_cells(path, archive, name)
    except (zipfile.BadZipFile, NotImplementedError, ParseError, RuntimeError, KeyError) as error:
        raise FileRefused(path, f"It is not an Excel workbook that can be read: {error}.") from None
    body = partial(_rows, path, name, header.number)
    return Table(
        *(path, digest, header.names, header.number, body, header.above),
        amounts=columns.places_of_amounts(header.names),
    )


def _refuse_bombs(path: Path, archive: zipfile.ZipFile) -> None:
    """Raises FileRefused if the archive unpacks to too many bytes, parts or cells.

    Unpacks everything once without storing it, because the sizes that the archive states may be
    wrong.
    """
    parts = archive.infolist()
    if len(parts) > _PARTS_MOST:
        raise FileRefused(path, f"It has more than {_PARTS_MOST:,} parts, and is not read.")
    most = min(_UNPACKED_BYTES_MOST, max(path.stat().st_size * _RATIO_MOST, _CHUNK_BYTES))
    size = 0
    for part in parts:
        extent, rest = _Extent(), b""
        with archive.open(part) as content:
            while chunk := content.read(_CHUNK_BYTES):
                size += len(chunk)
                text, rest = rest + chunk, chunk[-_OVERLAP_BYTES:]
                if part.filename.startswith(_SHEETS):
                    extent.see(text)
                # Office programs write no document type; its entities may expand without limit.
                if b"<!DOCTYPE" in text:
                    raise FileRefused(path, "It declares a document type, and is not read.")
                if size > most:
                    message = f"It unpacks to more than {most:,} bytes, and is not read."
                    raise FileRefused(path, message)
        if extent.cells > _CELLS_MOST:
            message = f"A sheet reaches over {extent.cells:,} cells, and is not read."
            raise FileRefused(path, message)


class _Extent:
    """The extent of a sheet, from the row numbers and cell references in its XML."""

    def __init__(self) -> None:
        self._row, self._column = 0, 0

    def see(self, text: bytes) -> None:
        """Updates the extent from a piece of the sheet's XML."""
        for letters, row in set(_CELL.findall(text)):
            self._row = max(self._row, int(row))
            self._column = max(self._column, _column(letters))
        self._row = max([self._row, *map(int, _ROW.findall(text))])

    @property
    def cells(self) -> int:
        """The number of cells in the rectangle from the first cell to the last row and column."""
        return self._row * self._column


def _column(letters: bytes) -> int:
    """Returns the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _refuse_links(path: Path, archive: zipfile.ZipFile) -> None:
    if any(name.startswith(_LINKS) for name in archive.namelist()):
        raise FileRefused(
            path,
            "It takes values from another workbook. Save it with its values alone, then import it.",
        )


def _sheet(path: Path, columns: Columns) -> _Sheet:
    """Returns the visible sheet that has the columns. Raises FileRefused if not exactly one has."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    visible: list[_Sheet] = []
    hidden: list[_Sheet] = []
    sheets = [
        sheet for sheet in _calamine(path).sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet
    ]
    for sheet in sheets:
        header = header_among(_first_rows(path, sheet.name), columns)
        if header is not None:
            is_visible = sheet.visible is SheetVisibleEnum.Visible
            (visible if is_visible else hidden).append((sheet.name, header))
    if len(visible) == 1:
        return visible[0]
    if visible:
        names = ", ".join(name for name, *_ in visible)
        raise FileRefused(path, f"Several sheets have the expected columns: {names}. Keep one.")
    if hidden:
        message = f"The sheet {hidden[0][0]!r} is hidden. Unhide it if its rows are to be imported."
        raise FileRefused(path, message)
    rows = (row for sheet in sheets for row in _first_rows(path, sheet.name))
    raise other_columns(path, rows, columns)


def _calamine(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise FileRefused(path, f"It is not an Excel workbook that can be read: {error}.") from None


def _first_rows(path: Path, sheet: str) -> Iterator[Numbered]:
    cells = _calamine(path).get_sheet_by_name(sheet)
    yield from _numbered(cells.to_python(skip_empty_area=False, nrows=HEADER_WITHIN), 0)


def _rows(path: Path, sheet: str, header: int) -> Iterator[Numbered]:
    """Yields the rows below the header with all their cells, including leading empty ones."""
    cells = _calamine(path).get_sheet_by_name(sheet)
    yield from _numbered(cells.to_python(skip_empty_area=False), header)


def _numbered(rows: list[list[Any]], after: int) -> Iterator[Numbered]:
    for number in range(after, len(rows)):
        yield number + 1, [_text(cell) for cell in rows[number]]


def _text(cell: Any) -> str:
    """Returns a cell as the text that a CSV file would have."""
    write = _WRITERS.get(type(cell))
    return write(cell) if write else str(cell)


def _number(value: float) -> str:
    is_whole = value.is_integer() and abs(value) < 1e15
    return str(int(value)) if is_whole else Figure(repr(value))


def _day(value: datetime) -> str:
    is_day = value.time() == time()
    return value.date().isoformat() if is_day else value.isoformat(sep=" ")


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _day,
    date: date.isoformat,
}


def _refuse_doubtful_cells(path: Path, archive: zipfile.ZipFile, sheet: str) -> None:
    part = _part_of(archive, sheet)
    if not _has_any(archive, part, _DOUBTFUL):
        return
    with archive.open(part) as content:
        for cell in _elements(content):
            if cell.tag == f"{_MAIN}c":
                value = cell.find(f"{_MAIN}v")
                where = f"The cell {cell.get('r')} of the sheet {sheet!r}"
                if cell.get("t") == "e":
                    raise FileRefused(path, f"{where} has an error in the place of a value.")
                if cell.find(f"{_MAIN}f") is not None and not _has_result(cell, value):
                    raise FileRefused(
                        path,
                        f"{where} has a formula without its result. Open the file in a spreadsheet"
                        " program and save it there, then import it.",
                    )
                cell.clear()


def _has_result(cell: Element, value: Element | None) -> bool:
    """Whether the file has the result of a formula. It may be empty text: `IF(A1=0,"",A1)`."""
    return value is not None and (bool(value.text) or cell.get("t") == "str")


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Returns the path, within the archive, of the part that has a sheet's cells."""
    with archive.open("xl/workbook.xml") as content:
        relations = {each.get("name"): each.get(_RELATION) for each in _elements(content)}
    with archive.open("xl/_rels/workbook.xml.rels") as content:
        targets = {
            element.get("Id"): element.get("Target", "")
            for element in _elements(content)
            if element.tag == f"{_PACKAGE}Relationship"
        }
    target = targets[relations[sheet]]
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _elements(content: IO[bytes]) -> Iterator[Element]:
    # Safe: `_refuse_bombs` has refused document types, so there are no entities to expand.
    return (element for _, element in iterparse(content))  # noqa: S314


def _has_any(archive: zipfile.ZipFile, part: str, wanted: re.Pattern[bytes]) -> bool:
    rest = b""
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK_BYTES):
            whole = rest + chunk
            if wanted.search(whole):
                return True
            rest = whole[-_OVERLAP_BYTES:]
    return False
