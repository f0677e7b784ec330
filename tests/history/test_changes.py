"""Changes in `changes` and `history`, and the state that a response shows."""

from typing import Any

import pytest

from tests.history.dated import code_of, refused
from tests.http.editing import Editor
from tests.names import names, names_text

CHANGES = "query ($since: Int!, $after: String) { changes(since: $since, after: $after) { %s } }"
TOLD = "nodes { revision { number } action type id recordId fields { field before after } }"


def changes(editor: Editor, arguments: str, selection: str = TOLD) -> Any:
    document = f"{{ changes({arguments}) {{ {selection} }} }}"
    return editor.ask(document)["data"]["changes"]


def ids(editor: Editor, arguments: str) -> list[str]:
    found = changes(editor, arguments, "nodes { action recordId }")["nodes"]
    return [f"{change['action']} {change['recordId']}" for change in found]


def test_changes_come_by_revision_kind_and_id(editor: Editor) -> None:
    assert ids(editor, "since: 1") == [
        "UPDATED actor_1",
        "CREATED actor_5",
        "UPDATED statement_1",
        "CREATED source_2",
        "UPDATED actor_3",
        "DELETED actor_5",
        "DELETED source_2",
    ]


def test_change_has_the_fields_that_differ(editor: Editor) -> None:
    actor, _, statement, *_ = changes(editor, "since: 1")["nodes"]
    assert actor == {
        "revision": {"number": 2},
        "action": "UPDATED",
        "type": "ACTOR",
        "id": "change_2_actor_1",
        "recordId": "actor_1",
        "fields": [
            {"field": "name", "before": "Iran", "after": "The Islamic Republic"},
            {
                "field": "aliases",
                "before": names_text("Persia"),
                "after": names_text("Iran", "Persia"),
            },
        ],
    }
    assert statement["fields"] == [
        {
            "field": "mentions",
            "before": '["actor_1","actor_2"]',
            "after": '["actor_2","actor_3"]',
        }
    ]


def test_changes_of_one_record_have_ids_of_their_own_by_which_they_are_found(
    editor: Editor,
) -> None:
    history = "nodes { __typename id recordId action }"
    document = f'{{ actor(by: {{slug: "iran"}}) {{ history {{ {history} }} }} }}'
    changes = editor.ask(document)["data"]["actor"]["history"]["nodes"]
    assert [(each["id"], each["recordId"]) for each in changes] == [
        ("change_2_actor_1", "actor_1"),
        ("change_1_actor_1", "actor_1"),
    ]
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id %s } }"
    found = editor.ask(
        document % "... on Change { recordId action }", {"ids": [each["id"] for each in changes]}
    )
    assert found["data"]["nodes"] == changes


@pytest.mark.parametrize(
    "id", ["change_4_actor_1", "change_02_actor_1", "change_2_actor_99", "change_2", "change_2_x_1"]
)
def test_id_of_no_change_finds_nothing(editor: Editor, id: str) -> None:
    document = "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }"
    assert editor.ask(document, {"id": id})["data"] == {"node": None, "nodes": [None]}


def test_change_is_found_beside_an_introspected_schema(editor: Editor) -> None:
    selection = "node(id: $id) { ... on Change { action record { id } } }"
    document = f'query ($id: ID!) {{ {selection} __type(name: "Change") {{ name }} }}'
    node = editor.ask(document, {"id": "change_2_actor_1"})["data"]["node"]
    assert node == {"action": "UPDATED", "record": {"id": "actor_1"}}


def test_record_that_was_removed_is_reported_by_its_fields(editor: Editor) -> None:
    (change,) = changes(editor, "since: 3", f"{TOLD} edges {{ node {{ record {{ id }} }} }}")[
        "edges"
    ]
    assert change == {"node": {"record": None}}
    (told,) = changes(editor, "since: 3")["nodes"]
    assert told["fields"] == [{"field": "title", "before": "Another report", "after": None}]


def test_merge_is_a_change_of_both_actors(editor: Editor) -> None:
    kept, gone = changes(editor, "since: 2, first: 2")["nodes"]
    assert kept["fields"] == [{"field": "aliases", "before": None, "after": names_text("DPRK")}]
    assert (gone["action"], gone["recordId"]) == ("DELETED", "actor_5")


def test_record_is_reported_as_it_stood_then(editor: Editor) -> None:
    selection = "nodes { record { ... on Support { supporter { name aliases { name } } } } }"
    (change,) = changes(editor, "since: 0, types: [SUPPORT]", selection)["nodes"]
    assert change["record"] == {"supporter": {"name": "Iran", "aliases": names("Persia")}}


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("since: 1, types: [SOURCE]", ["CREATED source_2", "DELETED source_2"]),
        ("since: 1, types: []", []),
        ("since: 4", []),
        (
            'since: 1, types: [ACTOR], where: {actor: {name: {eq: "Iran"}}}',
            ["UPDATED actor_1"],
        ),
        (
            'since: 1, types: [ACTOR, SOURCE], where: {actor: {slug: {eq: "dprk"}}}',
            # As of then, the slug leads to the actor that was kept.
            [
                *("CREATED actor_5", "CREATED source_2", "UPDATED actor_3"),
                *("DELETED actor_5", "DELETED source_2"),
            ],
        ),
        (
            "since: 1, types: [STATEMENT],"
            ' where: {statement: {mentions: {some: {slug: {eq: "iran"}}}}}',
            ["UPDATED statement_1"],
        ),
    ],
)
def test_changes_are_chosen_by_type_and_by_what_records_were_like(
    editor: Editor, arguments: str, found: list[str]
) -> None:
    assert ids(editor, arguments) == found


