"""Refused mutations: each error has the path and the reason, and nothing is stored."""

import asyncio
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from service.auth.callers import Role
from tests.http.editing import Editor
from tests.stores import copy_of


class Refused(NamedTuple):
    """A root field without its selection, and its only problem."""

    field: str
    path: str
    code: str
    says: str = ""


def created(concept: str, given: str, path: str, code: str, says: str = "") -> Refused:
    return Refused(f"create{concept}(input: {{{given}}})", path, code, says)


SUPPORT = 'recipient: {slug: "russia"}, phase: DELIVERED, kind: DRONES'
EVIDENCE = 'evidence: [{stance: ASSERTS, statement: {id: "statement_1"}}]'
IRAN = 'supporter: {slug: "iran"}'
STATEMENT = 'text: "So.", speaker: {slug: "mark-rutte"}, source: {id: "source_1"}'
LONG = "x" * 301
WORTH = f"{SUPPORT}, {IRAN}, {EVIDENCE}, worth"

REFUSED = {
    "a slug that is taken": created(
        "Actor", 'slug: "iran", name: "Iran", kind: STATE', "slug", "DUPLICATE", "actor_"
    ),
    "a slug that is none": created(
        "Actor", 'slug: "The Iran", name: "Iran", kind: STATE', "slug", "BAD_SLUG"
    ),
    "a name that is empty": created(
        "Actor", 'slug: "i", name: " ", kind: STATE', "name", "EMPTY_TEXT"
    ),
    "a name over its limit": created(
        "Actor", f'slug: "i", name: "{LONG}", kind: STATE', "name", "TOO_LONG", "301 characters"
    ),
    "a code that another actor has": created(
        "Actor",
        'slug: "i", name: "I", kind: STATE, codes: [{scheme: COW, value: "731"}]',
        "codes.0",
        "DUPLICATE",
    ),
    "a former life": Refused(
        'updateActor(id: "actor_999", input: {name: "A"})', "id", "NOT_FOUND", "actor_999"
    ),
    "an id of another concept": Refused(
        'updateActor(id: "support_1", input: {name: "A"})', "id", "NOT_FOUND"
    ),
    "a name made unknown": Refused(
        'updateActor(id: "actor_1", input: {name: null})', "name", "MISSING"
    ),
    "an actor in use": Refused('deleteActor(id: "actor_4")', "id", "IN_USE", "support_"),
    "an unknown actor": created(
        "Support",
        f'{SUPPORT}, supporter: {{slug: "atlantis"}}',
        "supporter.slug",
        "UNKNOWN_REFERENCE",
    ),
    "an unknown actor in a list": created(
        "Statement",
        f'{STATEMENT}, mentions: [{{slug: "iran"}}, {{id: "actor_999"}}]',
        "mentions.1.id",
        "UNKNOWN_REFERENCE",
    ),
    "an unknown data set": created(
        "Support",
        f'{SUPPORT}, {IRAN}, dataset: {{slug: "nothing"}}',
        "dataset.slug",
        "UNKNOWN_REFERENCE",
    ),
    "an end before its start": created(
        "Support",
        f'{SUPPORT}, {IRAN}, {EVIDENCE}, startedOn: "2024-10", endedOn: "2023"',
        "endedOn",
        "ENDS_BEFORE_START",
    ),
    "a supporter of itself": created(
        "Support",
        f'{SUPPORT}, {EVIDENCE}, supporter: {{slug: "russia"}}',
        "recipient",
        "SUPPORTS_ITSELF",
    ),
    "support without evidence": created(
        "Support", f"{SUPPORT}, {IRAN}", "evidence", "WITHOUT_EVIDENCE"
    ),
    "a currency without an amount": created(
        "Support",
        f'{WORTH}: {{currency: "EUR", unit: CURRENCY}}',
        "worth.currency",
        "CURRENCY_WITHOUT_AMOUNT",
    ),
    "a currency that is none": created(
        "Support",
        f'{WORTH}: {{currency: "EUX", unit: CURRENCY, value: "1"}}',
        "worth.currency",
        "UNKNOWN_CURRENCY",
    ),
    "a problem deep within": Refused(
        f"""recordStatement(input: {{{STATEMENT}, claims: [{{stance: ASSERTS, support: {{new: {{
              {SUPPORT}, supporter: {{new: {{slug: "Not One", name: "A", kind: STATE}}}}
            }}}}}}]}})""",
        "claims.0.support.new.supporter.new.slug",
        "BAD_SLUG",
    ),
    "a statement said twice of one support": created(
        "Evidence",
        'stance: DENIES, support: {id: "support_1"}, statement: {id: "statement_6"}',
        "statement",
        "DUPLICATE",
    ),
    "an actor merged with itself": Refused(
        'mergeActors(keep: {slug: "iran"}, merge: [{slug: "iran"}])', "merge.0", "DUPLICATE"
    ),
    "an unknown actor to merge": Refused(
        'mergeActors(keep: {slug: "iran"}, merge: [{slug: "atlantis"}])',
        "merge.0.slug",
        "UNKNOWN_REFERENCE",
    ),
    "nothing to merge": Refused('mergeActors(keep: {slug: "iran"}, merge: [])', "merge", "MISSING"),
    "a message over its limit": Refused(
        f'createActor(message: "{"x" * 2001}", input: {{slug: "i", name: "I", kind: STATE}})',
        "message",
        "TOO_LONG",
    ),
    "an empty message": Refused(
        'createActor(message: "", input: {slug: "i", name: "I", kind: STATE})',
        "message",
        "EMPTY_TEXT",
    ),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=list(REFUSED))
