"""Every address that reads with every extension: a file, or a refusal that lists what there is."""

import httpx
import pytest

from tests.http.conftest import Send

TABLES = (
    *("actors", "supports", "statements", "sources", "datasets", "evidence", "memberships"),
    *("conflicts", "successions", "coverage"),
)
RECORDS = ("actors/iran", "actors/actor_1", "supports/support_1", "datasets/rutte-2024")
PANEL = "unit=ACTOR_YEAR&datasets=rutte-2024&from=2024&to=2024&actors=russia&phases=DELIVERED"
TABLE_FILES, NETWORK_FILES = {"csv", "jsonl", "parquet"}, {"gexf", "graphml"}
# What is below /api/v1, its parameters, and the extensions that it has.
ADDRESSES = [
    *((name, "", TABLE_FILES) for name in TABLES),
    ("totals", "groupBy=KIND", TABLE_FILES),
    ("panel", PANEL, TABLE_FILES),
    ("network", "", NETWORK_FILES),
    ("paths", "from=iran&to=north-korea", set[str]()),
    ("search", "text=iran", set[str]()),
    ("changes", "since=0", set[str]()),
    ("cite", "of=supports", set[str]()),
    *((name, "", set[str]()) for name in (*RECORDS, "actors/iran/position")),
]
EXTENSIONS = ("csv", "jsonl", "parquet", "gexf", "graphml", "json", "xyz", "CSV", "csv.gz")
OTHER_TYPES = ("image/png", "application/json;q=0", "application/vnd.ms-excel")


def assert_lists(refused: httpx.Response, formats: set[str]) -> None:
    """Whether a refusal names these formats, and no other extension."""
    assert (refused.status_code, refused.json()["code"]) == (406, "NOT_ACCEPTABLE")
    _, _, available = refused.json()["detail"].partition("Available: ")
    listed = {each for each in TABLE_FILES | NETWORK_FILES if f".{each} " in available}
    assert listed == formats
    assert "application/json" in available or "application/vnd.citationstyles" in available


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize(("name", "query", "formats"), ADDRESSES)
def test_an_extension_is_a_file_or_refused_with_those_there_are(
    send: Send, name: str, query: str, formats: set[str], extension: str
) -> None:
    answer = send("GET", f"/api/v1/{name}.{extension}?{query}")
    if extension in formats:
        assert answer.status_code == 200, answer.text
        assert f".{extension}" in answer.headers["content-disposition"]
    else:
        assert_lists(answer, formats)


@pytest.mark.parametrize("accept", OTHER_TYPES)
@pytest.mark.parametrize(("name", "query", "formats"), ADDRESSES)
def test_a_type_that_there_is_not_is_refused_with_those_there_are(
    send: Send, name: str, query: str, formats: set[str], accept: str
) -> None:
    address = f"/api/v1/{name}?{query}"
    assert_lists(send("GET", address, headers={"accept": accept}), formats)


@pytest.mark.parametrize(
    "name",
    [
        *("supports/1.csv", "supports/support_999.csv", "actors/nobody.json", "actors/.csv"),
        *("actors/nobody/position.csv", "nothing.csv", "actor.csv", "actors/iran/nothing.csv"),
        *("supports/support_1.csv?asOf=0", "actors/iran/position.csv?asOf=0"),
    ],
)
def test_what_does_not_exist_has_no_formats(send: Send, name: str) -> None:
    answer = send("GET", f"/api/v1/{name}")
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