def test_history_of_a_statement_has_its_mentions(editor: Editor) -> None:
    document = """
    { statement(id: "statement_1") { history {
      totalCount
      nodes { action revision { number author message } fields { field before after } }
    } } }
    """
    history = editor.ask(document)["data"]["statement"]["history"]
    assert history["totalCount"] == 2
    newest, oldest = history["nodes"]
    assert newest == {
        "action": "UPDATED",
        "revision": {"number": 2, "author": "alice", "message": "Names and mentions"},
        "fields": [
            {
                "field": "mentions",
                "before": '["actor_1","actor_2"]',
                "after": '["actor_2","actor_3"]',
            }
        ],
    }
    assert (oldest["action"], oldest["revision"]["number"]) == ("CREATED", 1)
    assert {"field": "text", "before": None, "after": "Iran sends drones."} in oldest["fields"]
    assert {"field": "quoted", "before": None, "after": "false"} in oldest["fields"]
    assert {"field": "speaker", "before": None, "after": "actor_4"} in oldest["fields"]


def test_history_ends_where_the_question_is_asked(editor: Editor) -> None:
    document = (
        'query @asOf(revision: 1) { statement(id: "statement_1") { history { totalCount } } }'
    )
    assert editor.ask(document)["data"]["statement"]["history"] == {"totalCount": 1}


def test_rest_returns_the_same_changes(editor: Editor) -> None:
    answer = editor.rest("GET", "changes?since=1&types=STATEMENT,SOURCE&first=1").json()
    (change,) = answer["data"]
    assert list(change) == ["id", "revision", "action", "type", "recordId", "record", "fields"]
    assert (change["id"], change["recordId"]) == ("change_2_statement_1", "statement_1")
    assert change["record"]["speaker"] == {
        "id": "actor_4",
        "slug": "analyst",
        "name": "An analyst",
    }
    assert (answer["page"]["totalCount"], answer["revision"]) == (3, 4)


def test_rest_links_to_the_next_page_of_changes(editor: Editor) -> None:
    found, path = [], "/api/v1/changes?since=1&first=3"
    while path:
        answer = editor.send("GET", path)
        found += [change["recordId"] for change in answer.json()["data"]]
        path = answer.links.get("next", {}).get("url", "")
    assert found == [line.split()[1] for line in ids(editor, "since: 1")]


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["@asOf(revision: 2)", '@asOf(time: "2025-03-25T00:00:00Z")'])
def test_page_of_the_past_goes_on_although_the_data_has_changed(
    writing_editor: Editor, moment: str
) -> None:
    def page(after: str | None) -> Any:
        document = f"query ($after: String) {moment} {{ actors(first: 2, after: $after,"
        document += " orderBy: [{name: ASC}]) { nodes { name } pageInfo { endCursor } } }"
        return writing_editor.ask(document, {"after": after})["data"]["actors"]

    first = page(None)
    # A change that was before the cursor comes after it, and the other way round.
    for slug, name in (("analyst", "Zed"), ("iran", "Abe"), ("russia", "A")):
        assert writing_editor.rest("PATCH", f"actors/{slug}", {"name": name}).status_code == 200
    second = page(first["pageInfo"]["endCursor"])
    third = page(second["pageInfo"]["endCursor"])
    names = [node["name"] for each in (first, second, third) for node in each["nodes"]]
    assert names == ["An analyst", "DPRK", "North Korea", "Russia", "The Islamic Republic"]


def test_rest_page_of_the_past_links_to_the_next_one_of_then(writing_editor: Editor) -> None:
    names, path = [], "/api/v1/actors?asOf=1&first=1&orderBy=-slug&fields=name"
    while path:
        answer = writing_editor.send("GET", path)
        names += [actor["name"] for actor in answer.json()["data"]]
        writing_editor.rest("PATCH", "actors/iran", {"slug": f"iran-{len(names)}"})
        path = answer.links.get("next", {}).get("url", "")
    assert names == ["Russia", "North Korea", "Iran", "An analyst"]


def test_changes_go_on_behind_a_cursor_although_more_was_written(writing_editor: Editor) -> None:
    page = changes(writing_editor, "since: 1, first: 6", "pageInfo { hasNextPage endCursor }")
    assert page["pageInfo"]["hasNextPage"]
    writing_editor.rest("PATCH", "actors/iran", {"name": "Iran"})
    after = page["pageInfo"]["endCursor"]
    assert ids(writing_editor, f'since: 1, after: "{after}"') == [
        "DELETED source_2",
        "UPDATED actor_1",
    ]


