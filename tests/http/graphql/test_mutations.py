"""GraphQL mutations: what they store, and what they return."""

from typing import Any

from schema.concepts import COLLECTIONS
from schema.graphql.mutation import WRITES
from tests.http.editing import Editor
from tests.names import names

FRANCE = '{slug: "france", name: "France", kind: STATE}'
ACTORS = "SELECT id FROM actor WHERE slug = ?"


def test_each_writable_concept_has_its_three_mutations() -> None:
    expected = {
        f"{verb}{concept.name}"
        for concept in COLLECTIONS.values()
        for verb in ("create", "update", "delete")
    }
    assert set(WRITES) == expected | {"recordStatement", "mergeActors"}


# --- creating -----------------------------------------------------------------------------------


def test_a_created_actor_is_answered_as_it_is_kept(editor: Editor) -> None:
    answer = editor.mutate(
        """($input: CreateActorInput!) {
          createActor(input: $input) {
            actor { id slug name kind description aliases { name } codes { scheme value } }
            errors { message }
          }
        }""",
        {
            "input": {
                "slug": "france",
                "name": "France",
                "kind": "STATE",
                "aliases": names("French Republic"),
                "codes": [{"scheme": "COW", "value": "220"}],
            }
        },
    )
    ((key, name, kind),) = editor.rows("SELECT id, name, kind FROM actor WHERE slug = 'france'")
    assert (name, kind) == ("France", "STATE")
    assert answer["createActor"] == {
        "actor": {
            "id": f"actor_{key}",
            "slug": "france",
            "name": "France",
            "kind": "STATE",
            "description": None,
            "aliases": names("French Republic"),
            "codes": [{"scheme": "COW", "value": "220"}],
        },
        "errors": [],
    }
    assert editor.rows("SELECT name FROM actor_alias WHERE actor_id = ?", key) == [
        ("French Republic",)
    ]


def test_values_may_stand_in_the_document_and_in_variables(editor: Editor) -> None:
    editor.mutate(
        """($name: String!, $kind: ActorKind!, $alias: String!, $about: String) {
          createActor(input: {
            slug: "france", name: $name, kind: $kind, description: $about,
            aliases: [{name: $alias}, {name: "b"}]
          }) { actor { id } }
        }""",
        {"name": "France", "kind": "STATE", "alias": "a"},
    )
    found = editor.rows("SELECT name, kind, description FROM actor WHERE slug = 'france'")
    assert found == [("France", "STATE", None)]
    assert editor.rows(
        "SELECT a.name FROM actor_alias a JOIN actor ON actor.id = actor_id WHERE slug = 'france'"
    ) == [("a",), ("b",)]


def test_a_single_value_stands_for_a_list_of_one(editor: Editor) -> None:
    answer = editor.mutate(
        """{
          createActor(input: {
            slug: "france", name: "France", kind: STATE, aliases: {name: "Gaul"}
          }) { actor { aliases { name } } }
        }"""
    )
    assert answer == {"createActor": {"actor": {"aliases": names("Gaul")}}}


def test_what_is_left_out_of_a_statement_is_its_default(editor: Editor) -> None:
    answer = editor.mutate(
        """{ createStatement(input: {text: "All is well.", speaker: {slug: "mark-rutte"},
               source: {new: {title: "A paper"}}}) { statement { quoted language saidOn } } }"""
    )
    assert answer["createStatement"]["statement"] == {
        "quoted": False,
        "language": "en",
        "saidOn": None,
    }


RECORD = """($url: String!) {
  recordStatement(message: "A first claim", input: {
    text: "They delivered 10.50 tonnes.", saidOn: "2024-10",
    speaker: {slug: "mark-rutte"}
    source: {new: {title: "A paper", url: $url, publisher: {new: {
      slug: "a-paper", name: "A Paper", kind: NEWS_OUTLET}}}}
    mentions: [{slug: "iran"}, {code: {scheme: COW, value: "365"}}]
    claims: [{
      stance: ASSERTS, quantity: {value: "10.50", unit: PIECES}
      support: {new: {supporter: {slug: "iran"}, recipient: {slug: "russia"}
                      kind: AMMUNITION, phase: DELIVERED, startedOn: "2024-09"}}
    }]
  }) {
    statement { id source { url publisher { slug } } mentions { nodes { slug } }
                evidence { nodes { stance quantity { value } support { id kind } } } }
    revision { number author message }
    errors { path code message }
  }
}"""


