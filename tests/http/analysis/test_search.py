"""Search compared with hits found by hand: hits, order, marked passages, errors."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.application import code_of
from tests.http.editing import Editor
from tests.names import names
from tests.stores import copy_of

ASK = """
query ($text: String!, $types: [SearchType!], $first: Int, $after: String) {
  search(text: $text, types: $types, first: $first, after: $after) {
    totalCount
    nodes { type text matches { start end } record { id } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
ACTORS = {
    "zelenskyy": ("Volodymyr Zelenskyy", ["Володимир Зеленський", "ゼレンスキー"]),
    "hezbollah": ("Hezbollah", ["حزب الله", "Party of God"]),
    "putin": ("Vladimir Putin", ["弗拉基米尔·普京", "블라디미르 푸틴"]),
    "strasse": ("Straße der Ærø 😀 Łódź", ["ΑΘΉΝΑ", "İSTANBUL"]),
    "query": ('AND "OR" NOT NEAR', ["100 % *"]),
    "air": ("Zebra Air Force", []),
    "air-2": ("Zebra Airports", []),
    "zebra": ("Zebra", []),
}
LONG = "Words before it. " * 30 + "The quagga delegation came. " + "Words behind it. " * 30


@pytest.fixture(scope="module")
def editor(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner
) -> Iterator[Editor]:
    editor = Editor(copy_of(seeded, tmp_path_factory.mktemp("search")), runner)
    for slug, (name, aliases) in ACTORS.items():
        actor = {"slug": slug, "name": name, "kind": "PERSON", "aliases": names(*aliases)}
        assert editor.rest("POST", "actors", actor).status_code == 201
    assert editor.rest("POST", "sources", {"title": "Zebra crossings"}).status_code == 201
    statement = {"text": LONG, "speaker": {"slug": "putin"}, "source": {"id": "source_1"}}
    assert editor.rest("POST", "statements", statement).status_code == 201
    yield editor
    editor.close()


def create(editor: Editor, kind: str, *records: dict[str, Any]) -> None:
    lines = [{"create": kind, **record} for record in records]
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    headers = {"content-type": "application/x-ndjson"}
    assert editor.send("POST", "/api/v1/bulk", content=content, headers=headers).is_success


def search(editor: Editor, text: str, **given: Any) -> Any:
    """Returns the hits of both APIs, which must be equal."""
    data = editor.ask(ASK, {"text": text, **given})["data"]["search"]
    parameters = {"text": text, **given}
    if "types" in given:
        parameters["types"] = ",".join(given["types"])
    rest = editor.send("GET", "/api/v1/search", params=parameters).json()
    assert [hit | {"record": {"id": hit["record"]["id"]}} for hit in rest["data"]] == data["nodes"]
    assert rest["page"]["totalCount"] == data["totalCount"]
    assert rest["page"]["endCursor"] == data["pageInfo"]["endCursor"]
    return data


def found(editor: Editor, text: str, **given: Any) -> list[str]:
    return [hit["text"] for hit in search(editor, text, **given)["nodes"]]


def marked(hit: Any) -> list[str]:
    return [hit["text"][match["start"] : match["end"]] for match in hit["matches"]]


NAMES = {
    "Zelensky": "Volodymyr Zelenskyy",
    "zelenskiy": "Volodymyr Zelenskyy",
    "Zelenskyy Volodymyr": "Volodymyr Zelenskyy",
    "vol zel": "Volodymyr Zelenskyy",
    "зеленськии": "Володимир Зеленський",
    "ゼレンスキー": "ゼレンスキー",
    "Hezbolah": "Hezbollah",
    "Hizbollah": "Hezbollah",
    "حزب": "حزب الله",
    "普京": "弗拉基米尔·普京",
    "弗拉基": "弗拉基米尔·普京",
    "푸티": "블라디미르 푸틴",
    "STRASSE": "Straße der Ærø 😀 Łódź",
    "lodz": "Straße der Ærø 😀 Łódź",
    "αθηνα": "ΑΘΉΝΑ",
    "istanbul": "İSTANBUL",
}


@pytest.mark.parametrize(("text", "name"), NAMES.items())
def test_names_are_found_in_every_script_and_with_an_error(
    editor: Editor, text: str, name: str
) -> None:
    assert found(editor, text, types=["ACTOR"])[0] == name


def test_an_actor_is_found_once_by_its_best_name(editor: Editor) -> None:
    (hit,) = search(editor, "party of god")["nodes"]
    assert (hit["type"], hit["text"]) == ("ACTOR", "Party of God")
    (record,) = {hit["record"]["id"], search(editor, "hezbollah")["nodes"][0]["record"]["id"]}
    assert record.startswith("actor_")


def test_codes_are_found(editor: Editor) -> None:
    assert found(editor, "prk") == ["PRK"]


def test_the_whole_text_comes_first_then_beginnings_then_actors(editor: Editor) -> None:
    found_texts = ["Zebra", "Zebra Airports", "Zebra Air Force", "Zebra crossings"]
    assert found(editor, "zebra") == found_texts
    # Two names match: "air" is a word of one, and the other begins with it.
    assert found(editor, "zebra air") == ["Zebra Air Force", "Zebra Airports"]


def test_data_sets_are_found_by_title_and_slug(editor: Editor) -> None:
    for text in ("north korean troops", "rutte 2024"):
        (hit,) = search(editor, text, types=["DATASET"])["nodes"]
        assert hit["record"] == {"id": "dataset_1"}


def test_of_each_type_the_shortest_texts_count(editor: Editor) -> None:
    titles = [f"Okta{' x' * number}" for number in range(1, 121)]
    create(editor, "source", *({"title": title} for title in reversed(titles)))
    create(editor, "actor", {"slug": "okta", "name": f"Okta{' y' * 140}", "kind": "PERSON"})
    assert search(editor, "okta")["totalCount"] == 101
    assert found(editor, "okta", types=["SOURCE"], first=500) == titles[:100]
    assert found(editor, "okta", types=["ACTOR"]) == [f"Okta{' y' * 140}"]


def test_of_words_that_begin_with_a_longer_one_the_first_are_found(editor: Editor) -> None:
    titles = [f"Plexa{number}" for number in range(100, 160)]
    create(editor, "source", *({"title": title} for title in reversed(titles)))
    assert sorted(found(editor, "plex", first=500)) == titles
    assert sorted(found(editor, "plexa", first=500)) == titles[:50]
    assert found(editor, "plexa159") == ["Plexa159"]


def test_all_words_have_to_match(editor: Editor) -> None:
    assert found(editor, "zebra putin") == []


def test_errors_are_forgiven_in_names_only(editor: Editor) -> None:
    assert found(editor, "zebta") == ["Zebra", "Zebra Airports", "Zebra Air Force"]
    assert found(editor, "qagga") == []


def test_types_are_chosen(editor: Editor) -> None:
    assert found(editor, "zebra", types=["SOURCE", "CONFLICT"]) == ["Zebra crossings"]
    assert found(editor, "zebra", types=["CONFLICT"]) == []


def test_matches_are_marked_in_characters(editor: Editor) -> None:
    (hit,) = search(editor, "lodz strasse")["nodes"]
    assert marked(hit) == ["Straße", "Łódź"]
    (hit,) = search(editor, "弗拉基米尔", types=["ACTOR"])["nodes"]
    # Overlapping pairs are one match.
    assert marked(hit) == ["弗拉基米尔"]


def test_of_a_long_text_the_passage_around_the_match_is_shown(editor: Editor) -> None:
    (hit,) = search(editor, "quagga delegat")["nodes"]
    assert hit["text"] in LONG
    assert len(hit["text"]) <= 300
    assert marked(hit) == ["quagga", "delegation"]
    before, _, behind = hit["text"].partition("quagga")
    assert "before it" in before
    assert "behind it" in behind


HOSTILE = ['"', "*", 'zebra" OR "x', "NEAR(a b)", "a AND b", "-zebra", "name:zebra", "'; DROP--"]


@pytest.mark.parametrize("text", [*HOSTILE, "zebra & !x | y:*", "zebra\0", "%", "\\"])
def test_no_character_has_a_meaning(editor: Editor, text: str) -> None:
    plain = "".join(letter if letter.isalnum() else " " for letter in text)
    if plain.strip():
        assert found(editor, text) == found(editor, plain)
    else:
        answer = editor.ask(ASK, {"text": text})
        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_words_of_a_query_language_are_words(editor: Editor) -> None:
    assert found(editor, 'and "or" NOT near') == ['AND "OR" NOT NEAR']


@pytest.mark.parametrize("text", ["", "  ", "!?", "a" * 301, "x" * 100_000])
def test_a_text_that_cannot_be_searched_is_refused(editor: Editor, text: str) -> None:
    if len(text) < 1_000:
        assert code_of(editor.send("GET", "/api/v1/search", params={"text": text}))
    answer = editor.ask(ASK, {"text": text})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_too_many_words_are_refused(editor: Editor) -> None:
    text = " ".join(f"w{number}" for number in range(33))
    answer = editor.ask(ASK, {"text": text})
    assert "33 words; the limit is 32" in answer["errors"][0]["message"]


def test_pages_follow_each_other(editor: Editor) -> None:
    everything, after, pages = found(editor, "zebra"), None, []
    while True:
        given = {"after": after} if after else {}
        page = search(editor, "zebra", first=1, **given)
        pages += [hit["text"] for hit in page["nodes"]]
        assert page["totalCount"] == len(everything)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert pages == everything


def test_a_cursor_belongs_to_its_search(editor: Editor) -> None:
    after = search(editor, "zebra", first=1)["pageInfo"]["endCursor"]
    for other in ({"text": "zebr"}, {"text": "zebra", "types": ["ACTOR"]}):
        answer = editor.ask(ASK, {**other, "after": after})
        assert answer["errors"][0]["extensions"]["code"] == "BAD_CURSOR"
    refused = editor.send("GET", "/api/v1/search", params={"text": "zebra", "after": "00"})
    assert code_of(refused) == "BAD_CURSOR"


def test_unknown_parameters_and_types_are_refused(editor: Editor) -> None:
    for query in ("types=ACTORS&text=a", "txt=a", "types=ACTOR", "text=a&first=0"):
        assert code_of(editor.send("GET", f"/api/v1/search?{query}")) == "BAD_USER_INPUT"


def test_search_finds_as_things_stood(editor: Editor, runner: asyncio.Runner) -> None:
    made = editor.rest("POST", "actors", {"slug": "okapi", "name": "Okapi", "kind": "PERSON"})
    path, first = f"actors/{made.json()['id']}", int(made.headers["allygraph-revision"])
    renamed = editor.rest("PATCH", path, {"name": "Giraffe", "aliases": names("Okapi too")})
    second = int(renamed.headers["allygraph-revision"])
    again = editor.rest("PATCH", path, {"name": "Okapi", "aliases": []})
    third = int(again.headers["allygraph-revision"])
    removed = editor.rest("DELETE", path)
    assert removed.status_code in (200, 204)
    texts = {
        revision: [
            editor.send("GET", f"/api/v1/search?text={text}&asOf={revision}").json()["data"]
            for text in ("okapi", "giraffe")
        ]
        for revision in (first - 1, first, second, third, third + 1)
    }
    assert {
        revision: [[hit["text"] for hit in hits] for hits in both]
        for revision, both in texts.items()
    } == {
        first - 1: [[], []],
        first: [["Okapi"], []],
        second: [["Okapi too"], ["Giraffe"]],
        third: [["Okapi"], []],
        third + 1: [[], []],
    }
    # The record is as of that revision, too.
    assert texts[second][1][0]["record"]["name"] == "Giraffe"
    assert found(editor, "okapi") == []
