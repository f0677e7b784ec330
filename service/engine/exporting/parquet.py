"""Parquet: typed columns, written row group by row group; pyarrow is the extra `parquet`.

A date is written as its text (EDTF), with columns for its first and its last day. Amounts are
exact, with 76 digits, 20 of them after the decimal point.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from io import RawIOBase
from typing import TYPE_CHECKING, Any

import orjson

from schema.values.dates import partial_date
from schema.values.decimals import PLACES
from service.engine.exporting.cells import Column, Kind, Record

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

IS_INSTALLED = find_spec("pyarrow") is not None

# A row group is held in memory until a page reaches one of these limits.
_ROWS, _BYTES = 10_000, 8_000_000
# The maximum of the format.
_DIGITS = 76


class ParquetPages:
    """Collects pages into row groups."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """`columns`: in the order of the file."""
        self._columns = parquet_columns(columns)
        self._reads = [_reader(each) for each in self._columns]
        self._sink = _Sink()
        self._batches: list[pa.RecordBatch] = []
        # Made in the thread of the first page, because the first import of pyarrow takes long.
        self._writer: ParquetWriter | None = None

    def head(self) -> bytes:
        """Returns nothing: Parquet describes its columns at the end of the file."""
        return b""

    def page(self, records: bytes) -> bytes:
        """Adds a page, and returns the row groups that it completes."""
        return self.add(orjson.loads(records))

    def add(self, rows: Sequence[Record]) -> bytes:
        """Adds records, and returns the row groups that they complete."""
        import pyarrow as pa

        schema = self._open()
        arrays = [
            pa.array(map(read, rows), field.type, size=len(rows))
            for read, field in zip(self._reads, schema, strict=True)
        ]
        self._batches.append(pa.record_batch(arrays, schema=schema))
        if sum(each.num_rows for each in self._batches) >= _ROWS or self.held >= _BYTES:
            return self.flush()
        return self._sink.take()

    @property
    def held(self) -> int:
        """The number of bytes of the records that are not yet in a row group."""
        return sum(each.nbytes for each in self._batches)

    def flush(self) -> bytes:
        """Writes a row group of the records that are not yet in one, and returns its bytes."""
        self._write_group()
        return self._sink.take()

    def end(self) -> bytes:
        """Returns the last row group and the description of the file."""
        self._open()
        self._write_group()
        if self._writer is not None:
            self._writer.close()
        return self._sink.take()

    def _open(self) -> "pa.Schema":
        from pyarrow.parquet import ParquetWriter

        if self._writer is None:
            self._writer = ParquetWriter(self._sink, schema_of(self._columns), compression="zstd")
        return self._writer.schema

    def _write_group(self) -> None:
        import pyarrow as pa

        if self._batches and self._writer is not None:
            self._writer.write_table(pa.Table.from_batches(self._batches), row_group_size=_ROWS * 2)
        self._batches = []


def schema_of(columns: Sequence[Column]) -> "pa.Schema":
    """Returns the types of these columns; each field has its column's description."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(each.name, _type_of(each), metadata={"description": each.description})
            for each in columns
        ]
    )


class _Sink(RawIOBase):
    """A file in memory that hands over what was written since the last call of `take`."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Any) -> int:
        """Appends the bytes."""
        part = bytes(data)
        self._parts.append(part)
        self._written += len(part)
        return len(part)

    def tell(self) -> int:
        """Returns the number of bytes written."""
        return self._written

    def take(self) -> bytes:
        """Returns the bytes written since the last call."""
        taken, self._parts = b"".join(self._parts), []
        return taken


# --- columns ------------------------------------------------------------------------------------


def parquet_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Returns the columns of CSV, each date followed by its first and its last day."""
    return tuple(each for column in columns for each in _with_bounds(column))


def _with_bounds(column: Column) -> Iterator[Column]:
    yield column
    if column.kind is Kind.DATE:
        yield _bound(column, "earliest", "First", lambda text: partial_date(text).earliest)
        yield _bound(column, "latest", "Last", lambda text: partial_date(text).latest)


def _bound(column: Column, name: str, which: str, of: Callable[[str], str]) -> Column:
    def read(record: Record) -> str | None:
        text = column.read(record)
        return None if text is None else of(text)

    text = f"{which} day that `{column.name}` can mean."
    return Column(f"{column.name}.{name}", text, Kind.DAY, read)


def _reader(column: Column) -> Callable[[Record], Any]:
    """Returns a function that reads a column's value in the form that pyarrow accepts."""
    read, fields = column.read, column.fields
    match column.kind:
        case Kind.DAY:
            return lambda record: _day(read(record))
        case Kind.DECIMAL:
            return lambda record: _decimal(read(record))
        case Kind.JSON:
            return lambda record: _json(read(record))
        case Kind.OBJECTS:
            return lambda record: _objects(fields, read(record))
    return read


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _json(value: Any) -> str | None:
    return orjson.dumps(value).decode() if value else None


def _objects(fields: Mapping[str, Kind], value: Any) -> list[Record] | None:
    decimals = [name for name, kind in fields.items() if kind is Kind.DECIMAL]
    if value is None or not decimals:
        listed: list[Record] | None = value
        return listed
    return [each | {name: _decimal(each[name]) for name in decimals} for each in value]


def _type_of(column: Column) -> "pa.DataType":
    import pyarrow as pa

    if column.kind is Kind.OBJECTS:
        fields = column.fields.items()
        return pa.list_(pa.struct([pa.field(name, _type_of_kind(kind)) for name, kind in fields]))
    return _type_of_kind(column.kind)


def _type_of_kind(kind: Kind) -> "pa.DataType":
    import pyarrow as pa

    match kind:
        case Kind.INTEGER:
            return pa.int64()
        case Kind.BOOLEAN:
            return pa.bool_()
        case Kind.DECIMAL:
            return pa.decimal256(_DIGITS, PLACES)
        case Kind.DAY:
            return pa.date32()
        case Kind.TEXTS:
            return pa.list_(pa.string())
    return pa.string()