def test_a_statement_is_recorded_with_its_source_its_actors_and_its_claims(editor: Editor) -> None:
    before = editor.revision()
    recorded = editor.mutate(RECORD, {"url": "https://example.org/a"})["recordStatement"]
    ((key, support),) = editor.rows(
        """SELECT statement.id, support.id FROM statement
           JOIN evidence ON statement_id = statement.id JOIN support ON support.id = support_id
           WHERE text LIKE 'They delivered%'"""
    )
    assert recorded == {
        "statement": {
            "id": f"statement_{key}",
            "source": {"url": "https://example.org/a", "publisher": {"slug": "a-paper"}},
            "mentions": {"nodes": [{"slug": "russia"}, {"slug": "iran"}]},
            "evidence": {
                "nodes": [
                    {
                        "stance": "ASSERTS",
                        "quantity": {"value": "10.5"},
                        "support": {"id": f"support_{support}", "kind": "AMMUNITION"},
                    }
                ]
            },
        },
        "revision": {"number": before + 1, "author": "ada", "message": "A first claim"},
        "errors": [],
    }
    assert editor.rows("SELECT author, message FROM revision WHERE number = ?", before + 1) == [
        ("ada", "A first claim")
    ]


def test_what_is_there_already_is_not_made_again(editor: Editor) -> None:
    for _ in range(2):
        editor.mutate(RECORD, {"url": "https://example.org/a"})
    counts = "SELECT (SELECT count(*) FROM source WHERE url = 'https://example.org/a'), "
    counts += "(SELECT count(*) FROM actor WHERE slug = 'a-paper'), "
    counts += "(SELECT count(*) FROM support WHERE kind = 'AMMUNITION' AND started_on = '2024-09')"
    assert editor.rows(counts) == [(1, 1, 1)]


# --- changing and deleting ----------------------------------------------------------------------


def test_only_what_is_given_changes(editor: Editor) -> None:
    ((key, name),) = editor.rows("SELECT id, name FROM actor WHERE slug = 'iran'")
    editor.mutate(
        """($id: ID!) {
          updateActor(id: $id, input: {description: "A state."}) { actor { id } }
        }""",
        {"id": f"actor_{key}"},
    )
    found = editor.rows("SELECT slug, name, description FROM actor WHERE id = ?", key)
    assert found == [("iran", name, "A state.")]


def test_null_makes_a_field_unknown(editor: Editor) -> None:
    ((key,),) = editor.rows("SELECT id FROM support WHERE quantity_value IS NOT NULL LIMIT 1")
    change = "($id: ID!, $quantity: QuantityInput) "
    change += "{ updateSupport(id: $id, input: {place: null, quantity: $quantity})"
    change += " { support { place quantity { value } } } }"
    answer = editor.mutate(change, {"id": f"support_{key}", "quantity": None})
    assert answer["updateSupport"]["support"] == {"place": None, "quantity": None}
    assert editor.rows("SELECT place, quantity_value FROM support WHERE id = ?", key) == [
        (None, None)
    ]


def test_a_group_changes_by_its_fields(editor: Editor) -> None:
    ((key, unit),) = editor.rows(
        "SELECT id, quantity_unit FROM support WHERE quantity_value IS NOT NULL LIMIT 1"
    )
    editor.mutate(
        """($id: ID!) {
          updateSupport(id: $id, input: {quantity: {value: "7"}}) { errors { code } }
        }""",
        {"id": f"support_{key}"},
    )
    found = editor.rows("SELECT quantity_value, quantity_unit FROM support WHERE id = ?", key)
    assert found == [("7", unit)]


def test_a_variable_that_is_not_given_changes_nothing(editor: Editor) -> None:
    ((key, name),) = editor.rows("SELECT id, name FROM actor WHERE slug = 'iran'")
    editor.mutate(
        """($id: ID!, $name: String, $about: String) {
          updateActor(id: $id, input: {name: $name, description: $about}) { errors { code } }
        }""",
        {"id": f"actor_{key}", "about": "A state."},
    )
    assert editor.rows("SELECT name, description FROM actor WHERE id = ?", key) == [
        (name, "A state.")
    ]


def test_a_deleted_record_is_answered_by_its_id(editor: Editor) -> None:
    editor.mutate(f"{{ createActor(input: {FRANCE}) {{ errors {{ code }} }} }}")
    ((key,),) = editor.rows(ACTORS, "france")
    answer = editor.mutate(
        """($id: ID!) {
          deleteActor(id: $id) { __typename deletedId revision { number } errors { code } }
        }""",
        {"id": f"actor_{key}"},
    )
    assert answer["deleteActor"] == {
        "__typename": "DeleteActorPayload",
        "deletedId": f"actor_{key}",
        "revision": {"number": editor.revision()},
        "errors": [],
    }
    assert editor.rows(ACTORS, "france") == []


