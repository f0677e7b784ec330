"""Earlier states can be queried by the number of a revision or by a time, in both APIs."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Self

import pytest

from tests.history.dated import EMPTY, FIRST, SECOND, THIRD, code_of, refused
from tests.http.editing import Editor

COUNT = "{ revision { number } actors { totalCount } }"
BY_REVISION = f"query ($revision: Int) @asOf(revision: $revision) {COUNT}"
BY_TIME = f"query ($time: DateTime) @asOf(time: $time) {COUNT}"
BY_EITHER = (
    f"query ($revision: Int, $time: DateTime) @asOf(revision: $revision, time: $time) {COUNT}"
)
LONG_AGO, SOON = "1815-06-09T12:00:00Z", (datetime.now(UTC) + timedelta(days=1)).isoformat()


def counted(editor: Editor, document: str, **variables: Any) -> tuple[int, int]:
    """Returns the number of the revision that was read, and its number of actors."""
    data = editor.ask(document, variables)["data"]
    return data["revision"]["number"], data["actors"]["totalCount"]


@pytest.mark.parametrize(("number", "actors"), [(0, 0), (1, 4), (2, 5), (3, 4), (4, 4)])
def test_revision_is_named_by_its_number(editor: Editor, number: int, actors: int) -> None:
    assert counted(editor, BY_REVISION, revision=number) == (number, actors)
    answer = editor.rest("GET", f"actors?asOf={number}").json()
    assert (answer["revision"], answer["page"]["totalCount"]) == (number, actors)


TIMES = {
    LONG_AGO: 0,
    "0001-01-01T00:00:00Z": 0,
    "0999-12-31T23:59:59Z": 0,
    EMPTY: 0,
    "2025-03-10T11:59:59Z": 0,
    FIRST: 1,
    "2025-03-10T12:00:00.999Z": 1,
    "2025-03-20T11:59:59.999999Z": 1,
    "2025-03-20T13:59:59+02:00": 1,
    "2025-03-20T14:00:00+02:00": 2,
    "2025-03-20T06:30:00-05:30": 2,
    "2025-03-20T23:59:59+14:00": 1,
    "2025-03-30T11:59:59Z": 2,
    THIRD: 4,
    "2025-12-31T00:00:00Z": 4,
}


@pytest.mark.parametrize(("time", "number"), TIMES.items())
def test_time_names_the_revision_that_was_the_newest_then(
    editor: Editor, time: str, number: int
) -> None:
    assert counted(editor, BY_TIME, time=time)[0] == number
    answer = editor.send("GET", "/api/v1/actors", params={"asOf": time})
    assert answer.json()["revision"] == number


def test_before_the_first_revision_there_is_nothing(editor: Editor) -> None:
    document = f'query @asOf(time: "{LONG_AGO}") {{ actor(by: {{slug: "iran"}}) {{ id }}'
    document += ' nodes(ids: ["actor_1"]) { id } statements { nodes { id } }'
    document += " changes(since: 0) { totalCount } }"
    assert editor.ask(document)["data"] == {
        "actor": None,
        "nodes": [None],
        "statements": {"nodes": []},
        "changes": {"totalCount": 0},
    }


def test_one_document_is_asked_about_several_states(editor: Editor) -> None:
    names = []
    for revision in (1, 2, 1):
        document = 'query ($n: Int!) @asOf(revision: $n) { node(id: "actor_1") { ...Name } }'
        document += " fragment Name on Actor { name }"
        names.append(editor.ask(document, {"n": revision})["data"]["node"]["name"])
    assert names == ["Iran", "The Islamic Republic", "Iran"]


def test_one_document_is_asked_by_revision_and_by_time(editor: Editor) -> None:
    assert counted(editor, BY_EITHER, revision=1, time=None) == (1, 4)
    assert counted(editor, BY_EITHER, time=SECOND) == (2, 5)
    assert counted(editor, BY_EITHER, revision=0) == (0, 0)


def test_other_variables_have_their_values_beside_it(editor: Editor) -> None:
    document = """
    query ($where: ActorFilter, $n: Int = 1, $first: Int) @asOf(revision: $n) {
      actors(where: $where, first: $first) { nodes { slug } }
    }
    """
    where = {"aliases": {"some": {"name": {"eq": "Persia"}}}, "name": {"eq": "Iran"}}
    found = editor.ask(document, {"where": where, "first": 3})["data"]["actors"]["nodes"]
    assert found == [{"slug": "iran"}]
    assert editor.ask(document, {"where": where, "n": 2})["data"]["actors"]["nodes"] == []


def test_schema_is_asked_about_beside_the_past(editor: Editor) -> None:
    document = 'query @asOf(revision: 1) { __type(name: "Actor") { name } actors { totalCount } }'
    assert editor.ask(document)["data"] == {
        "__type": {"name": "Actor"},
        "actors": {"totalCount": 4},
    }


def test_actor_that_was_merged_is_itself_before(editor: Editor) -> None:
    selection = '{ by: actor(by: {slug: "dprk"}) { id } node(id: "actor_5") { id } }'
    before = editor.ask(f"query @asOf(revision: 2) {selection}")["data"]
    assert before == {"by": {"id": "actor_5"}, "node": {"id": "actor_5"}}
    for moment in ("@asOf(revision: 3)", ""):
        after = editor.ask(f"query {moment} {selection}")["data"]
        assert after == {"by": {"id": "actor_3"}, "node": {"id": "actor_3"}}


def test_id_that_was_merged_changes_nothing_for_the_ids_beside_it(editor: Editor) -> None:
    selection = '{ nodes(ids: ["actor_5", "actor_1", "actor_3", "actor_4"]) { id } }'
    found = editor.ask(selection)["data"]["nodes"]
    assert [node["id"] for node in found] == ["actor_3", "actor_1", "actor_3", "actor_4"]
    found = editor.ask(f"query @asOf(revision: 2) {selection}")["data"]["nodes"]
    assert [node["id"] for node in found] == ["actor_5", "actor_1", "actor_3", "actor_4"]


@pytest.mark.parametrize("name", ["dprk", "actor_5"])
def test_member_that_was_merged_is_itself_before(editor: Editor, name: str) -> None:
    found = {
        asked: editor.rest("GET", f"actors/{name}?fields=id{asked}").json()["id"]
        for asked in ("", "&asOf=3", "&asOf=2")
    }
    assert found == {"": "actor_3", "&asOf=3": "actor_3", "&asOf=2": "actor_5"}


def test_record_that_was_removed_is_there_before(editor: Editor) -> None:
    assert editor.rest("GET", "sources/source_2?asOf=3").json()["title"] == "Another report"
    assert editor.rest("GET", "sources/source_2").status_code == 404


def test_future_is_unknown(editor: Editor) -> None:
    assert refused(editor, BY_TIME, time=SOON) == "UNKNOWN_REVISION"
    answer = editor.send("GET", "/api/v1/actors/iran", params={"asOf": SOON})
    assert (answer.status_code, code_of(answer)) == (400, "UNKNOWN_REVISION")


class NoonAndAHalf(datetime):
    """A clock that is fixed at the second in which revision 2 was written."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2025, 3, 20, 12, 0, 0, 500_000, tz)


