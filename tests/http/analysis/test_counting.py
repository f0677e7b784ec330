"""The number of records on all pages: exactly, and by a sample."""

from typing import Any

import pytest

from tests.http.editing import Editor
from tests.stores import change

COUNT = """
query ($title: String!, $accuracy: CountAccuracy) %s {
  sources(where: {title: {startsWith: $title}}) { totalCount(accuracy: $accuracy) }
}
"""
# More records than a sample reads: 64 blocks of 256 keys.
SOURCES = 20_000
_INSERT = """
WITH RECURSIVE numbers(number) AS (
  SELECT 101 UNION ALL SELECT number + 1 FROM numbers WHERE number < 100 + ?
)
INSERT INTO source (id, title)
SELECT number, CASE WHEN number * 7919 % 10 < 3 THEN 'Report ' ELSE 'Article ' END || number
FROM numbers
"""


def is_report(key: int) -> bool:
    return key > 100 and key * 7919 % 10 < 3


@pytest.fixture
def many(editor: Editor) -> Editor:
    """Sources with the keys from 101 on, three in ten of which are reports."""
    change(editor.path, _INSERT, SOURCES)
    return editor


def counted(editor: Editor, accuracy: str | None, title: str = "Report", at: str = "") -> Any:
    answer = editor.ask(COUNT % at, {"title": title, "accuracy": accuracy})
    return answer["data"]["sources"]["totalCount"]


def test_a_sample_of_many_records_is_extrapolated(many: Editor) -> None:
    newest = 100 + SOURCES
    firsts = [number * newest // 64 for number in range(64)]
    sample = [key for first in firsts for key in range(first + 1, first + 257)]
    estimate = sum(map(is_report, sample)) * newest // len(sample)
    assert counted(many, "ESTIMATE") == estimate
    exact = sum(map(is_report, range(101, newest + 1)))
    assert counted(many, "EXACT") == counted(many, None) == exact
    assert estimate == pytest.approx(exact, rel=0.03)


def test_a_sample_is_the_same_over_rest(many: Editor) -> None:
    path = "/api/v1/sources?title.startsWith=Report&first=1"
    estimated = many.send("GET", f"{path}&countAccuracy=ESTIMATE").json()["page"]
    assert estimated["totalCount"] == counted(many, "ESTIMATE")
    exact = many.send("GET", path).json()["page"]
    assert exact["totalCount"] == counted(many, "EXACT") != estimated["totalCount"]


def test_a_sample_is_of_the_revision_that_is_read(many: Editor) -> None:
    before = counted(many, "ESTIMATE")
    revision = many.revision()
    assert many.send("DELETE", "/api/v1/sources/source_20000").status_code == 204
    change(many.path, "DELETE FROM source WHERE id > 5000")
    assert counted(many, "ESTIMATE") < before
    assert counted(many, "ESTIMATE", at=f"@asOf(revision: {revision})") == before


def test_few_records_are_all_counted(editor: Editor) -> None:
    ((sources,),) = editor.rows("SELECT count(*) FROM source")
    assert counted(editor, "ESTIMATE", title="") == sources > 0


def test_numbers_of_supports_that_are_known_are_not_estimated(editor: Editor) -> None:
    document = """{ supports(where: {kind: {under: WEAPONS}}) {
      exact: totalCount estimate: totalCount(accuracy: ESTIMATE) nodes { id }
    } }"""
    supports = editor.ask(document)["data"]["supports"]
    assert supports["exact"] == supports["estimate"] == len(supports["nodes"]) > 0


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/v1/sources?countAccuracy=ABOUT", "countAccuracy"),
        ("/api/v1/sources.csv?countAccuracy=ESTIMATE", "without `countAccuracy`"),
    ],
)
def test_another_accuracy_is_refused(editor: Editor, path: str, told: str) -> None:
    refused = editor.send("GET", path)
    assert refused.status_code == 400
    assert told in refused.json()["detail"]


def test_two_samples_in_one_query_are_apart(many: Editor) -> None:
    document = """{
      reports: sources(where: {title: {startsWith: "Report"}}) { totalCount(accuracy: ESTIMATE) }
      all: sources { totalCount(accuracy: ESTIMATE) again: totalCount(accuracy: ESTIMATE) }
    }"""
    data = many.ask(document)["data"]
    assert data["reports"]["totalCount"] == counted(many, "ESTIMATE")
    assert data["all"]["totalCount"] == data["all"]["again"] == pytest.approx(SOURCES, rel=0.01)