def test_actors_that_are_the_same_are_merged(editor: Editor) -> None:
    editor.mutate(f"{{ createActor(input: {FRANCE}) {{ errors {{ code }} }} }}")
    ((iran,), (france,)) = editor.rows(
        "SELECT id FROM actor WHERE slug IN ('iran', 'france') ORDER BY slug DESC"
    )
    answer = editor.mutate(
        """($merge: [ActorBy!]!) {
          mergeActors(keep: {slug: "iran"}, merge: $merge) {
            actor { slug aliases { name } supportsGiven { totalCount } } errors { path code }
          }
        }""",
        {"merge": [{"id": f"actor_{france}"}]},
    )
    ((given,),) = editor.rows("SELECT count(*) FROM support WHERE supporter_id = ?", iran)
    assert answer["mergeActors"] == {
        "actor": {
            "slug": "iran",
            "aliases": names("France", "Islamic Republic of Iran"),
            "supportsGiven": {"totalCount": given},
        },
        "errors": [],
    }
    assert editor.rows("SELECT id, record_id FROM former_id") == [(france, iran)]
    assert editor.rows("SELECT slug, record_id FROM former_slug") == [("france", iran)]


# --- several at once ----------------------------------------------------------------------------


def test_all_fields_of_an_operation_are_one_revision(editor: Editor) -> None:
    before = editor.revision()
    answer = editor.mutate(
        """{
          a: createActor(input: {slug: "a", name: "A", kind: STATE}) { revision { number } }
          b: createActor(input: {slug: "b", name: "B", kind: STATE}, message: "Two states") {
            revision { number message }
          }
        }"""
    )
    assert answer == {
        "a": {"revision": {"number": before + 1}},
        "b": {"revision": {"number": before + 1, "message": "Two states"}},
    }
    assert editor.revision() == before + 1


def test_fields_are_written_and_answered_in_their_order(editor: Editor) -> None:
    answer = editor.mutate(
        """{
          made: createActor(input: {slug: "a", name: "First", kind: STATE}) { actor { name } }
          used: createSource(input: {title: "T", publisher: {slug: "a"}}) {
            source { publisher { name } }
          }
          again: createActor(input: {slug: "b", name: "B", kind: STATE}) {
            actor { name supportsGiven { totalCount } }
          }
        }"""
    )
    assert answer == {
        "made": {"actor": {"name": "First"}},
        "used": {"source": {"publisher": {"name": "First"}}},
        "again": {"actor": {"name": "B", "supportsGiven": {"totalCount": 0}}},
    }


def test_each_field_is_answered_as_the_data_stood_after_it(editor: Editor) -> None:
    ((key,),) = editor.rows(ACTORS, "iran")
    change = 'updateActor(id: $id, input: {name: "%s"}) { actor { name } }'
    answer = editor.mutate(
        f"($id: ID!) {{ one: {change % 'One'} two: {change % 'Two'} }}", {"id": f"actor_{key}"}
    )
    assert answer == {"one": {"actor": {"name": "One"}}, "two": {"actor": {"name": "Two"}}}


def test_what_a_later_field_mends_is_no_problem(editor: Editor) -> None:
    made = editor.mutate(
        """{ createSupport(input: {supporter: {slug: "iran"}, recipient: {slug: "russia"}
               kind: TRADE, phase: PLEDGED, evidence: {statement: {id: "statement_1"}
               stance: ASSERTS}}) { support { id evidence { nodes { id } } } } }"""
    )["createSupport"]["support"]
    document = """($id: ID!, $support: ID!) {
      deleteEvidence(id: $id) { errors { code } }
      createEvidence(input: {statement: {id: "statement_2"}, support: {id: $support}
                             stance: DENIES}) { evidence { stance } errors { code } }
    }"""
    only = made["evidence"]["nodes"][0]["id"]
    assert editor.mutate(document, {"id": only, "support": made["id"]}) == {
        "deleteEvidence": {"errors": []},
        "createEvidence": {"evidence": {"stance": "DENIES"}, "errors": []},
    }


def test_the_revision_has_a_message_by_default(editor: Editor) -> None:
    answer = editor.mutate(
        """{
          a: createActor(input: {slug: "a", name: "A", kind: STATE}) {
            actor { id } revision { message }
          }
          b: createActor(input: {slug: "b", name: "B", kind: STATE}) { actor { id } }
        }"""
    )
    ids = f"{answer['a']['actor']['id']}, {answer['b']['actor']['id']}"
    assert answer["a"]["revision"] == {"message": f"Created {ids}."}


# --- selections ---------------------------------------------------------------------------------


def test_a_payload_is_selected_like_any_other_type(editor: Editor) -> None:
    answer = editor.mutate(
        """($with: Boolean!, $first: Int!) {
          __typename
          made: createActor(input: {slug: "france", name: "France", kind: STATE}) {
            ...Told
            it: actor { ... on Node { id @skip(if: $with) } name }
            actor { slug @include(if: $with) name @skip(if: $with) }
            actor { memberOf(first: $first) { nodes { role } } }
            revision { at: number __typename }
            first: errors { path }
          }
        }
        fragment Told on CreateActorPayload { type: __typename errors { code } }""",
        {"with": True, "first": 3},
    )
    assert list(answer) == ["__typename", "made"]
    assert list(answer["made"]) == ["type", "errors", "it", "actor", "revision", "first"]
    assert answer == {
        "__typename": "Mutation",
        "made": {
            "type": "CreateActorPayload",
            "errors": [],
            "it": {"name": "France"},
            "actor": {"slug": "france", "memberOf": {"nodes": []}},
            "revision": {"at": editor.revision(), "__typename": "Revision"},
            "first": [],
        },
    }