# --- refused queries ----------------------------------------------------------------------------


@pytest.mark.parametrize("since", [5, 2**31 - 1])
def test_revision_that_is_still_to_come_is_unknown(editor: Editor, since: int) -> None:
    assert refused(editor, CHANGES % "totalCount", since=since) == "UNKNOWN_REVISION"
    assert code_of(editor.rest("GET", f"changes?since={min(since, 10**9 - 1)}")) == (
        "UNKNOWN_REVISION"
    )


def test_filter_that_is_null_is_refused_here_as_everywhere(editor: Editor) -> None:
    document = "{ changes(since: 0, where: {support: null}) { totalCount } }"
    assert code_of(editor.send("POST", "/graphql", json={"query": document})) == "BAD_USER_INPUT"


def test_since_below_zero_is_bad_input(editor: Editor) -> None:
    assert refused(editor, CHANGES % "totalCount", since=-1) == "BAD_USER_INPUT"
    assert code_of(editor.rest("GET", "changes?since=-1")) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "parameters",
    [
        "",
        "since=",
        "since=now",
        "since=0&types=ALLY",
        "since=0&types=support",
        "since=0&types=",
        "since=0&first=0",
        "since=0&first=501",
        "since=0&last=1",
        "since=0&since=1",
        "since=0&fields=id",
        "since=0&asOf=then",
    ],
)
def test_parameter_of_changes_is_refused(editor: Editor, parameters: str) -> None:
    answer = editor.rest("GET", f"changes?{parameters}")
    assert (answer.status_code, code_of(answer)) == (400, "BAD_USER_INPUT")


def cursor_of(*parts: object) -> str:
    return "\x1f".join(map(str, parts)).encode().hex()


BAD_CURSORS = {
    "empty": "",
    "no hex": "garbage",
    "no text": "ff",
    "of nothing": cursor_of("changes"),
    "of a history": cursor_of("history", 1, 0, 1),
    "of another page": cursor_of("cca9ad50", 1),
    "with a key too few": cursor_of("changes", 1, 0),
    "with a key too many": cursor_of("changes", 1, 0, 1, 1),
    "below zero": cursor_of("changes", -1, 0, 1),
    "in words": cursor_of("changes", "one", 0, 1),
    "in other digits": cursor_of("changes", "\u0661", 0, 1),
    "beyond 64 bits": cursor_of("changes", 10**30, 0, 1),
}


@pytest.mark.parametrize("cursor", BAD_CURSORS.values(), ids=BAD_CURSORS)
def test_cursor_is_refused(editor: Editor, cursor: str) -> None:
    assert refused(editor, CHANGES % "totalCount nodes { id }", since=0, after=cursor) == (
        "BAD_CURSOR"
    )
    assert code_of(editor.rest("GET", f"changes?since=0&after={cursor}")) == "BAD_CURSOR"


def test_cursor_of_changes_is_none_of_a_history(editor: Editor) -> None:
    history = "... on Record { history(after: $after) { %s } }"
    document = f'query ($after: String) {{ node(id: "actor_1") {{ {history} }} }}'
    after = cursor_of("changes", 1, 0, 1)
    assert refused(editor, document % "nodes { id }", after=after) == "BAD_CURSOR"


# --- the state of a response --------------------------------------------------------------------


@pytest.mark.parametrize(("moment", "number"), [("", "4"), ("@asOf(revision: 1)", "1")])
def test_answer_says_which_revision_it_is_about(editor: Editor, moment: str, number: str) -> None:
    question = {"query": f"query {moment} {{ actors {{ totalCount }} }}"}
    plain = editor.send("POST", "/graphql", json=question)
    assert plain.headers["allygraph-revision"] == number
    assert "extensions" not in plain.json()
    headers = {"allygraph-include": "revision"}
    telling = editor.send("POST", "/graphql", json=question, headers=headers)
    assert telling.json() == {**plain.json(), "extensions": {"revision": int(number)}}


@pytest.mark.parametrize(("moment", "number"), [("", "4"), ("&asOf=1", "1")])
def test_rest_says_which_revision_an_answer_is_about(
    editor: Editor, moment: str, number: str
) -> None:
    for path in ("actors?first=1", "actors/iran?fields=name"):
        answer = editor.rest("GET", f"{path}{moment}")
        assert answer.headers["allygraph-revision"] == number


def test_answer_about_the_past_keeps_its_entity_tag(writing_editor: Editor) -> None:
    before = writing_editor.rest("GET", "actors/iran?asOf=2")
    writing_editor.rest("PATCH", "actors/iran", {"name": "Iran"})
    again = writing_editor.rest("GET", "actors/iran?asOf=2", if_none_match=before.headers["etag"])
    assert again.status_code == 304


def test_citation_names_the_revision_that_was_asked(editor: Editor) -> None:
    document = "query @asOf(revision: 2) { revision { citation } }"
    assert editor.ask(document)["data"]["revision"]["citation"] == (
        "AllyGraph (2025): who supports whom, with what, and who says so. Revision 2 of 2025-03-20."
    )
