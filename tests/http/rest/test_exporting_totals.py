"""Exports of totals have the same groups as the pages, with the codes of their actors."""

from typing import Any

import pytest

from tests.http.rest.exported import Send, everything, in_cell, leaves, lines, table

TOTALS = "/api/v1/totals"


@pytest.mark.parametrize(
    "query",
    [
        "groupBy=SUPPORTER,KIND,UNIT&orderBy=-certain.supports",
        "groupBy=RECIPIENT,YEAR&kind.under=MILITARY",
        "groupBy=KIND&kindLevel=1",
        "groupBy=",
    ],
)
def test_an_export_has_the_groups_of_all_pages(send: Send, query: str) -> None:
    groups = everything(send, f"{TOTALS}?first=2&{query}")
    assert groups
    assert lines(send("GET", f"{TOTALS}.jsonl?{query}").text) == groups
    rows = table(send("GET", f"{TOTALS}.csv?{query}").text)
    for group, row in zip(groups, rows, strict=True):
        told = {path: value for path, value in leaves(group) if path in row or value is not None}
        assert {path: in_cell(value) for path, value in told.items()} == {
            path: row[path] for path in told
        }


def test_an_actor_has_its_codes_beside_its_name(send: Send) -> None:
    query = "groupBy=SUPPORTER,YEAR&supporter.slug=north-korea"
    rows = table(send("GET", f"{TOTALS}.csv?{query}").text)
    assert {(row["supporter.iso3"], row["supporter.cow"]) for row in rows} == {("PRK", "731")}
    assert {"2024", ""} <= {row["year"] for row in rows}


@pytest.mark.parametrize("extension", ["csv", "jsonl"])
def test_bad_parameters_are_refused_as_those_of_a_page_are(send: Send, extension: str) -> None:
    for query in ("", "groupBy=NOTHING", "groupBy=KIND&first=2", "groupBy=KIND&after=00"):
        answer = send("GET", f"{TOTALS}.{extension}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "BAD_USER_INPUT")


def test_accept_chooses_a_format(send: Send) -> None:
    headers = {"accept": "text/csv"}
    export = send("GET", f"{TOTALS}?groupBy=KIND", headers=headers)
    assert export.headers["content-type"].startswith("text/csv")
    assert export.content == send("GET", f"{TOTALS}.csv?groupBy=KIND").content


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("totals?groupBy=KIND", ("application/json", "text/csv", "application/jsonl")),
        ("changes?since=0", ("application/json",)),
        ("actors/iran", ("application/json",)),
    ],
)
def test_another_media_type_is_refused_with_the_list(
    send: Send, path: str, offered: tuple[str, ...]
) -> None:
    refused = send("GET", f"/api/v1/{path}", headers={"accept": "image/png"})
    assert (refused.status_code, refused.json()["code"]) == (406, "NOT_ACCEPTABLE")
    assert [each for each in offered if each not in refused.json()["detail"]] == []
    browser: dict[str, Any] = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert send("GET", f"/api/v1/{path}", headers=browser).status_code == 200


def test_an_unknown_extension_is_refused_with_the_list(send: Send) -> None:
    refused = send("GET", f"{TOTALS}.xlsx?groupBy=KIND")
    assert (refused.status_code, refused.json()["code"]) == (406, "NOT_ACCEPTABLE")
    assert ".csv" in refused.json()["detail"]
