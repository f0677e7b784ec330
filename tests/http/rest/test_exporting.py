"""Exports: all records of a collection at one revision, as CSV and as JSON lines."""

import asyncio
import csv
import io
import json
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from schema.concepts import COLLECTIONS
from service.auth.callers import Role
from service.engine.exporting import exports
from service.errors import TimedOut
from service.http import token_watch
from service.http.extensions import ABORT
from service.http.rest import exporting
from service.http.rest.addresses import PREFIX
from tests.http.editing import Editor
from tests.stores import copy_of

Send = Callable[..., httpx.Response]
Json = dict[str, Any]

HOSTILE = [
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "'=1",
    'He said "no", twice',
    "a,b;c|d",
    "first line\nsecond line",
    "Ωμέγα – 乌克兰 – أوكرانيا 🇺🇦",
    "x" * 200,
]


def table(text: str) -> list[dict[str, str]]:
    """Returns the rows of a CSV file, read by the standard library."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def lines(text: str) -> list[Json]:
    return [json.loads(line) for line in text.splitlines()]


def everything(send: Send, address: str) -> list[Json]:
    """Returns all records at an address, page by page, as REST returns them."""
    records: list[Json] = []
    page = send("GET", address).raise_for_status()
    while True:
        records += page.json()["data"]
        if "next" not in page.links:
            return records
        page = send("GET", page.links["next"]["url"]).raise_for_status()


def leaves(record: Json, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yields the single values of a record, each with its path in `fields`."""
    for name, value in record.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{name}.")
        elif not isinstance(value, list):
            yield f"{path}{name}", value


