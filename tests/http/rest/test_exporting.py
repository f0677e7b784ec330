"""Exports: all records of a collection at one revision, as CSV and as JSON lines."""

import json

import pytest

from schema.concepts import COLLECTIONS
from tests.http.editing import Editor
from tests.http.rest.exported import HOSTILE, Send, everything, in_cell, leaves, lines, table

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