def test_a_refused_write_says_why_and_leaves_nothing(editor: Editor, refused: Refused) -> None:
    before = editor.everything()
    document = (
        f"{{ it: {refused.field} {{ errors {{ path code message }} revision {{ number }} }} }}"
    )
    answer = editor.mutate(document)
    assert answer["it"]["revision"] is None
    (problem,) = answer["it"]["errors"]
    assert (".".join(problem["path"]), problem["code"]) == (refused.path, refused.code), problem
    assert refused.says in problem["message"]
    assert editor.everything() == before


def test_every_problem_is_reported_at_once(editor: Editor) -> None:
    answer = editor.mutate(
        '{ createActor(input: {slug: "A B", name: "", kind: STATE, description: ""})'
        " { actor { id } errors { path } } }"
    )
    assert answer["createActor"]["actor"] is None
    paths = [problem["path"] for problem in answer["createActor"]["errors"]]
    assert paths == [["slug"], ["name"], ["description"]]


def test_one_refused_write_undoes_the_others(editor: Editor) -> None:
    before = editor.everything()
    made = 'createActor(input: {slug: "%s", name: "A", kind: STATE})'
    told = "{ actor { id } revision { number } errors { path code } }"
    answer = editor.mutate(
        f"{{ a: {made % 'a'} {told} b: {made % 'iran'} {told} c: {made % 'c'} {told} __typename }}"
    )
    given_up = {"actor": None, "revision": None, "errors": [{"path": [], "code": "ROLLED_BACK"}]}
    assert answer == {
        "a": given_up,
        "b": {**given_up, "errors": [{"path": ["slug"], "code": "DUPLICATE"}]},
        "c": given_up,
        "__typename": "Mutation",
    }
    assert editor.everything() == before


def test_a_check_at_the_end_is_reported_at_its_field(editor: Editor) -> None:
    before = editor.everything()
    support = f"createSupport(input: {{{SUPPORT}, {IRAN}}})"
    answer = editor.mutate(
        '{ a: createActor(input: {slug: "a", name: "A", kind: STATE}) { errors { code } }'
        f"  b: {support} {{ errors {{ code }} }}"
        '  c: createActor(input: {slug: "c", name: "C", kind: STATE}) { errors { code } } }'
    )
    assert answer == {
        "a": {"errors": [{"code": "ROLLED_BACK"}]},
        "b": {"errors": [{"code": "WITHOUT_EVIDENCE"}]},
        "c": {"errors": [{"code": "ROLLED_BACK"}]},
    }
    assert editor.everything() == before