def test_a_field_that_is_asked_for_in_two_places_is_written_once(editor: Editor) -> None:
    before = editor.revision()
    answer = editor.mutate(
        f"""{{
          ...Made
          made: createActor(input: {FRANCE}) {{ actor {{ name }} }}
        }}
        fragment Made on Mutation {{
          made: createActor(input: {FRANCE}) {{ errors {{ code }} actor {{ slug }} }}
        }}"""
    )
    assert answer == {"made": {"errors": [], "actor": {"slug": "france", "name": "France"}}}
    assert editor.revision() == before + 1


def test_a_field_that_is_skipped_writes_nothing(editor: Editor) -> None:
    before = editor.revision()
    document = (
        f"($no: Boolean!) {{ createActor(input: {FRANCE}) @include(if: $no) {{ __typename }} }}"
    )
    assert editor.mutate(document, {"no": False}) == {}
    assert editor.revision() == before


def test_a_document_that_writes_nothing_makes_no_revision(editor: Editor) -> None:
    before = editor.revision()
    assert editor.mutate("{ __typename }") == {"__typename": "Mutation"}
    assert editor.revision() == before


def test_the_history_of_a_record_has_the_write_that_is_answered(editor: Editor) -> None:
    answer = editor.mutate(
        f"""{{ createActor(input: {FRANCE}, message: "Added France") {{
          actor {{ history {{ nodes {{ action revision {{ number message }} }} }} }} }} }}"""
    )
    assert answer["createActor"]["actor"]["history"]["nodes"] == [
        {
            "action": "CREATED",
            "revision": {"number": editor.revision(), "message": "Added France"},
        }
    ]


def test_the_same_document_writes_again_with_other_values(editor: Editor) -> None:
    document = """($input: CreateActorInput!) {
      createActor(input: $input) { actor { slug aliases { name } } }
    }"""
    for slug, more in (
        ("a", {}),
        ("b", {}),
        ("c", {"aliases": names("C", "See")}),
        ("d", {"codes": []}),
    ):
        given: dict[str, Any] = {"slug": slug, "name": slug, "kind": "STATE", **more}
        answer = editor.mutate(document, {"input": given})
        aliases = more.get("aliases", [])
        assert answer == {"createActor": {"actor": {"slug": slug, "aliases": aliases}}}


def test_what_was_written_is_read_at_once(editor: Editor) -> None:
    question = '{ actor(by: {slug: "france"}) { name } }'
    assert editor.ask(question) == {"data": {"actor": None}}
    editor.mutate(f"{{ createActor(input: {FRANCE}) {{ errors {{ code }} }} }}")
    assert editor.ask(question) == {"data": {"actor": {"name": "France"}}}


def test_the_answer_says_which_revision_it_made(editor: Editor) -> None:
    document = {"query": f"mutation {{ createActor(input: {FRANCE}) {{ errors {{ code }} }} }}"}
    answer = editor.send("POST", "/graphql", json=document)
    assert answer.headers["allygraph-revision"] == str(editor.revision())


def test_a_mutation_that_comes_again_is_answered_and_not_done_again(editor: Editor) -> None:
    made = f"{{ createActor(input: {FRANCE}) {{ actor {{ id }} errors {{ code }} }} }}"
    request = {"json": {"query": f"mutation {made}"}, "headers": {"idempotency-key": "a-key"}}
    first = editor.send("POST", "/graphql", **request)
    before = editor.everything()
    again = editor.send("POST", "/graphql", **request)
    assert first.json()["data"]["createActor"]["errors"] == []
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert editor.everything() == before


def test_a_mutation_that_was_refused_may_be_mended_under_its_key(editor: Editor) -> None:
    key = {"idempotency-key": "a-key"}
    made = (
        'mutation { createActor(input: {slug: "%s", name: "A", kind: STATE}) { errors { code } } }'
    )
    wrong, right = (editor.ask(made % slug, headers=key) for slug in ("A B", "a-b"))
    assert wrong["data"]["createActor"]["errors"] == [{"code": "BAD_SLUG"}]
    assert right["data"]["createActor"]["errors"] == []
    reused = editor.ask(made % "other", headers=key)["errors"][0]
    assert reused["extensions"]["code"] == "IDEMPOTENCY_KEY_REUSED"
