"""A table is split into Parquet files by data set, without losing records."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

from service.engine.exporting.cells import Column, Kind
from service.maintenance.exporting import parts
from service.maintenance.exporting.files import WrittenFile

COLUMNS = (
    Column("id", "Id.", Kind.PLAIN, lambda record: record["id"]),
    Column("dataset.slug", "Data set.", Kind.PLAIN, lambda record: record["dataset"]),
)
NAMES = {
    "atop": "supports/dataset=atop/part-0.parquet",
    "2024": "supports/dataset=2024/part-0.parquet",
    None: "supports/dataset=no_dataset/part-0.parquet",
}


async def pages_of(records: Sequence[dict[str, Any]], size: int) -> AsyncIterator[bytes]:
    for first in range(0, len(records), size):
        yield json.dumps(records[first : first + size]).encode()


def write(folder: Path, *records: dict[str, Any], size: int = 10) -> list[WrittenFile]:
    pages = pages_of(records, size)
    return list(asyncio.run(parts.write_parts(folder, "supports", COLUMNS, pages)))


def ids_in(path: Path) -> list[str]:
    found: list[str] = parquet.ParquetFile(path).read()["id"].to_pylist()
    return found


def test_each_record_is_in_the_part_of_its_data_set_in_order(tmp_path: Path) -> None:
    slugs = list(NAMES)
    records = [{"id": f"{n:03}", "dataset": slugs[n % 3]} for n in range(100)]
    files = write(tmp_path, *records)
    assert [file.name for file in files] == sorted(NAMES.values())
    for slug, name in NAMES.items():
        assert ids_in(tmp_path / name) == [r["id"] for r in records if r["dataset"] == slug]
        assert (tmp_path / name).stat().st_size == {file.name: file.size for file in files}[name]


def test_a_table_without_records_is_a_file_with_its_columns(tmp_path: Path) -> None:
    (file,) = write(tmp_path)
    assert file.name == NAMES[None]
    assert parquet.ParquetFile(tmp_path / file.name).schema_arrow.names == ["id", "dataset.slug"]


def test_all_parts_together_hold_no_more_than_their_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = [{"id": f"{n:06}", "dataset": f"set-{n}"} for n in range(50)]
    records = page * 40
    held = []
    add = parts._Parts.add

    def observed(self: Any, items: bytes) -> None:
        add(self, items)
        held.append(sum(part.held for part in self._parts.values()))

    monkeypatch.setattr(parts._Parts, "add", observed)
    write(tmp_path / "whole", *records, size=50)
    # Each page adds the same amount.
    assert max(held) == 40 * held[0]
    monkeypatch.setattr(parts, "_BYTES", limit := 3 * held.pop(0))
    held.clear()
    files = write(tmp_path / "limited", *records, size=50)
    assert max(held) <= limit
    assert {
        name: ids_in(tmp_path / "limited" / name) for name in [file.name for file in files]
    } == {file.name: ids_in(tmp_path / "whole" / file.name) for file in files}
