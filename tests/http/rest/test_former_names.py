"""Former names resolve to the current record, in filters of both APIs and in references."""

from typing import Any

import pytest

from tests.http.editing import Editor

FRANCE = {"slug": "france", "name": "France", "kind": "STATE"}
SUPPORT = {
    "supporter": "france",
    "recipient": {"slug": "russia"},
    "kind": "TRADE",
    "phase": "PLEDGED",
    "evidence": [{"statement": "statement_1", "stance": "ASSERTS"}],
}


@pytest.fixture
def merged(editor: Editor) -> tuple[Editor, str, str, int]:
    """France was renamed, then merged into Gaul, which was renamed. With its id and a support."""
    france = editor.rest("POST", "actors", FRANCE).json()["id"]
    support = editor.rest("POST", "supports", SUPPORT).json()["id"]
    before = editor.revision()
    editor.rest("PATCH", "actors/france", {"slug": "republic"})
    editor.rest("POST", "actors", {**FRANCE, "slug": "gaul", "name": "Gaul"})
    assert editor.rest("POST", "actors/gaul/merge", {"merge": ["republic"]}).status_code == 200
    editor.rest("PATCH", "actors/gaul", {"slug": "gallia"})
    return editor, france, support, before


def asked(editor: Editor, document: str) -> Any:
    """Returns the data of a GraphQL response."""
    answer = editor.ask(document)
    assert "errors" not in answer, answer
    return answer["data"]


def supports(editor: Editor, query: str) -> list[str]:
    """Returns the ids of the supports that a REST query matches."""
    answer = editor.send("GET", f"/api/v1/supports?fields=id&first=100&{query}")
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["data"]]


def found(editor: Editor, where: str) -> list[str]:
    """Returns the ids of the supports that a GraphQL query matches."""
    answer = asked(editor, f"{{ supports(where: {where}, first: 100) {{ nodes {{ id }} }} }}")
    return [each["id"] for each in answer["supports"]["nodes"]]


NAMES = ("france", "republic", "gaul", "gallia")


@pytest.mark.parametrize("slug", NAMES)
def test_each_slug_that_it_had_finds_it(merged: Any, slug: str) -> None:
    editor, _, support, _ = merged
    every = supports(editor, "")
    others = [each for each in every if each != support]
    assert supports(editor, f"supporter.slug={slug}") == [support]
    assert supports(editor, f"supporter.slug.in=nobody,{slug}") == [support]
    assert supports(editor, f"supporter.slug.ne={slug}") == others
    assert supports(editor, f"supporter.slug.notIn={slug},nobody") == others
    assert editor.send("GET", f"/api/v1/actors/{slug}").json()["slug"] == "gallia"
    listed = editor.send("GET", f"/api/v1/actors?slug={slug}&fields=slug").json()["data"]
    assert listed == [{"slug": "gallia"}]
    assert found(editor, f'{{supporter: {{slug: {{eq: "{slug}"}}}}}}') == [support]
    assert found(editor, f'{{supporter: {{slug: {{notIn: ["{slug}"]}}}}}}') == others


def test_its_old_id_finds_it(merged: Any) -> None:
    editor, france, support, _ = merged
    others = [each for each in supports(editor, "") if each != support]
    assert supports(editor, f"supporter.id={france}") == [support]
    assert supports(editor, f"supporter.id.in={france}") == [support]
    assert supports(editor, f"supporter.id.ne={france}") == others
    assert found(editor, f'{{supporter: {{id: {{in: ["{france}"]}}}}}}') == [support]
    assert found(editor, f'{{supporter: {{id: {{notIn: ["{france}"]}}}}}}') == others


@pytest.mark.parametrize("slug", NAMES)
def test_a_reference_by_a_slug_that_it_had_means_it(merged: Any, slug: str) -> None:
    editor, *_ = merged
    answer = editor.rest("PATCH", "statements/statement_1?fields=speaker", {"speaker": slug})
    assert answer.json()["speaker"]["slug"] == "gallia"


@pytest.mark.parametrize("slug", NAMES)
def test_a_slug_that_it_had_is_given_to_no_other(merged: Any, slug: str) -> None:
    editor, *_ = merged
    for method, path, body in (
        ("POST", "actors", {**FRANCE, "slug": slug}),
        ("PATCH", "actors/iran", {"slug": slug}),
    ):
        answer = editor.rest(method, path, body)
        assert [each["code"] for each in answer.json()["errors"]] == ["DUPLICATE"]


def test_it_may_take_back_a_slug_that_it_had(merged: Any) -> None:
    editor, _, support, _ = merged
    assert editor.rest("PATCH", "actors/gallia", {"slug": "france"}).status_code == 200
    for slug in NAMES:
        assert supports(editor, f"supporter.slug={slug}") == [support]
        assert editor.send("GET", f"/api/v1/actors/{slug}").json()["slug"] == "france"


def test_as_of_then_it_has_the_names_of_then(merged: Any) -> None:
    editor, france, support, before = merged
    then = f"asOf={before}"
    assert supports(editor, f"supporter.slug=france&{then}") == [support]
    assert supports(editor, f"supporter.id={france}&{then}") == [support]
    for slug in ("republic", "gaul", "gallia"):
        assert supports(editor, f"supporter.slug={slug}&{then}") == []


def test_once_it_is_deleted_its_former_names_lead_to_nothing(merged: Any) -> None:
    editor, france, support, _ = merged
    assert editor.send("DELETE", f"/api/v1/supports/{support}").status_code == 204
    assert editor.send("DELETE", "/api/v1/actors/france").status_code == 204
    every = supports(editor, "")
    for slug in ("france", "republic", "gaul"):
        assert supports(editor, f"supporter.slug={slug}") == []
        assert supports(editor, f"supporter.slug.ne={slug}") == every
        assert editor.send("GET", f"/api/v1/actors/{slug}").status_code == 404
        assert editor.rest("POST", "actors", {**FRANCE, "slug": slug}).status_code == 422
    assert supports(editor, f"supporter.id={france}") == []


def test_conflicts_that_are_renamed_are_found_as_well(editor: Editor) -> None:
    war = {"slug": "war", "name": "War", "kind": "INTERSTATE"}
    editor.rest("POST", "conflicts", war)
    editor.rest("POST", "actors", FRANCE)
    support = editor.rest("POST", "supports", {**SUPPORT, "conflict": "war"}).json()["id"]
    editor.rest("PATCH", "conflicts/war", {"slug": "first-war"})
    assert supports(editor, "conflict.slug=war") == [support]
    assert supports(editor, "conflict.slug.in=war") == [support]
    assert editor.rest("POST", "conflicts", war).status_code == 422


def test_a_support_that_became_part_of_another_leads_to_it(editor: Editor) -> None:
    editor.rest("POST", "actors", FRANCE)
    editor.rest("POST", "actors", {**FRANCE, "slug": "gaul", "name": "Gaul"})
    first, second = (
        editor.rest("POST", "supports", {**SUPPORT, "supporter": slug}).json()["id"]
        for slug in ("gaul", "france")
    )
    editor.rest("POST", "actors/gaul/merge", {"merge": ["france"]})
    assert editor.send("GET", f"/api/v1/supports/{second}?fields=id").json() == {"id": first}
    assert supports(editor, f"id={second}") == [first]
    node = asked(editor, f'{{ node(id: "{second}") {{ id }} nodes(ids: ["{second}"]) {{ id }} }}')
    assert node == {"node": {"id": first}, "nodes": [{"id": first}]}
