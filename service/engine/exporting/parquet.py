"""Parquet: typed columns, written row group by row group; pyarrow is the extra `parquet`.

A date keeps its text (EDTF), and has its first and its last day beside it. Amounts are exact: 56
digits and 20 places.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from io import RawIOBase
from typing import TYPE_CHECKING, Any

import orjson

from schema.dates import partial_date
from schema.decimals import PLACES
from service.engine.exporting.cells import Column, Kind, Record

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

IS_INSTALLED = find_spec("pyarrow") is not None

# A row group is in memory as a whole, and ends with the page that reaches one of these.
_ROWS, _BYTES = 10_000, 8_000_000
# The most that the format has.
_DIGITS = 76


class ParquetPages:
    """Collects pages to row groups."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """In the order of the file."""
        self._columns = parquet_columns(columns)
        self._reads = [_reader(each) for each in self._columns]
        self._sink = _Sink()
        self._batches: list[pa.RecordBatch] = []
        # Made with the first page, in its thread: the first import of pyarrow takes long.
        self._writer: ParquetWriter | None = None

    def head(self) -> bytes:
        """Nothing: the columns are described at the end."""
        return b""

    def page(self, records: bytes) -> bytes:
        """The row groups that the page completes, if it does."""
        return self.add(orjson.loads(records))

    def add(self, rows: Sequence[Record]) -> bytes:
        """The row groups that these records complete, if they do."""
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
        """The bytes of the records that no row group has yet."""
        return sum(each.nbytes for each in self._batches)

    def flush(self) -> bytes:
        """A row group of the records that none has yet."""
        self._write_group()
        return self._sink.take()

    def end(self) -> bytes:
        """The last row group, and what describes them all."""
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
    """The types of these columns; each field has its description."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(each.name, _type_of(each), metadata={"description": each.description})
            for each in columns
        ]
    )


class _Sink(RawIOBase):
    """Holds what is written until it is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Appends the bytes."""
        part = bytes(data)
        self._parts.append(part)
        self._written += len(part)
        return len(part)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._written

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self._parts = b"".join(self._parts), []
        return taken


# --- columns ------------------------------------------------------------------------------------


def parquet_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns of a file: those of CSV, and the first and the last day of each date."""
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
    """Reads a value in the form in which pyarrow takes it."""
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