def test_a_message_is_refused_where_it_was_given(editor: Editor) -> None:
    made = 'createActor(input: {slug: "%s", name: "A", kind: STATE}%s) { errors { code } }'
    silent, told = made % ("a", ""), made % ("b", ', message: " "')
    answer = editor.mutate(f"{{ a: {silent} b: {told} }}")
    assert answer == {
        "a": {"errors": [{"code": "ROLLED_BACK"}]},
        "b": {"errors": [{"code": "EMPTY_TEXT"}]},
    }


# --- conflicts ----------------------------------------------------------------------------------

RENAME = """($id: ID!, $seen: Int, $name: String!) {
  updateActor(id: $id, ifRevision: $seen, input: {name: $name}) {
    actor { name } errors { path code message }
  }
}"""


def test_what_has_changed_since_it_was_seen_is_not_overwritten(editor: Editor) -> None:
    ((key,),) = editor.rows("SELECT id FROM actor WHERE slug = 'iran'")
    seen = editor.revision()
    first = editor.mutate(RENAME, {"id": f"actor_{key}", "seen": seen, "name": "One"})
    assert first["updateActor"] == {"actor": {"name": "One"}, "errors": []}
    second = editor.mutate(RENAME, {"id": f"actor_{key}", "seen": seen, "name": "Two"})
    (problem,) = second["updateActor"]["errors"]
    assert (problem["path"], problem["code"]) == (["ifRevision"], "CONFLICT")
    assert f"ada changed actor_{key} in revision {seen + 1}" in problem["message"]
    assert editor.rows("SELECT name FROM actor WHERE id = ?", key) == [("One",)]


def test_what_has_changed_is_not_deleted_unseen(editor: Editor) -> None:
    made = 'createActor(input: {slug: "a", name: "A", kind: STATE}) { actor { id } }'
    id = editor.mutate(f"{{ {made} }}")["createActor"]["actor"]["id"]
    seen = editor.revision()
    editor.mutate(RENAME, {"id": id, "name": "One"})
    delete = "($id: ID!, $seen: Int!) "
    delete += "{ deleteActor(id: $id, ifRevision: $seen) { deletedId errors { code } } }"
    assert editor.mutate(delete, {"id": id, "seen": seen})["deleteActor"] == {
        "deletedId": None,
        "errors": [{"code": "CONFLICT"}],
    }


def test_of_concurrent_changes_with_a_seen_revision_one_succeeds(editor: Editor) -> None:
    ((key,),) = editor.rows("SELECT id FROM actor WHERE slug = 'iran'")
    values = {"id": f"actor_{key}", "seen": editor.revision()}
    requests = [
        ("POST", "/graphql", {"query": f"mutation {RENAME}", "variables": {**values, "name": name}})
        for name in ("One", "Two", "Three")
    ]
    answers = [each.json()["data"]["updateActor"] for each in editor.send_together(*requests)]
    kept = [each["actor"]["name"] for each in answers if each["actor"]]
    assert [len(each["errors"]) for each in answers].count(1) == 2
    assert editor.rows("SELECT name FROM actor WHERE id = ?", key) == [(kept[0],)]


# --- invalid requests ---------------------------------------------------------------------------

ACTOR = '{ createActor(input: {slug: "a", name: "A", kind: STATE}) { actor { %s } } }'


def nested_supports(count: int) -> dict[str, Any]:
    """Supports that are each given in return for the next one."""
    given: dict[str, Any] = {}
    for _ in range(count):
        given = {"inReturnFor": {"new": given}}
    return given


