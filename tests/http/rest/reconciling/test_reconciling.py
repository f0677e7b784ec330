"""The W3C reconciliation API at /api/v1/reconcile, as OpenRefine uses it."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from seeds import on_request
from seeds.loader import load
from service.app import create_app
from service.settings import Settings
from tests.http.editing import Editor
from tests.http.rest.reconciling import forms
from tests.stores import copy_of, database_of, url_of

AT = "/api/v1/reconcile"
ORIGIN = "http://127.0.0.1:3333"

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def ask(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner
) -> Iterator[Ask]:
    """A service with the data set of states as well."""
    path = copy_of(seeded, tmp_path_factory.mktemp("states"))
    engine = database_of(path).engine()
    for folder in on_request():
        load(engine, folder)
    engine.dispose()
    app = create_app(Settings(database_url=url_of(path), cors_origins=ORIGIN, body_bytes=20_000))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app.edge), base_url="http://a.test")

    def send(method: str, path: str = "", **options: Any) -> httpx.Response:
        return runner.run(client.request(method, AT + path, **options))

    yield send
    runner.run(client.aclose())
    runner.run(app.close())


def checked(answer: httpx.Response, form: dict[str, Any]) -> Any:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    content = answer.json()
    Draft202012Validator(form).validate(content)
    return content


def candidates(ask: Ask, query: str | None = None, **more: Any) -> list[tuple[str, float, bool]]:
    """Returns the candidates of one query: the name, score and match of each."""
    given = {"q0": ({} if query is None else {"query": query}) | more}
    results = checked(ask("POST", data={"queries": json.dumps(given)}), forms.RESULTS)
    return [(each["name"], each["score"], each["match"]) for each in results["q0"]["result"]]


def test_the_manifest(ask: Ask) -> None:
    manifest = checked(ask("GET"), forms.MANIFEST)
    assert manifest["versions"] == ["0.2"]
    kinds = [each["id"] for each in manifest["defaultTypes"]]
    assert kinds[:2] == ["STATE", "ORGANISATION"]
    assert manifest["view"]["url"] == "http://a.test/api/v1/actors/{{id}}"
    assert ask("HEAD").status_code == 200


def test_every_address_of_the_manifest_answers(ask: Ask) -> None:
    manifest = ask("GET").json()
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for service in services:
        assert service["service_url"] == "http://a.test"
        path = service["service_path"].removeprefix(AT)
        assert ask("GET", path, params={"prefix": "a"} if "suggest" in path else {}).is_success
    (found,) = candidates_ids(ask, "iran")[:1]
    preview = manifest["preview"]["url"].replace("{{id}}", found).removeprefix("http://a.test" + AT)
    assert ask("GET", preview).is_success


def candidates_ids(ask: Ask, query: str) -> list[str]:
    answer = ask("GET", params={"queries": json.dumps({"q": {"query": query}})})
    return [each["id"] for each in answer.json()["q"]["result"]]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Iran", "Iran"),
        ("iran", "Iran"),
        ("Persia", "Iran"),
        ("IRN", "Iran"),
        ("irn", "Iran"),
        ("Islamic Republic of Iran", "Iran"),
        ("\u0627\u06cc\u0631\u0627\u0646", "Iran"),
        ("Russia", "Russia"),
        ("USSR", "Soviet Union"),
        ("Zaire", "Democratic Republic of the Congo"),
        ("C\u00f4te d'Ivoire", "Ivory Coast"),
        ("Co\u0302te d'Ivoire", "Ivory Coast"),
        ("NATO", "NATO"),
        ("  Iran  ", "Iran"),
    ],
)
def test_an_exact_name_alias_or_code_is_a_match(ask: Ask, query: str, name: str) -> None:
    first, *others = candidates(ask, query)
    assert first == (name, 100.0, True)
    assert not any(match for _, _, match in others)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        # A former name of the Soviet Union's successor, and both Chinas.
        ("Republic of China", {"China", "Taiwan"}),
        ("345", {"Serbia", "Yugoslavia"}),
        ("365", {"Russia", "Soviet Union", "Russian Empire"}),
    ],
)
def test_what_several_are_called_is_no_match(ask: Ask, query: str, names: set[str]) -> None:
    found = candidates(ask, query)
    assert {name for name, score, _ in found if score == 100.0} == names
    assert not any(match for _, _, match in found)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Turkiye", "Turkey"),
        ("COTE D IVOIRE", "Ivory Coast"),
        ("Sao Tome & Principe", "S\u00e3o Tom\u00e9 and Pr\u00edncipe"),
        ("the russian federation", "Russia"),
        ("\u0440\u043e\u0441\u0441\u0438\u044f", "Russia"),
    ],
)
def test_a_name_in_another_form_is_a_good_candidate(ask: Ask, query: str, name: str) -> None:
    assert candidates(ask, query)[0] == (name, 95.0, False)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Untied States of America", "United States"),
        ("Korea (North)", "North Korea"),
        ("Bosnia Herzegowina", "Bosnia and Herzegovina"),
        ("Federal Rep. of Germany", "Germany"),
    ],
)
def test_a_similar_name_is_a_candidate(ask: Ask, query: str, name: str) -> None:
    (found, score, match), *_ = candidates(ask, query)
    assert (found, match) == (name, False)
    assert 50 < score < 95


def test_nothing_similar_is_nothing(ask: Ask) -> None:
    assert candidates(ask, "xyzzy") == []
    assert candidates(ask, "\u5317") == []
    assert candidates(ask, "100% _") == []
    assert not any(match for _, _, match in candidates(ask, "'; DROP TABLE actor; --"))


def test_candidates_come_best_first_and_no_more_than_the_limit(ask: Ask) -> None:
    scores = [score for _, score, _ in candidates(ask, "Republic of Korea", limit=5)]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert len(candidates(ask, "Korea", limit=1)) == 1


def test_the_type_restricts_the_candidates(ask: Ask) -> None:
    assert candidates(ask, "Iran", type="ORGANISATION", limit=3) == []
    assert candidates(ask, "Iran", type=["PERSON", "STATE"])[0] == ("Iran", 100.0, True)
    assert candidates(ask, "Iran", type="STATE", type_strict="all")[0][0] == "Iran"


@pytest.mark.parametrize("value", ["260", 260, 260.0, ["999", "260"], {"id": "260", "name": "260"}])
def test_a_code_finds_its_actor_whatever_the_name(ask: Ask, value: Any) -> None:
    cow = [{"pid": "COW", "v": value}]
    assert candidates(ask, properties=cow) == [("Germany", 100.0, True)]
    assert candidates(ask, "BRD", properties=cow)[0] == ("Germany", 100.0, True)


def test_another_code_makes_a_name_doubtful(ask: Ask) -> None:
    found = {
        name: (s, m) for name, s, m in candidates(ask, "Iran", properties=[{"pid": "COW", "v": 2}])
    }
    assert found["United States"] == (100.0, True)
    assert found["Iran"] == (50.0, False)


def test_an_actor_without_a_code_of_the_scheme_is_not_doubtful(ask: Ask) -> None:
    cow = [{"pid": "COW", "v": "9999"}]
    assert candidates(ask, "NATO", properties=cow)[0] == ("NATO", 100.0, True)


def test_a_batch_by_either_method(ask: Ask) -> None:
    batch = json.dumps(
        {"a": {"query": "Iran"}, "b": {"query": "China", "limit": 1}, "": {"query": "x"}}
    )
    by_form = checked(ask("POST", data={"queries": batch}), forms.RESULTS)
    assert checked(ask("GET", params={"queries": batch}), forms.RESULTS) == by_form
    assert list(by_form) == ["a", "b", ""]
    assert by_form["a"]["result"][0]["type"] == [{"id": "STATE", "name": "State"}]
    assert checked(ask("POST", data={"queries": "{}"}), forms.RESULTS) == {}


def test_the_id_and_the_slug_are_names_too(ask: Ask) -> None:
    (found,) = candidates_ids(ask, "north-korea")[:1]
    assert candidates(ask, found)[0] == ("North Korea", 100.0, True)


REFUSED = {
    "no JSON": "{",
    "no object": "[]",
    "a query that is no object": {"q": "Iran"},
    "an empty query": {"q": {}},
    "a query that is no text": {"q": {"query": 5}},
    "an unknown field": {"q": {"query": "x", "colour": 1}},
    "an unknown type": {"q": {"query": "x", "type": "COUNTRY"}},
    "a type that is no text": {"q": {"query": "x", "type": [{}]}},
    "an unknown strictness": {"q": {"query": "x", "type_strict": "very"}},
    "no candidates": {"q": {"query": "x", "limit": 0}},
    "too many candidates": {"q": {"query": "x", "limit": 101}},
    "half a candidate": {"q": {"query": "x", "limit": 1.5}},
    "a limit in words": {"q": {"query": "x", "limit": "3"}},
    "an infinite limit": '{"q": {"query": "x", "limit": 1e999}}',
    "a limit that is true": {"q": {"query": "x", "limit": True}},
    "an unknown property": {"q": {"query": "x", "properties": [{"pid": "P31", "v": "1"}]}},
    "a property without a value": {"q": {"query": "x", "properties": [{"pid": "COW"}]}},
    "a value that is a list in a list": {
        "q": {"query": "x", "properties": [{"pid": "COW", "v": [["1"]]}]}
    },
    "too many properties": {"q": {"query": "x", "properties": [{"pid": "COW", "v": "1"}] * 11}},
    "too many values": {"q": {"query": "x", "properties": [{"pid": "COW", "v": ["1"] * 21}]}},
    "too many queries": {str(n): {"query": "x"} for n in range(51)},
    "a long key": {"k" * 101: {"query": "x"}},
}


@pytest.mark.parametrize("cell", [" ", "\u00a0", "", "x" * 301, "a\0b", "!", "\u200b"])
def test_a_cell_that_is_no_name_finds_nothing_and_refuses_no_other(ask: Ask, cell: str) -> None:
    """OpenRefine sends cells unchanged in batches, and shows an error in each row."""
    batch = {"a": {"query": cell}, "b": {"query": "North Korea"}}
    answer = checked(ask("POST", data={"queries": json.dumps(batch)}), forms.RESULTS)
    assert answer["a"] == {"result": []}
    assert answer["b"]["result"][0]["match"] is True


@pytest.mark.parametrize("value", ["", " ", [], [""], "9" * 301, "7\0", True, False])
def test_a_cell_that_is_no_code_says_nothing_of_the_name(ask: Ask, value: Any) -> None:
    properties = [{"pid": "COW", "v": value}]
    assert candidates(ask, "North Korea", properties=properties)[0] == ("North Korea", 100.0, True)
    batch = {"a": {"properties": properties}}
    answer = checked(ask("POST", data={"queries": json.dumps(batch)}), forms.RESULTS)
    assert answer == {"a": {"result": []}}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_a_bad_batch_is_refused_with_the_reason(ask: Ask, given: Any) -> None:
    text = given if isinstance(given, str) else json.dumps(given)
    answer = ask("POST", data={"queries": text})
    assert_problem(answer, 400, "BAD_USER_INPUT")
    assert "queries" in answer.json()["detail"]


def assert_problem(answer: httpx.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code


def test_bad_requests(ask: Ask) -> None:
    batch = json.dumps({"q": {"query": "x"}})
    assert_problem(ask("GET", params={"callback": "f"}), 400, "BAD_USER_INPUT")
    assert_problem(ask("GET", params={"query": "Iran"}), 400, "BAD_USER_INPUT")
    both = {"queries": batch, "extend": "{}"}
    assert_problem(ask("GET", params=both), 400, "BAD_USER_INPUT")
    assert_problem(ask("POST", data={"callback": "f", "queries": batch}), 400, "BAD_USER_INPUT")
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert_problem(ask("POST", headers=form), 400, "BAD_USER_INPUT")
    twice = ask("POST", content=b"queries={}&queries={}", headers=form)
    assert_problem(twice, 400, "BAD_USER_INPUT")
    assert_problem(ask("POST", content=b"queries=%ff", headers=form), 400, "BAD_REQUEST")
    answer = ask("POST", json={"queries": {}})
    assert_problem(answer, 415, "UNSUPPORTED_MEDIA_TYPE")
    assert answer.headers["accept-post"] == "application/x-www-form-urlencoded"
    assert_problem(ask("POST", data={"queries": "x" * 30_000}), 413, "BODY_TOO_LARGE")
    assert_problem(ask("DELETE"), 405, "METHOD_NOT_ALLOWED")


def test_entities_are_suggested_by_the_beginning_of_a_name(ask: Ask) -> None:
    found = checked(ask("GET", "/suggest/entity", params={"prefix": "nor"}), forms.ENTITIES)
    names = [each["name"] for each in found["result"]]
    assert {"North Korea", "Norway", "North Macedonia"} <= set(names)
    assert names[: len(names)] == names
    rest = ask("GET", "/suggest/entity", params={"prefix": "nor", "cursor": 2}).json()["result"]
    assert [each["name"] for each in rest] == names[2:]
    by_alias = ask("GET", "/suggest/entity", params={"prefix": "Persi"}).json()["result"]
    assert [each["name"] for each in by_alias] == ["Iran"]
    by_code = ask("GET", "/suggest/entity", params={"prefix": "prk"}).json()["result"]
    assert "North Korea" in [each["name"] for each in by_code]
    assert checked(ask("GET", "/suggest/entity"), forms.ENTITIES) == {"result": []}


def test_types_and_properties_are_suggested(ask: Ask) -> None:
    types = checked(ask("GET", "/suggest/type", params={"prefix": "sta"}), forms.TYPES)
    assert [each["id"] for each in types["result"]] == ["STATE"]
    given = {"prefix": "correlates"}
    properties = checked(ask("GET", "/suggest/property", params=given), forms.PROPERTIES)
    assert [each["id"] for each in properties["result"]] == ["COW"]
    assert len(ask("GET", "/suggest/type").json()["result"]) == 7
    assert ask("GET", "/suggest/type", params={"cursor": 7}).json() == {"result": []}


@pytest.mark.parametrize("path", ["", "/suggest/entity", "/preview?id=actor_1"])
def test_a_revision_that_is_not_there_is_refused(ask: Ask, path: str) -> None:
    headers = {"allygraph-as-of": "999999"}
    assert_problem(ask("GET", path, headers=headers), 400, "UNKNOWN_REVISION")


@pytest.mark.parametrize("cursor", ["-1", "x", "1.5", "99999999999", "401", "\u0663"])
def test_a_bad_cursor_is_refused(ask: Ask, cursor: str) -> None:
    answer = ask("GET", "/suggest/entity", params={"prefix": "a", "cursor": cursor})
    assert_problem(answer, 400, "BAD_USER_INPUT")


def test_properties_are_proposed_and_fetched(ask: Ask) -> None:
    proposed = checked(ask("GET", "/properties", params={"type": "STATE"}), forms.PROPOSED)
    names = [each["id"] for each in proposed["properties"]]
    assert {"COW", "ISO_3166_1_ALPHA_3", "name", "aliases"} <= set(names)
    assert len(ask("GET", "/properties", params={"limit": 2}).json()["properties"]) == 2
    for limit in ("0", "-1", "x", "99", "9" * 400):
        answer = ask("GET", "/properties", params={"limit": limit})
        assert_problem(answer, 400, "BAD_USER_INPUT")
    (germany,) = candidates_ids(ask, "germany")[:1]
    wanted = {
        "ids": [germany, "actor_999999", "nonsense"],
        "properties": [{"id": "COW"}, {"id": "kind", "settings": {}}],
    }
    for answer in (
        ask("POST", data={"extend": json.dumps(wanted)}),
        ask("GET", params={"extend": json.dumps(wanted)}),
    ):
        rows = checked(answer, forms.ROWS)
        assert [each["id"] for each in rows["meta"]] == ["COW", "kind"]
        nothing: dict[str, Any] = {"COW": [], "kind": []}
        codes = {value["str"] for value in rows["rows"][germany]["COW"]}
        assert codes == {"255", "260"}
        assert rows["rows"][germany]["kind"] == [{"str": "STATE"}]
        assert rows["rows"]["actor_999999"] == rows["rows"]["nonsense"] == nothing


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"ids": "actor_1", "properties": []},
        {"ids": [1], "properties": []},
        {"ids": ["actor_1"] * 501, "properties": []},
        {"ids": [], "properties": [{"id": "P31"}]},
        {"ids": [], "properties": ["COW"]},
        {"ids": [], "properties": [], "limit": 5},
    ],
)
def test_a_bad_request_to_extend_is_refused(ask: Ask, given: Any) -> None:
    answer = ask("POST", data={"extend": json.dumps(given)})
    assert_problem(answer, 400, "BAD_USER_INPUT")


def test_a_client_of_an_allowed_origin_may_read_it(ask: Ask) -> None:
    answer = ask("POST", data={"queries": "{}"}, headers={"origin": ORIGIN})
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    other = ask("GET", headers={"origin": "http://evil.test"})
    assert "access-control-allow-origin" not in other.headers


HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


def test_a_preview_runs_nothing_that_is_in_the_data(editor: Editor) -> None:
    made = editor.rest(
        "POST",
        "actors",
        {
            "slug": "hostile",
            "name": HOSTILE,
            "kind": "PERSON",
            "description": HOSTILE,
            "aliases": [{"name": HOSTILE + "!"}],
        },
    )
    assert made.status_code == 201, made.text
    id = made.json()["id"]
    page = editor.rest("GET", f"reconcile/preview?id={id}")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script" not in page.text
    assert "<img" not in page.text
    assert "&lt;script&gt;" in page.text
    policy = page.headers["content-security-policy"]
    for part in ("default-src 'none'", "sandbox", "form-action 'none'", "base-uri 'none'"):
        assert part in policy
    assert "script-src" not in policy
    assert "x-frame-options" not in page.headers
    assert page.headers["x-content-type-options"] == "nosniff"


def test_an_unknown_actor_has_no_preview(ask: Ask) -> None:
    assert_problem(ask("GET", "/preview", params={"id": "actor_999999"}), 404, "NOT_FOUND")
    assert_problem(ask("GET", "/preview"), 400, "BAD_USER_INPUT")
    assert_problem(ask("GET", "/preview", params={"id": "x" * 301}), 400, "BAD_USER_INPUT")


def test_an_actor_that_was_merged_is_found_by_what_it_was(editor: Editor) -> None:
    persia = editor.rest("POST", "actors", {"slug": "persia", "name": "Persia", "kind": "STATE"})
    id = persia.json()["id"]
    editor.rest("POST", "actors/iran/merge", {"merge": [{"slug": "persia"}]})
    wanted = json.dumps({"ids": [id], "properties": [{"id": "name"}]})
    rows = editor.rest("GET", f"reconcile?extend={wanted}").json()["rows"]
    assert rows == {id: {"name": [{"str": "Iran"}]}}
    assert "Iran" in editor.rest("GET", f"reconcile/preview?id={id}").text


def test_former_slugs_and_ids_are_names_that_are_certain(editor: Editor) -> None:
    persia = editor.rest("POST", "actors", {"slug": "persia", "name": "Q", "kind": "STATE"})
    editor.rest("PATCH", "actors/persia", {"slug": "old-persia"})
    editor.rest("POST", "actors/iran/merge", {"merge": [{"slug": "old-persia"}]})
    editor.rest("PATCH", "actors/iran", {"slug": "islamic-republic"})
    texts = ("persia", "old-persia", "iran", "islamic-republic", persia.json()["id"])
    queries = {text: {"query": text, "limit": 1} for text in texts}
    # No code of another actor makes it certain.
    wrong = {"pid": "COW", "v": "1"}
    queries["code"] = {"query": "persia", "properties": [wrong], "limit": 1}
    found = editor.rest("GET", f"reconcile?queries={json.dumps(queries)}").json()
    best = {text: each["result"][0] for text, each in found.items()}
    assert {each["name"] for each in best.values()} == {"Iran"}
    certain = {text: (each["score"], each["match"]) for text, each in best.items()}
    assert certain.pop("code") == (50.0, False)
    assert set(certain.values()) == {(100.0, True)}


def test_it_reads_an_earlier_revision_where_a_header_says_so(editor: Editor) -> None:
    before = editor.revision()
    editor.rest("PATCH", "actors/iran", {"name": "Eran"})
    queries = json.dumps({"q": {"query": "Eran", "limit": 1}})
    now = editor.rest("GET", f"reconcile?queries={queries}").json()["q"]["result"]
    assert [(each["name"], each["match"]) for each in now] == [("Eran", True)]
    then = editor.rest("GET", f"reconcile?queries={queries}", allygraph_as_of=str(before))
    assert then.headers["allygraph-as-of"] == str(before)
    assert all(each["name"] != "Eran" for each in then.json()["q"]["result"])