def in_cell(value: Any) -> str:
    """Returns a value in the form of a cell that the guide describes."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = str(value)
    is_formula = text.lstrip("'")[:1] in set("=+-@＝＋－＠\t\r\n") - {""}
    return f"'{text}" if is_formula and text.lstrip("'") else text


# More records than one query joins.
FAR = [
    f"{'inReturnFor.' * steps}{field}"
    for steps in range(6)
    for field in (
        "supporter.name",
        "recipient.id",
        "against.aliases",
        "conflict.name",
        "mutual",
        "dataset.publisher.id",
        "dataset.partOf.slug",
    )
]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_lines_are_the_records_that_rest_returns(send: Send, name: str) -> None:
    export = send("GET", f"/api/v1/{name}.jsonl")
    assert export.status_code == 200
    assert export.headers["content-type"] == "application/jsonl"
    assert lines(export.text) == everything(send, f"/api/v1/{name}?first=500")


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_value_of_a_record_is_in_its_row(send: Send, name: str) -> None:
    export = send("GET", f"/api/v1/{name}.csv")
    assert export.status_code == 200
    assert export.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    records, rows = everything(send, f"/api/v1/{name}?first=500"), table(export.text)
    assert len(rows) == len(records)
    for record, row in zip(records, rows, strict=True):
        # If an object is null, each of its columns is empty.
        missing = [field for field, value in leaves(record) if value is None and field not in row]
        for field, value in leaves(record):
            if field in missing:
                assert {row[each] for each in row if each.startswith(f"{field}.")} == {""}
            else:
                assert row[field] == in_cell(value), field


def test_rows_end_as_rfc_4180_says_and_there_is_one_header(send: Send) -> None:
    text = send("GET", "/api/v1/actors.csv?fields=slug,kind&orderBy=slug&slug.in=iran,russia").text
    assert text == "slug,kind\r\niran,STATE\r\nrussia,STATE\r\n"
    nothing = send("GET", "/api/v1/actors.csv?fields=slug,kind&slug=atlantis").text
    assert nothing == "slug,kind\r\n"


@pytest.mark.parametrize(
    "query",
    [
        "recipient.slug=russia&orderBy=-startedOn,supporter.name",
        "kind.under=MILITARY&fields=id,kind,quantity,worth.value,supporter.name",
        "fields=assessment,kind&orderBy=kind",
        "fields=inReturnFor.supporter.id,against.aliases,against.id,dataset.publisher.name,mutual,kind",
        f"fields={','.join(FAR)}",
    ],
)
def test_filters_orders_and_fields_are_those_of_the_collection(send: Send, query: str) -> None:
    records = everything(send, f"/api/v1/supports?first=3&{query}")
    assert records
    assert lines(send("GET", f"/api/v1/supports.jsonl?{query}").text) == records
    rows = table(send("GET", f"/api/v1/supports.csv?{query}").text)
    for record, row in zip(records, rows, strict=True):
        kept = {field: in_cell(value) for field, value in leaves(record) if field in row}
        assert kept == {field: row[field] for field in kept}
        assert len(kept) > 1


def test_a_list_of_terms_is_joined_and_other_lists_are_json(send: Send) -> None:
    (record,) = everything(send, "/api/v1/actors?slug=iran&fields=aliases,codes")
    (row,) = table(send("GET", "/api/v1/actors.csv?slug=iran&fields=aliases,codes").text)
    assert json.loads(row["aliases"]) == record["aliases"]
    assert json.loads(row["codes"]) == record["codes"]
    datasets = everything(send, "/api/v1/datasets?fields=slug,supportKinds")
    rows = table(send("GET", "/api/v1/datasets.csv?fields=slug,supportKinds").text)
    assert [each["supportKinds"] for each in rows] == [
        ";".join(each["supportKinds"]) for each in datasets
    ]
    (page,) = everything(send, "/api/v1/actors?slug=iran&fields=supportsGiven.kind")
    (row,) = table(send("GET", "/api/v1/actors.csv?slug=iran&fields=supportsGiven.kind").text)
    assert json.loads(row["supportsGiven"]) == page["supportsGiven"]


@pytest.mark.parametrize("extension", ["csv", "jsonl"])
def test_paging_has_no_place_in_an_export(send: Send, extension: str) -> None:
    for query in ("first=2", "last=2", "after=00", "before=00"):
        answer = send("GET", f"/api/v1/actors.{extension}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "BAD_USER_INPUT")
    assert send("GET", f"/api/v1/actors.{extension}?nme=1").status_code == 400
    assert send("GET", f"/api/v1/actors.{extension}?fields=nme").status_code == 400


# --- which format -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("Text/CSV", "text/csv; charset=utf-8; header=present"),
        ("TEXT/*;Q=0.5, APPLICATION/JSONL", "application/jsonl"),
        ("Application/Json", "application/json"),
        ("text/csv, */*;q=0.1", "text/csv; charset=utf-8; header=present"),
        ("application/jsonl", "application/jsonl"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/json;q=0.2, application/jsonl", "application/jsonl"),
        ("application/json", "application/json"),
        ("application/*", "application/json"),
        ("*/*", "application/json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
    ],
)
def test_accept_chooses_a_format(send: Send, accept: str, media_type: str) -> None:
    answer = send("GET", "/api/v1/actors?fields=slug", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert "accept" in answer.headers["vary"].split(", ")
    extension = {"text/csv": "csv", "application/json": None}.get(media_type.split(";")[0], "jsonl")
    if extension:
        same = send("GET", f"/api/v1/actors.{extension}?fields=slug")
        assert same.content == answer.content


@pytest.mark.parametrize("accept", ["image/png", "text/html", "garbage", "application/json;q=0"])
@pytest.mark.parametrize("name", COLLECTIONS)
def test_other_types_are_refused_with_those_there_are(send: Send, name: str, accept: str) -> None:
    refused = send("GET", f"/api/v1/{name}", headers={"accept": accept})
    assert (refused.status_code, refused.json()["code"]) == (406, "NOT_ACCEPTABLE")
    for known in ("application/json", "text/csv", "application/jsonl", "application/x-ndjson"):
        assert known in refused.json()["detail"]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_an_unknown_extension_is_refused_with_those_there_are(send: Send, name: str) -> None:
    refused = send("GET", f"/api/v1/{name}.xlsx")
    assert (refused.status_code, refused.json()["code"]) == (406, "NOT_ACCEPTABLE")
    assert ".csv" in refused.json()["detail"]
    assert ".jsonl" in refused.json()["detail"]


# --- headers ------------------------------------------------------------------------------------


def test_headers_say_where_it_is_from_and_how_to_get_it_again(send: Send) -> None:
    export = send("GET", "/api/v1/supports.csv?kind.in=DRONES,MISSILES&fields=id")
    revision = export.headers["allygraph-revision"]
    named = f'attachment; filename="supports-r{revision}.csv"'
    assert export.headers["content-disposition"] == named
    again = export.links["cite-as"]["url"]
    assert again.endswith(f"/supports.csv?kind.in=DRONES,MISSILES&fields=id&asOf={revision}")
    repeated = send("GET", again)
    assert repeated.content == export.content
    assert repeated.headers["allygraph-as-of"] == revision
    assert repeated.headers["etag"] == export.headers["etag"]


def test_head_has_the_headers_alone(send: Send) -> None:
    address = "/api/v1/supports.csv?fields=id"
    head, whole = send("HEAD", address), send("GET", address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == whole.headers


def test_a_client_that_has_the_file_does_not_get_it_again(send: Send) -> None:
    address = "/api/v1/supports.csv?fields=id"
    tag = send("GET", address).headers["etag"]
    assert send("GET", address, headers={"if-none-match": tag}).status_code == 304
    for other in ("/api/v1/supports.jsonl?fields=id", "/api/v1/supports.csv?fields=id,kind"):
        assert send("GET", other, headers={"if-none-match": tag}).status_code == 200


# --- values -------------------------------------------------------------------------------------


def test_text_stays_what_it_is(editor: Editor) -> None:
    for number, text in enumerate(HOSTILE):
        new = {"slug": f"hostile-{number}", "name": text, "kind": "PERSON"}
        assert editor.rest("POST", "actors", new).status_code == 201
    query = "slug.startsWith=hostile-&fields=name"
    rows = table(editor.send("GET", f"/api/v1/actors.csv?{query}").text)
    assert [row["name"] for row in rows] == [in_cell(text) for text in HOSTILE]
    assert [row["name"][:1] for row in rows[:6]] == ["'"] * 6
    # The guide's instruction removes the quotes again.
    formula = tuple("=+-@\t\r\n＝＋－＠")
    back = [
        name[1:] if name.startswith("'") and name.lstrip("'").startswith(formula) else name
        for name in (row["name"] for row in rows)
    ]
    assert back == HOSTILE
    told = lines(editor.send("GET", f"/api/v1/actors.jsonl?{query}").text)
    assert [each["name"] for each in told] == HOSTILE


def test_codes_are_those_at_the_date_of_the_record(editor: Editor) -> None:
    codes = [
        {"scheme": "COW", "value": "991", "startedOn": "1950", "endedOn": "1990-10-02"},
        {"scheme": "COW", "value": "992", "startedOn": "1990-10-03"},
        {"scheme": "GLEDITSCH_WARD", "value": "993"},
        {"scheme": "ISO_3166_1_ALPHA_3", "value": "QQQ"},
        {"scheme": "WIKIDATA", "value": "Q999999"},
    ]
    new = {"slug": "freedonia", "name": "Freedonia", "kind": "STATE", "codes": codes}
    answer = editor.rest("POST", "actors", new)
    assert answer.status_code == 201, answer.text
    for started in ("1975", "2001-05", "1990", None):
        support = {
            "supporter": {"slug": "freedonia"},
            "recipient": {"slug": "russia"},
            "kind": "TRADE",
            "phase": "DELIVERED",
            "startedOn": started,
            "dataset": {"slug": "rutte-2024"},
        }
        answer = editor.rest("POST", "supports", support)
        assert answer.status_code == 201, answer.text
    rows = table(editor.send("GET", "/api/v1/supports.csv?supporter.slug=freedonia").text)
    assert [row["supporter.cow"] for row in rows] == ["991", "992", "991;992", "991;992"]
    assert {(row["supporter.gw"], row["supporter.iso3"]) for row in rows} == {("993", "QQQ")}
    # Also if the date has no column.
    query = "supporter.slug=freedonia&fields=supporter.codes"
    rows = table(editor.send("GET", f"/api/v1/supports.csv?{query}").text)
    assert [row["supporter.cow"] for row in rows] == ["991", "992", "991;992", "991;992"]
    assert list(rows[0]) == ["supporter.iso3", "supporter.cow", "supporter.gw"]


# --- many pages, one revision -------------------------------------------------------------------


def add_actors(editor: Editor, count: int, start: int = 0) -> None:
    new = (
        {"create": "actor", "slug": f"many-{n:05}", "name": f"Many {n}", "kind": "PERSON"}
        for n in range(start, start + count)
    )
    body = "".join(json.dumps(each) + "\n" for each in new)
    headers = {"content-type": "application/x-ndjson"}
    answer = editor.send("POST", "/api/v1/bulk", content=body, headers=headers)
    assert answer.status_code == 200, answer.text[-500:]


MANY = "slug.startsWith=many-&orderBy=-slug&fields=slug,name"


@pytest.mark.parametrize("extension", ["csv", "jsonl"])
def test_thousands_of_records_are_all_there_once(editor: Editor, extension: str) -> None:
    add_actors(editor, 3_001)
    text = editor.send("GET", f"/api/v1/actors.{extension}?{MANY}").text
    rows = table(text) if extension == "csv" else lines(text)
    assert [row["slug"] for row in rows] == [f"many-{n:05}" for n in reversed(range(3_001))]
    assert {row["name"] for row in rows} == {f"Many {n}" for n in range(3_001)}


async def nothing(_: int) -> None:
    """Does nothing between two chunks."""


class Reader:
    """A client that calls the application, and sees each message."""

    def __init__(
        self, between: Callable[[int], Awaitable[None]] = nothing, token: str = ""
    ) -> None:
        """`between`: awaited before the chunk with this number is taken."""
        self._token = token
        self.chunks: list[bytes] = []
        self.is_complete = False
        self.is_aborted = False
        self._between = between

    def read(self, editor: Editor, address: str) -> bytes:
        """Returns the body of a response, as far as it arrives."""
        path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [
                (b"host", b"a.test"),
                *([(b"authorization", f"Bearer {self._token}".encode())] if self._token else []),
            ],
            "scheme": "http",
            "server": ("a.test", 80),
            "http_version": "1.1",
            "state": {ABORT: self._abort},
        }
        editor.run(editor.app(scope, self._receive, self._send))
        return b"".join(self.chunks)

    def _abort(self) -> None:
        self.is_aborted = True

    async def _receive(self) -> Json:
        await asyncio.Event().wait()
        raise AssertionError

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.body":
            await self._between(len(self.chunks))
            self.chunks.append(message["body"])
            self.is_complete = not message.get("more_body", False)


@pytest.mark.parametrize("extension", ["csv", "jsonl"])
def test_a_write_between_two_pages_changes_nothing(editor: Editor, extension: str) -> None:
    add_actors(editor, 1_600)
    address = f"/api/v1/actors.{extension}?{MANY}"
    before = editor.send("GET", address)
    revision = before.headers["allygraph-revision"]
    statuses = []

    async def write(chunk: int) -> None:
        """Changes, deletes and creates records that the export has not read yet."""
        if chunk == 2:
            new = {"slug": "many-00000-a", "name": "New", "kind": "PERSON"}
            for method, path, body in (
                ("PATCH", "actors/many-00000", {"name": "Changed"}),
                ("DELETE", "actors/many-00001", None),
                ("POST", "actors", new),
            ):
                answer = await editor.sent(method, f"/api/v1/{path}", json=body)
                statuses.append(answer.status_code)

    reader = Reader(write)
    assert reader.read(editor, address) == before.content
    assert statuses == [200, 204, 201]
    assert reader.is_complete
    after = editor.send("GET", address)
    assert after.content != before.content
    # The file of a revision is the same later, by the address that cites it.
    assert editor.send("GET", before.links["cite-as"]["url"]).content == before.content
    header = editor.send("GET", address, headers={"allygraph-as-of": revision})
    assert header.content == before.content


def test_an_export_of_an_unknown_revision_is_refused(send: Send) -> None:
    refused = send("GET", "/api/v1/actors.csv?asOf=999999")
    assert (refused.status_code, refused.json()["code"]) == (400, "UNKNOWN_REVISION")
    conflict = send("GET", "/api/v1/actors.csv?asOf=1", headers={"allygraph-as-of": "0"})
    assert conflict.json()["code"] == "AS_OF_CONFLICT"
    assert send("GET", "/api/v1/actors.csv?asOf=0&fields=slug").text == "slug\r\n"


def test_memory_does_not_grow_with_the_number_of_records(editor: Editor) -> None:
    add_actors(editor, 6_000)

    def peak(prefix: str, count: int) -> int:
        """Returns the maximum memory beyond the chunks, which the test stores."""
        tracemalloc.start()
        reader = Reader()
        text = reader.read(editor, f"/api/v1/actors.csv?slug.startsWith={prefix}&orderBy=-slug")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert text.count(b"\r\n") == count + 1
        # The chunks, and the joined text.
        return most - 2 * len(text)

    # The first export fills caches, so the second is measured.
    peak("many-00", 1_000)
    assert peak("many-0", 6_000) < peak("many-00", 1_000) + 300_000


def test_an_export_that_fails_midway_has_no_end(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_actors(editor, 1_600)

    async def fail(*_: Any) -> Any:
        raise TimedOut("The database takes too long.")

    monkeypatch.setattr(exports._Pages, "after", fail)
    reader = Reader()
    assert len(table(reader.read(editor, f"/api/v1/actors.csv?{MANY}").decode())) == 500
    # The client can see that the file is incomplete.
    assert (reader.is_aborted, reader.is_complete) == (True, False)
    monkeypatch.undo()
    assert len(table(editor.send("GET", f"/api/v1/actors.csv?{MANY}").text)) == 1_600


@pytest.mark.parametrize("limit", ["_EXPORTS_MOST", "_EXPORTS_OF_A_CLIENT"])
def test_only_some_exports_run_at_a_time(
    seeded: Path,
    tmp_path: Path,
    runner: asyncio.Runner,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
) -> None:
    monkeypatch.setattr(exporting, limit, 0)
    editor = Editor(copy_of(seeded, tmp_path, "first.db"), runner)
    refused = editor.send("GET", f"{PREFIX}/actors.csv")
    assert (refused.status_code, refused.json()["code"]) == (503, "OVERLOADED")
    editor.close()
    monkeypatch.setattr(exporting, limit, 1)
    editor = Editor(copy_of(seeded, tmp_path, "second.db"), runner)
    for _ in range(3):
        assert editor.send("GET", f"{PREFIX}/actors.csv?fields=id").status_code == 200
        assert editor.send("HEAD", f"{PREFIX}/actors.csv?fields=id").status_code == 200
        assert editor.send("GET", f"{PREFIX}/actors.csv?fields=nme").status_code == 400
    editor.close()


def test_an_export_ends_once_its_token_is_revoked(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_actors(editor, 1_600)
    monkeypatch.setattr(token_watch, "CHECK_SECONDS", 0.01)
    secret = editor.token("reader", Role.READER)
    (number,) = [each["id"] for each in tokens_of(editor) if each["name"] == "reader"]

    async def revoke(chunk: int) -> None:
        if chunk == 1:
            await editor.sent("DELETE", f"/api/v1/tokens/{number}")
            # The client reads nothing for a while.
            await asyncio.sleep(5)

    reader = Reader(revoke, secret)
    reader.read(editor, f"/api/v1/actors.csv?{MANY}")
    assert (reader.is_aborted, reader.is_complete) == (True, False)
    anybody = Reader()
    anybody.read(editor, f"/api/v1/actors.csv?{MANY}")
    assert anybody.is_complete


def tokens_of(editor: Editor) -> list[Json]:
    listed: list[Json] = editor.send("GET", "/api/v1/tokens").json()["data"]
    return listed
