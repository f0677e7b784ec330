"""A small made-up data set with the oddities of real ones is returned as it was stated.

Some of several suppliers, unknown ends, pieces and TIV, censored periods, pacts, dated names and
codes, successions, coverage, parts of other data sets, corrected statements.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seeds.folder import Folder
from seeds.loader import load
from tests.http.editing import Editor
from tests.stores import copy_of, database_of

FILES = {
    "dataset": """
        slug: oddities
        title: Oddities
        version: "1"
        licence: CC0
        citation: Made up.
        publisher: institute
        doi: 10.1000/182
        coversFrom: 1975
        coversUntil: 2017
        scope: States and armed groups at war.
        supportKinds: [WEAPONS, TROOPS]
        unitOfObservation: actor, opponent and year
        partOf: rutte-2024
        mappingVersion: "3"
        counts: [{counted: rows, number: 4781}]
        expected: {actors: 5, successions: 1, coverage: 2, sources: 1, statements: 2, supports: 4,
          evidence: 2}
    """,
    "actors": """
        institute: {name: Institute, kind: RESEARCH_INSTITUTE}
        zaire:
          name: DR Congo
          kind: STATE
          aliases:
            - {name: Zaïre, language: fr, kind: FORMER, startedOn: 1971, endedOn: 1997}
            - {name: حزب الله, language: ar, kind: NATIVE}
          codes: [{scheme: COW, value: 490, startedOn: 1960}]
        yugoslavia: {name: Yugoslavia, kind: STATE}
        serbia: {name: Serbia, kind: STATE}
        rebels: {name: Rebels, kind: ARMED_GROUP}
    """,
    "successions": """
        serbia-yugoslavia:
          {predecessor: yugoslavia, successor: serbia, kind: SPLITS_FROM, succeededOn: 1992-04-XX}
    """,
    "coverage": """
        rebels: {actor: rebels, role: AS_RECIPIENT, coversFrom: 1989, coversUntil: 1994}
        zaire: {actor: zaire, role: AS_SUPPORTER, counterpart: rebels, coversFrom: 1989}
    """,
    "sources": "report: {title: Report of the institute, publisher: institute}",
    "statements": """
        first:
          text: It was ten.
          speaker: institute
          source: report
          evidence: [{support: tiv, stance: ASSERTS, quantity: {value: 10, unit: PIECES}}]
        second:
          text: It was twelve after all.
          speaker: institute
          source: report
          corrects: first
          evidence: [{support: tiv, stance: ASSERTS, quantity: {value: 12, unit: PIECES}}]
    """,
    "supports": """
        some:
          attribution: SOME_OF
          candidates: [zaire, serbia, yugoslavia]
          candidatesAtLeast: 2
          recipient: rebels
          kind: WEAPONS
          phase: DELIVERED
          startedOn: 1975
          endedOn: 2017
          startCensored: true
          endCensored: true
          sourceKey: rows 1 to 43
        unknown:
          {attribution: UNKNOWN, recipient: rebels, kind: UNKNOWN, phase: DELIVERED,
           sourceKey: row 7}
        tiv:
          supporter: serbia
          kind: SENSORS
          phase: DELIVERED
          agreedOn: 1984~
          startedOn: 198X
          worth: {value: "0.37", unit: TIV, estimated: true}
          sourceKey: row 9
        pact:
          {supporter: serbia, recipient: zaire, kind: DEFENCE_PACT, phase: AGREED, mutual: true,
           sourceKey: 345-490}
    """,
}


@pytest.fixture
def loaded(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    folder = tmp_path / "oddities"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    path = copy_of(seeded, tmp_path)
    engine = database_of(path).engine()
    load(engine, Folder(folder))
    engine.dispose()
    editor = Editor(path, runner)
    yield editor
    editor.close()


def both(editor: Editor, collection: str, where: str, parameters: str, fields: str) -> Any:
    """Returns the records of both APIs, which must agree. `fields`: nested names have dots."""
    rest = editor.rest("GET", f"{collection}?{parameters}&fields={fields}").json()["data"]
    selection = " ".join(_selected(field) for field in fields.split(","))
    document = f"{{ {collection}(where: {{{where}}}) {{ nodes {{ {selection} }} }} }}"
    answer = editor.send("POST", "/graphql", json={"query": document}).json()
    assert answer["data"][collection]["nodes"] == rest
    return rest


def _selected(field: str) -> str:
    first, *rest = field.split(".")
    return f"{first} {{ {_selected('.'.join(rest))} }}" if rest else first


OF_DATASET = 'dataset: {slug: {eq: "oddities"}}, sourceKey: {eq: "%s"}'


def support(editor: Editor, key: str, fields: str) -> Any:
    parameters = f"dataset.slug=oddities&sourceKey={key.replace(' ', '%20')}"
    (found,) = both(editor, "supports", OF_DATASET % key, parameters, fields)
    return found


def test_some_of_several_gave_it(loaded: Editor) -> None:
    assert support(loaded, "rows 1 to 43", "attribution,candidatesAtLeast,supporter.slug") == {
        "attribution": "SOME_OF",
        "candidatesAtLeast": 2,
        "supporter": None,
    }
    document = """{
      actor(by: {slug: "serbia"}) {
        possibleSupports { nodes { sourceKey candidates { nodes { slug } } } }
        supportsGiven(where: {kind: {eq: WEAPONS}}) { totalCount }
      }
    }"""
    answer = loaded.send("POST", "/graphql", json={"query": document}).json()["data"]["actor"]
    (possible,) = answer["possibleSupports"]["nodes"]
    slugs = {each["slug"] for each in possible["candidates"]["nodes"]}
    assert slugs == {"zaire", "serbia", "yugoslavia"}
    assert answer["supportsGiven"] == {"totalCount": 0}


def test_the_data_end_and_not_the_support(loaded: Editor) -> None:
    fields = "startedOn,endedOn,startCensored,endCensored"
    assert support(loaded, "rows 1 to 43", fields) == {
        "startedOn": "1975",
        "endedOn": "2017",
        "startCensored": True,
        "endCensored": True,
    }


def test_a_support_may_have_an_unknown_supporter_and_kind(loaded: Editor) -> None:
    assert support(loaded, "row 7", "attribution,kind,supporter.slug,recipient.slug") == {
        "attribution": "UNKNOWN",
        "kind": "UNKNOWN",
        "supporter": None,
        "recipient": {"slug": "rebels"},
    }


def test_it_is_worth_something_else_than_how_much_it_is(loaded: Editor) -> None:
    fields = "recipient.slug,agreedOn,startedOn,quantity.value,worth.value,worth.unit"
    assert support(loaded, "row 9", fields) == {
        "recipient": None,
        "agreedOn": "1984~",
        "startedOn": "198X",
        "quantity": None,
        "worth": {"value": "0.37", "unit": "TIV"},
    }


def test_a_corrected_statement_is_counted_apart(loaded: Editor) -> None:
    fields = "assessment.asserting,assessment.withdrawn,assessment.low,assessment.unit"
    assert support(loaded, "row 9", fields)["assessment"] == {
        "asserting": 1,
        "withdrawn": 1,
        "low": "12",
        "unit": "PIECES",
    }


def test_a_pact_binds_both_sides(loaded: Editor) -> None:
    assert support(loaded, "345-490", "mutual,kind") == {"mutual": True, "kind": "DEFENCE_PACT"}


def test_an_actor_had_its_names_and_codes_for_a_time(loaded: Editor) -> None:
    fields = (
        "aliases.name,aliases.language,aliases.kind,aliases.endedOn,codes.value,codes.startedOn"
    )
    rest = loaded.rest("GET", f"actors/zaire?fields={fields}").json()
    assert rest == {
        "aliases": [
            {"name": "Zaïre", "language": "fr", "kind": "FORMER", "endedOn": "1997"},
            {"name": "حزب الله", "language": "ar", "kind": "NATIVE", "endedOn": None},
        ],
        "codes": [{"value": "490", "startedOn": "1960"}],
    }
    by_date = '{ actor(by: {code: {scheme: COW, value: "490", on: "%s"}}) { slug } }'
    for on, found in (("1970", {"slug": "zaire"}), ("1950", None)):
        answer = loaded.send("POST", "/graphql", json={"query": by_date % on}).json()
        assert answer["data"] == {"actor": found}


def test_one_actor_follows_another(loaded: Editor) -> None:
    fields = "predecessor.slug,successor.slug,kind,succeededOn"
    assert both(loaded, "successions", "", "", fields) == [
        {
            "predecessor": {"slug": "yugoslavia"},
            "successor": {"slug": "serbia"},
            "kind": "SPLITS_FROM",
            "succeededOn": "1992-04-XX",
        }
    ]


def test_the_data_set_says_where_it_looked(loaded: Editor) -> None:
    fields = "dataset.slug,actor.slug,role,counterpart.slug,coversFrom,coversUntil"
    assert both(loaded, "coverage", "", "", fields) == [
        {
            "dataset": {"slug": "oddities"},
            "actor": {"slug": "rebels"},
            "role": "AS_RECIPIENT",
            "counterpart": None,
            "coversFrom": "1989",
            "coversUntil": "1994",
        },
        {
            "dataset": {"slug": "oddities"},
            "actor": {"slug": "zaire"},
            "role": "AS_SUPPORTER",
            "counterpart": {"slug": "rebels"},
            "coversFrom": "1989",
            "coversUntil": None,
        },
    ]
    where, parameters = 'counterpart: {slug: {eq: "rebels"}}', "counterpart.slug=rebels"
    assert [
        each["actor"]["slug"] for each in both(loaded, "coverage", where, parameters, fields)
    ] == ["zaire"]
    others = "coverageAsCounterpart { nodes { actor { slug } } }"
    found = loaded.ask(f'{{ actor(by: {{slug: "rebels"}}) {{ {others} }} }}')["data"]["actor"]
    assert found["coverageAsCounterpart"]["nodes"] == [{"actor": {"slug": "zaire"}}]


def test_the_data_set_says_what_it_is(loaded: Editor) -> None:
    own = "publisher.slug,doi,coversFrom,coversUntil,scope,unitOfObservation,partOf.slug"
    lists = "mappingVersion,supportKinds,actorKinds,counts.counted,counts.number"
    where, parameters = 'slug: {eq: "oddities"}', "slug=oddities"
    assert both(loaded, "datasets", where, parameters, f"{own},{lists}") == [
        {
            "publisher": {"slug": "institute"},
            "doi": "10.1000/182",
            "coversFrom": "1975",
            "coversUntil": "2017",
            "scope": "States and armed groups at war.",
            "unitOfObservation": "actor, opponent and year",
            "partOf": {"slug": "rutte-2024"},
            "mappingVersion": "3",
            "supportKinds": ["TROOPS", "WEAPONS"],
            "actorKinds": [],
            "counts": [{"counted": "rows", "number": 4781}],
        }
    ]


def test_the_data_set_goes_with_all_of_it(loaded: Editor) -> None:
    assert loaded.rest("DELETE", "datasets/oddities").status_code == 204
    for collection in ("successions", "coverage"):
        assert loaded.rest("GET", collection).json()["data"] == []
    assert loaded.rest("GET", "supports?first=1").json()["page"]["totalCount"] == 9
    # The publisher is one of the data set's records too.
    for actor in ("zaire", "institute"):
        assert loaded.rest("GET", f"actors/{actor}").status_code == 404
    assert loaded.rest("GET", "actors/russia").status_code == 200
