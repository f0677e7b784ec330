"""Exports as Parquet: typed, streamed, and the same data as CSV."""

import io
import json
import tracemalloc
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pyarrow as pa
import pytest
from pyarrow import parquet

from schema.concepts import COLLECTIONS
from service.engine.exporting import parquet as writing
from service.engine.exporting.formats import Format
from tests.http.editing import Editor
from tests.http.rest.exported import HOSTILE, Reader, Send, add_actors, everything, leaves

MEDIA_TYPE = "application/vnd.apache.parquet"


def read(content: bytes) -> pa.Table:
    return parquet.read_table(io.BytesIO(content))


def rows(answer: httpx.Response) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(answer.raise_for_status().content).to_pylist()
    return found


def typed(value: Any, type_: pa.DataType) -> Any:
    """Returns a JSON value in the type of the column."""
    return Decimal(value) if value is not None and pa.types.is_decimal(type_) else value


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_value_of_a_record_is_in_its_row(send: Send, name: str) -> None:
    answer = send("GET", f"/api/v1/{name}.parquet")
    assert answer.headers["content-type"] == MEDIA_TYPE
    table, records = read(answer.content), everything(send, f"/api/v1/{name}?first=500")
    assert table.num_rows == len(records)
    for record, row in zip(records, table.to_pylist(), strict=True):
        for path, value in leaves(record):
            if path in row:
                assert row[path] == typed(value, table.schema.field(path).type), path
            else:
                # If an object is null, each of its columns is null.
                assert value is None
                assert {row[each] for each in row if each.startswith(f"{path}.")} == {None}


def test_columns_have_types_and_descriptions(send: Send) -> None:
    schema = read(send("GET", "/api/v1/supports.parquet").content).schema
    assert schema.field("startedOn").type == pa.string()
    assert schema.field("startedOn.earliest").type == pa.date32()
    assert schema.field("mutual").type == pa.bool_()
    assert schema.field("candidatesAtLeast").type == pa.int64()
    assert schema.field("worth.value").type == pa.decimal256(76, 20)
    assert schema.field("worth.value").metadata[b"description"] == b"Worth, as an exact decimal."
    datasets = read(send("GET", "/api/v1/datasets.parquet").content).schema
    assert datasets.field("supportKinds").type == pa.list_(pa.string())
    actors = read(send("GET", "/api/v1/actors.parquet").content).schema
    assert actors.field("codes").type.value_type.field("scheme").type == pa.string()


def test_a_date_has_its_first_and_its_last_day(editor: Editor) -> None:
    for number, text in enumerate(("2024", "2024-02", "2024-02-03", "198X", "2019~")):
        new = {
            "slug": f"dated-{number}",
            "title": "t",
            "version": "1",
            "licence": "CC0",
            "citation": "c",
            "publishedOn": text,
        }
        assert editor.rest("POST", "datasets", new).status_code == 201
    found = rows(
        editor.send("GET", "/api/v1/datasets.parquet?slug.startsWith=dated-&fields=publishedOn")
    )
    assert [tuple(row.values()) for row in found] == [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("2019~", date(2019, 1, 1), date(2019, 12, 31)),
    ]


def test_text_and_amounts_stay_exactly_what_they_are(editor: Editor) -> None:
    names = [*HOSTILE, "名" * 200]
    for number, text in enumerate(names):
        new = {"slug": f"hostile-{number:02}", "name": text, "kind": "PERSON"}
        assert editor.rest("POST", "actors", new).status_code == 201
    found = rows(editor.send("GET", "/api/v1/actors.parquet?slug.startsWith=hostile-&fields=name"))
    assert [row["name"] for row in found] == names
    amount = "999999999999999999999999.00000000000000000001"
    support = {
        "supporter": {"slug": "iran"},
        "recipient": {"slug": "hostile-00"},
        "dataset": {"slug": "rutte-2024"},
        "kind": "FUNDING",
        "phase": "DELIVERED",
        "worth": {"value": amount, "unit": "CURRENCY", "currency": "EUR"},
    }
    answer = editor.rest("POST", "supports", support)
    assert answer.status_code == 201, answer.text
    query = "recipient.slug=hostile-00"
    (row,) = rows(editor.send("GET", f"/api/v1/supports.parquet?{query}&fields=worth"))
    assert row["worth.value"] == Decimal(amount)
    (total,) = rows(editor.send("GET", f"/api/v1/totals.parquet?groupBy=UNIT&{query}"))
    assert total["certain.worth.value"] == Decimal(amount)