def test_second_that_is_not_over_is_unknown(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another write may follow in this second."""
    monkeypatch.setattr("service.planning.as_of.datetime", NoonAndAHalf)
    assert refused(editor, BY_TIME, time=SECOND) == "UNKNOWN_REVISION"
    assert counted(editor, BY_TIME, time="2025-03-20T11:59:59Z") == (1, 4)


@pytest.mark.parametrize("number", [5, -1, 2**31 - 1])
def test_revision_that_is_not_there_is_unknown(editor: Editor, number: int) -> None:
    assert refused(editor, BY_REVISION, revision=number) == "UNKNOWN_REVISION"


@pytest.mark.parametrize("number", ["5", "999999999999999", "9" * 16, "9" * 5_000])
@pytest.mark.parametrize("address", ["actors", "actors/iran", "changes"])
def test_revision_that_is_not_there_is_unknown_over_rest(
    editor: Editor, address: str, number: str
) -> None:
    since = {"since": "0"} if address == "changes" else {}
    answer = editor.send("GET", f"/api/v1/{address}", params={"asOf": number, **since})
    assert (answer.status_code, code_of(answer)) == (400, "UNKNOWN_REVISION")


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"revision": None, "time": None},
        {"revision": 1, "time": FIRST},
        {"time": "yesterday"},
        {"time": ""},
        {"time": "2025-03-10"},
        {"time": "2025-03-10T12:00:00"},
        {"time": "2025-03-10 12:00:00Z"},
        {"time": "2025-02-30T12:00:00Z"},
        {"time": "0001-01-01T00:00:00+14:00"},
        {"time": "9999-12-31T23:59:59-14:00"},
        {"time": 1_741_608_000},
        {"revision": "1"},
        {"revision": 1.5},
    ],
)
def test_neither_both_or_no_moment_is_bad_input(editor: Editor, variables: dict[str, Any]) -> None:
    assert refused(editor, BY_EITHER, **variables) == "BAD_USER_INPUT"


@pytest.mark.parametrize("written", ["@asOf", "@asOf(revision: null)", "@asOf(time: null)"])
def test_directive_without_a_moment_is_bad_input(editor: Editor, written: str) -> None:
    assert refused(editor, f"query {written} {COUNT}") == "BAD_USER_INPUT"


def test_directive_with_both_moments_is_bad_input(editor: Editor) -> None:
    document = f'query @asOf(revision: 1, time: "{FIRST}") {COUNT}'
    assert refused(editor, document) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "document",
    [
        "query @asOf(revision: 1) @asOf(revision: 2) { __typename }",
        "{ actors @asOf(revision: 1) { totalCount } }",
        'mutation @asOf(revision: 1) { deleteActor(id: "actor_1") { deletedId } }',
        "query @asOf(number: 1) { __typename }",
        'query @asOf(revision: "1") { __typename }',
    ],
)
def test_directive_in_another_place_or_form_is_invalid(editor: Editor, document: str) -> None:
    assert refused(editor, document) == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("text", ["", "yesterday", "-1", "1.0", "2025-03-10", "1 ", "\u0661"])
def test_moment_that_can_not_be_read_is_bad_input_over_rest(editor: Editor, text: str) -> None:
    answer = editor.send("GET", "/api/v1/actors", params={"asOf": text})
    assert (answer.status_code, code_of(answer)) == (400, "BAD_USER_INPUT")


def test_two_moments_are_bad_input_over_rest(editor: Editor) -> None:
    assert code_of(editor.rest("GET", "actors?asOf=1&asOf=2")) == "BAD_USER_INPUT"