# The document, its variables, and the code and words of the message.
BAD: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "a field that is not there": (
        '{ createActor(input: {slug: "a", name: "A", kind: STATE, nme: "a"}) { __typename } }',
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "Did you mean 'name'",
    ),
    "a required field left out": (
        '{ createActor(input: {slug: "a"}) { __typename } }',
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "name",
    ),
    "an unknown term": (
        '($kind: ActorKind!) { createActor(input: {slug: "a", name: "A", kind: $kind})'
        " { __typename } }",
        {"kind": "EMPIRE"},
        "BAD_USER_INPUT",
        "EMPIRE",
    ),
    "an unknown unit": (
        '{ updateSupport(id: "support_1", input: {quantity: {unit: PARSECS}}) { __typename } }',
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "PARSECS",
    ),
    "a date that is none": (
        '{ updateSupport(id: "support_1", input: {startedOn: "2024-02-30"}) { __typename } }',
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "2024-02-30",
    ),
    "two ways to name one actor": (
        '{ createSource(input: {title: "T", publisher: {slug: "a", id: "actor_1"}})'
        " { __typename } }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "exactly one field",
    ),
    "two ways in a variable": (
        '($it: ActorReference!) { createSource(input: {title: "T", publisher: $it})'
        " { __typename } }",
        {"it": {"slug": "a", "id": "actor_1"}},
        "BAD_USER_INPUT",
        "ActorReference",
    ),
    "null where a default stands": (
        f"($quoted: Boolean) {{ createStatement(input: {{{STATEMENT}, quoted: $quoted}})"
        " { __typename } }",
        {"quoted": None},
        "BAD_USER_INPUT",
        "quoted",
    ),
    "an answer that is too large": (
        ACTOR % "members(first: 500) { nodes { member { members(first: 500) { totalCount"
        " nodes { id } } } } }",
        {},
        "NODE_BUDGET_EXCEEDED",
        "Use a smaller `first`",
    ),
    "a page without a size": (
        ACTOR % "members(first: 0) { totalCount }",
        {},
        "BAD_USER_INPUT",
        "`first` must be between 1 and 500, but is 0",
    ),
    "a cursor that is none": (
        "($after: String!) " + ACTOR % "members(after: $after) { totalCount }",
        {"after": "garbage"},
        "BAD_CURSOR",
        "is not a valid cursor",
    ),
    "a text with NUL in a filter": (
        "($name: String!) " + ACTOR % "members(where: {role: {eq: $name}}) { totalCount }",
        {"name": "a\0b"},
        "BAD_USER_INPUT",
        "NUL",
    ),
    "an input that nests too deep": (
        "($it: CreateSupportInput!) { createSupport(input: $it) { __typename } }",
        {"it": nested_supports(10)},
        "QUERY_TOO_COMPLEX",
        "more than 20 levels",
    ),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=list(BAD))
def test_a_mutation_that_cannot_be_asked_writes_nothing(
    editor: Editor, bad: tuple[str, dict[str, Any], str, str]
) -> None:
    document, variables, code, says = bad
    before = editor.everything()
    answer = editor.ask(f"mutation {document}", variables)
    assert list(answer) == ["errors"]
    assert answer["errors"][0]["extensions"]["code"] == code
    assert says in answer["errors"][0]["message"]
    assert editor.everything() == before


@pytest.mark.parametrize(("role", "code"), [(None, "UNAUTHENTICATED"), (Role.READER, "FORBIDDEN")])
def test_only_editors_write(editor: Editor, role: Role | None, code: str) -> None:
    shown = f"Bearer {editor.token('reader', role)}" if role else None
    before = editor.everything()
    question = {"query": "mutation " + ACTOR % "id"}
    headers = {"authorization": shown} if shown else {}
    answer = editor.send_as(headers, "POST", "/graphql", json=question)
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert editor.everything() == before


def test_an_editor_is_answered_by_get_with_nothing_but_questions(editor: Editor) -> None:
    answer = editor.send("GET", "/graphql", params={"query": "mutation " + ACTOR % "id"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_an_answer_that_takes_too_long_undoes_the_write(
    seeded: Path, tmp_path: Path, runner: asyncio.Runner
) -> None:
    hasty = Editor(copy_of(seeded, tmp_path), runner, seconds=0.000_001)
    before = hasty.everything()
    rename = 'mutation { updateActor(id: "actor_1", input: {name: "R"}) { actor { %s } } }'
    received = "name"
    for _ in range(5):
        received = f"supportsReceived(first: 5) {{ nodes {{ recipient {{ {received} }} }} }}"
    answer = hasty.ask(rename % received)
    assert answer["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert hasty.everything() == before
    hasty.close()