def test_lists_are_lists_and_pages_are_json(send: Send) -> None:
    (record,) = everything(send, "/api/v1/actors?slug=iran&fields=aliases,codes")
    (row,) = rows(send("GET", "/api/v1/actors.parquet?slug=iran&fields=aliases,codes"))
    assert row["aliases"] == record["aliases"]
    assert row["codes"] == record["codes"]
    assert (row["iso3"], row["cow"], row["gw"]) == ("IRN", "630", "630")
    (page,) = everything(send, "/api/v1/actors?slug=iran&fields=supportsGiven.kind")
    (row,) = rows(send("GET", "/api/v1/actors.parquet?slug=iran&fields=supportsGiven.kind"))
    assert json.loads(row["supportsGiven"]) == page["supportsGiven"]


def test_nothing_found_is_a_file_with_columns(send: Send) -> None:
    table = read(send("GET", "/api/v1/actors.parquet?slug=atlantis&fields=slug,kind").content)
    assert (table.num_rows, table.column_names) == (0, ["slug", "kind"])


def test_a_file_of_a_revision_is_the_same_later(editor: Editor) -> None:
    before = editor.send("GET", "/api/v1/actors.parquet")
    add_actors(editor, 10)
    again = editor.send("GET", before.links["cite-as"]["url"])
    assert again.content == before.content
    assert editor.send("GET", "/api/v1/actors.parquet").content != before.content


MANY = "slug.startsWith=many-&orderBy=-slug&fields=slug,name"


def test_row_groups_are_sent_as_they_fill(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_ROWS", 1_000)
    add_actors(editor, 3_001)
    reader = Reader()
    content = reader.read(editor, f"/api/v1/actors.parquet?{MANY}")
    table = read(content)
    assert table["slug"].to_pylist() == [f"many-{n:05}" for n in reversed(range(3_001))]
    groups = parquet.ParquetFile(io.BytesIO(content)).metadata
    assert [groups.row_group(n).num_rows for n in range(groups.num_row_groups)] == [
        *(1_000, 1_000, 1_000, 1)
    ]
    # A chunk of bytes for the beginning, each full row group, and the end.
    assert len([each for each in reader.chunks if each]) == 5


def test_memory_does_not_grow_with_the_file(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_ROWS", 1_000)
    add_actors(editor, 6_000)

    def most(prefix: str) -> tuple[int, int]:
        """Returns the maximum memory of Python and of Arrow, besides the file itself."""
        tracemalloc.start()
        content = Reader().read(editor, f"/api/v1/actors.parquet?slug.startsWith={prefix}")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak - 2 * len(content), pa.default_memory_pool().bytes_allocated()

    most("many-00")
    small, whole = most("many-00"), most("many-0")
    assert whole[0] < small[0] + 500_000
    # All memory is released.
    assert whole[1] < small[1] + 100_000


def test_accept_chooses_parquet(send: Send) -> None:
    answer = send("GET", "/api/v1/actors?fields=slug", headers={"accept": MEDIA_TYPE})
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.content == send("GET", "/api/v1/actors.parquet?fields=slug").content


def test_without_pyarrow_parquet_is_refused_with_what_to_install(send: Send) -> None:
    file_type = Format.PARQUET.value
    object.__setattr__(file_type, "is_installed", False)
    try:
        for answer in (
            send("GET", "/api/v1/actors.parquet"),
            send("GET", "/api/v1/actors", headers={"accept": MEDIA_TYPE}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (406, "NOT_ACCEPTABLE")
            assert "allygraph[parquet]" in answer.json()["detail"]
            assert ".csv" in answer.json()["detail"]
            assert f"({MEDIA_TYPE})" not in answer.json()["detail"]
    finally:
        object.__setattr__(file_type, "is_installed", True)
