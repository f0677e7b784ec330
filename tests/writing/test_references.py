"""References from one record to another, and new records in references."""

from typing import Any

import pytest

from schema.inputs import INPUTS
from service.auth.callers import Caller, Role
from service.writing import operations
from service.writing.references import ways
from tests.names import names
from tests.writing.world import DRONES, World, creating, refused

PERSON = {"slug": "bob", "name": "Bob", "kind": "PERSON"}
SAID = {"text": "So.", "speaker": "analyst", "source": "source_1"}
ASSERTED = [{"statement": {"id": "statement_1"}, "stance": "ASSERTS"}]

# All references to Iran.
IRAN: list[Any] = [
    {"id": "actor_1"},
    {"slug": "iran"},
    {"code": {"scheme": "COW", "value": "630"}},
    "actor_1",
    "iran",
    {"id": "actor_1", "slug": "iran", "name": "Iran"},
    {"id": "actor_1", "name": "Some other name"},
    {"new": {"slug": "iran", "name": "Iran", "kind": "STATE"}},
    {"new": {"slug": "iran", "name": "Persia", "kind": "STATE", "description": None}},
    {
        "new": {
            "slug": "iran",
            "name": "Iran",
            "kind": "STATE",
            "aliases": names("Persia"),
            "codes": [{"scheme": "COW", "value": "630"}],
        }
    },
]


@pytest.mark.parametrize("reference", IRAN)
def test_an_actor_is_found_in_every_way(world: World, reference: Any) -> None:
    world.create("Statement", **SAID | {"speaker": reference})
    assert world.value("SELECT speaker_id FROM statement WHERE id = 2") == 1
    assert world.value("SELECT count(*) FROM actor") == 4
    assert world.value("SELECT name FROM actor WHERE id = 1") == "Iran"


UNKNOWN: list[tuple[Any, str, str]] = [
    ({"id": "actor_99"}, "speaker.id", "UNKNOWN_REFERENCE"),
    ({"id": "source_1"}, "speaker.id", "UNKNOWN_REFERENCE"),
    ({"id": "actor_" + "9" * 90}, "speaker.id", "UNKNOWN_REFERENCE"),
    ({"id": 1}, "speaker.id", "WRONG_TYPE"),
    ({"slug": "atlantis"}, "speaker.slug", "UNKNOWN_REFERENCE"),
    ({"slug": "Not a slug"}, "speaker.slug", "UNKNOWN_REFERENCE"),
    ({"slug": None}, "speaker.slug", "WRONG_TYPE"),
    ({"slug": "nul\0"}, "speaker.slug", "BAD_CHARACTER"),
    ({"slug": "half \ud83d"}, "speaker.slug", "BAD_CHARACTER"),
    ({"code": {"scheme": "COW", "value": "631"}}, "speaker.code", "UNKNOWN_REFERENCE"),
    ({"code": "COW 630"}, "speaker.code", "WRONG_TYPE"),
    ({"code": {"scheme": "COW"}}, "speaker.code.value", "MISSING"),
    ({"url": "https://example.org/"}, "speaker.url", "UNKNOWN_FIELD"),
    ({"name": "Iran"}, "speaker.name", "UNKNOWN_FIELD"),
    ({"slug": "iran", "code": {}}, "speaker", "WRONG_TYPE"),
    ({"new": PERSON, "slug": "iran"}, "speaker", "WRONG_TYPE"),
    ({}, "speaker", "WRONG_TYPE"),
    (7, "speaker", "WRONG_TYPE"),
    (["iran"], "speaker", "WRONG_TYPE"),
    ("atlantis", "speaker", "UNKNOWN_REFERENCE"),
    ("actor_99", "speaker", "UNKNOWN_REFERENCE"),
    ("", "speaker", "EMPTY_TEXT"),
    ({"new": None}, "speaker.new", "WRONG_TYPE"),
    ({"new": {**PERSON, "kind": "HUMAN"}}, "speaker.new.kind", "UNKNOWN_TERM"),
    (
        {"new": {"slug": "iran", "name": "Iran", "kind": "PERSON"}},
        "speaker.new.kind",
        "CONTRADICTS",
    ),
    (
        {"new": {"slug": "iran", "name": "Whoever", "kind": "STATE"}},
        "speaker.new.name",
        "CONTRADICTS",
    ),
    (
        {"new": {"slug": "iran", "name": "Iran", "kind": "STATE", "description": "A state."}},
        "speaker.new.description",
        "CONTRADICTS",
    ),
    (
        {"new": {"slug": "iran", "name": "Iran", "kind": "STATE", "aliases": names("Persia", "X")}},
        "speaker.new.aliases.1",
        "CONTRADICTS",
    ),
    (
        {
            "new": {
                "slug": "islamic-republic",
                "name": "Iran",
                "kind": "STATE",
                "codes": [{"scheme": "COW", "value": "630"}],
            }
        },
        "speaker.new.slug",
        "CONTRADICTS",
    ),
    (
        {
            "new": {
                "slug": "iran",
                "name": "Iran",
                "kind": "STATE",
                "codes": [{"scheme": "ISO_3166_1_ALPHA_2", "value": "IR"}],
            }
        },
        "speaker.new.codes.0",
        "CONTRADICTS",
    ),
]


@pytest.mark.parametrize(("reference", "path", "code"), UNKNOWN)
def test_a_reference_to_nothing_is_reported_where_it_stands(
    world: World, reference: Any, path: str, code: str
) -> None:
    with refused((path, code)):
        world.create("Statement", **SAID | {"speaker": reference})


def test_other_records_are_found_by_what_belongs_to_them_alone(world: World) -> None:
    world.create("Statement", **SAID | {"source": {"url": "https://example.org/report"}})
    assert world.value("SELECT source_id FROM statement WHERE id = 2") == 1
    with refused(("source", "UNKNOWN_REFERENCE")):
        world.create("Statement", **SAID | {"source": "https://example.org/report"})


@pytest.mark.parametrize("target", ["Actor", "Source", "Statement", "Support", "Dataset"])
def test_the_ways_are_those_that_the_doors_take(target: str) -> None:
    given = {field.name for field in INPUTS[f"{target}Reference"].fields}
    assert given == set(ways(target))


# --- new ----------------------------------------------------------------------------------------


def test_a_new_record_is_made_with_those_that_it_needs(world: World) -> None:
    source = {
        "title": "Another report",
        "publisher": {"new": {"slug": "paper", "name": "Paper", "kind": "NEWS_OUTLET"}},
    }
    statement = {"text": "New.", "speaker": {"new": PERSON}, "source": {"new": source}}
    evidence = [{"statement": {"new": statement}, "stance": "ASSERTS"}]
    world.create("Support", **DRONES, evidence=evidence)
    assert world.rows(
        "SELECT x.slug, o.title, p.slug FROM evidence e"
        " JOIN statement s ON s.id = e.statement_id JOIN actor x ON x.id = s.speaker_id"
        " JOIN source o ON o.id = s.source_id JOIN actor p ON p.id = o.publisher_id"
        " WHERE e.support_id = 2"
    ) == [("bob", "Another report", "paper")]


def test_what_is_new_twice_in_a_request_is_made_once(world: World) -> None:
    world.create(
        "Statement",
        **SAID
        | {
            "speaker": {"new": PERSON},
            "onBehalfOf": {"new": PERSON},
            "mentions": [{"slug": "bob"}],
        },
    )
    assert world.rows("SELECT speaker_id, on_behalf_of_id FROM statement WHERE id = 2") == [(5, 5)]
    assert world.value("SELECT count(*) FROM actor") == 5


def test_an_actor_with_the_codes_of_two_is_ambiguous(world: World) -> None:
    codes = [{"scheme": "COW", "value": "365"}]
    world.update("actor_2", codes=codes)
    new = {**PERSON, "kind": "STATE", "codes": [*codes, {"scheme": "COW", "value": "630"}]}
    with refused(("speaker.new", "AMBIGUOUS_REFERENCE")) as _:
        world.create("Statement", **SAID | {"speaker": {"new": new}})


def speak_from(world: World, **source: Any) -> int:
    text = f"So, {world.revision()}."
    world.create("Statement", **SAID | {"text": text, "source": {"new": source}})
    found: int = world.value("SELECT source_id FROM statement ORDER BY id DESC LIMIT 1")
    return found


def test_a_source_is_found_by_its_address(world: World) -> None:
    assert speak_from(world, title="A report", url="https://example.org/report") == 1
    with refused(("source.new.title", "CONTRADICTS")):
        speak_from(world, title="Whatever", url="https://example.org/report")


def test_a_source_with_another_address_is_another_one(world: World) -> None:
    assert speak_from(world, title="A report", url="https://example.org/other") == 2


def test_a_source_without_address_is_found_by_title_publisher_and_date(world: World) -> None:
    assert speak_from(world, title="A report") == 1
    assert speak_from(world, title="A report", publishedOn="2024") == 2
    assert speak_from(world, title="A report", publishedOn="2024") == 2
    assert speak_from(world, title="A report", publisher="russia") == 3
    with refused(("source.new.note", "CONTRADICTS")):
        speak_from(world, title="A report", publisher={"slug": "russia"}, note="More")


def test_no_publisher_is_made_for_a_source_that_is_there(world: World) -> None:
    publisher = {"new": {"slug": "paper", "name": "Paper", "kind": "NEWS_OUTLET"}}
    url = "https://example.org/report"
    with refused(("source.new.publisher", "CONTRADICTS")):
        speak_from(world, title="A report", url=url, publisher=publisher)
    assert world.value("SELECT count(*) FROM actor") == 4


def test_two_sources_that_are_alike_are_ambiguous(world: World) -> None:
    world.create("Source", title="Twin", url="https://example.org/1")
    world.create("Source", title="Twin", url="https://example.org/2")
    with refused(("source.new", "AMBIGUOUS_REFERENCE")):
        speak_from(world, title="Twin")


def claim(world: World, **support: Any) -> int:
    """Returns the support that a new statement claims."""
    claims = [{"support": {"new": {**DRONES, **support}}, "stance": "ASSERTS"}]
    world.do(lambda tx: operations.record_statement(tx, {**SAID, "claims": claims}))
    found: int = world.value("SELECT support_id FROM evidence ORDER BY id DESC LIMIT 1")
    return found


def test_a_support_is_found_by_its_actors_kind_and_date(world: World) -> None:
    assert claim(world) == 1
    assert claim(world, place="Isfahan") == 1
    assert claim(world, phase="PLEDGED") == 2
    assert claim(world, kind="MISSILES") == 3
    assert claim(world, startedOn="2024") == 4
    assert claim(world, startedOn=None) == 5
    assert claim(world, startedOn=None) == 5
    assert claim(world, against="north-korea") == 6
    assert claim(world, supporter={"new": PERSON}) == 7
    assert claim(world, supporter={"new": PERSON}) == 7


def test_a_support_that_is_found_is_never_said_to_be_another(world: World) -> None:
    at = "claims.0.support.new"
    given = {"summary": "Again", "quantity": {"value": "5", "unit": None}, "place": "Tabriz"}
    with refused(
        (f"{at}.summary", "CONTRADICTS"),
        (f"{at}.place", "CONTRADICTS"),
        (f"{at}.quantity.value", "CONTRADICTS"),
    ):
        claim(world, **given)


def test_of_several_supports_the_one_that_says_the_same_is_meant(world: World) -> None:
    world.create("Support", **DRONES, place="Tabriz", evidence=ASSERTED)
    assert claim(world, place="Tabriz") == 2
    with refused(("claims.0.support.new", "AMBIGUOUS_REFERENCE")):
        claim(world)
    with refused(("claims.0.support.new", "AMBIGUOUS_REFERENCE")):
        claim(world, place="Qom")
    world.create("Support", **DRONES, evidence=ASSERTED)
    assert claim(world) == 3


def test_a_statement_is_found_by_source_speaker_and_text(world: World) -> None:
    def cite(**statement: Any) -> int:
        new = {"text": "Iran sends drones.", "speaker": "analyst", "source": "source_1"}
        evidence = [{"statement": {"new": new | statement}, "stance": "ASSERTS"}]
        count = world.value("SELECT count(*) FROM support")
        world.create("Support", **DRONES, summary=str(count), evidence=evidence)
        found: int = world.value("SELECT statement_id FROM evidence ORDER BY id DESC LIMIT 1")
        return found

    assert cite() == 1
    assert cite(mentions=["russia"], quoted=False) == 1
    with refused(
        ("evidence.0.statement.new.quoted", "CONTRADICTS"),
        ("evidence.0.statement.new.note", "CONTRADICTS"),
        ("evidence.0.statement.new.mentions.1", "CONTRADICTS"),
    ):
        cite(note="Again", mentions=["iran", "north-korea"], quoted=True)
    assert cite(text="Iran sent drones.") == 2
    assert cite(speaker="russia") == 3
    assert cite(saidOn="2024") == 4
    assert cite(saidOn="2024") == 4
    assert world.rows("SELECT actor_id FROM mention WHERE statement_id = 1") == [(1,), (2,)]


def test_a_new_one_must_be_one_that_could_be_made_even_if_it_is_there(world: World) -> None:
    with refused(("speaker.new.name", "MISSING"), ("speaker.new.kind", "MISSING")):
        world.create("Statement", **SAID | {"speaker": {"new": {"slug": "iran"}}})


def test_a_data_set_is_made_by_an_admin_alone(world: World) -> None:
    new = {"slug": "x", "title": "X", "version": "1", "licence": "CC0", "citation": "Cite"}
    support = DRONES | {"dataset": {"new": new}}
    with refused(("dataset", "ADMIN_ONLY")):
        world.do(creating("Support", **support), caller=Caller("bob", Role.EDITOR))
    world.create("Support", **support)
    assert world.rows("SELECT slug FROM dataset") == [("x",)]


def test_a_support_within_a_support_brings_its_own_evidence(world: World) -> None:
    repaid = {**DRONES, "kind": "FUNDING", "evidence": ASSERTED}
    world.create("Support", **DRONES, evidence=ASSERTED, inReturnFor={"new": repaid})
    with refused(("inReturnFor.new.evidence", "WITHOUT_EVIDENCE")):
        world.create(
            "Support",
            **DRONES,
            evidence=ASSERTED,
            inReturnFor={"new": {**repaid, "kind": "TROOPS", "evidence": []}},
        )


@pytest.mark.parametrize("reference", [{"id": "actor_3"}, {"slug": "north-korea"}, "north-korea"])
def test_a_former_actor_means_the_one_it_became(world: World, reference: Any) -> None:
    world.merge({"slug": "iran"}, {"slug": "north-korea"})
    world.create("Statement", **SAID | {"speaker": reference})
    assert world.value("SELECT speaker_id FROM statement WHERE id = 2") == 1


def test_a_new_actor_with_the_slug_of_a_former_one_is_the_one_it_became(world: World) -> None:
    world.merge({"slug": "iran"}, {"slug": "north-korea"})
    new = {"slug": "north-korea", "name": "North Korea", "kind": "STATE"}
    world.create("Statement", **SAID | {"speaker": {"new": new}})
    assert world.value("SELECT speaker_id FROM statement WHERE id = 2") == 1


def cow(value: str, **when: str) -> dict[str, str]:
    return {"scheme": "COW", "value": value, **when}


def test_a_code_belongs_to_one_actor_at_a_time(world: World) -> None:
    world.update("actor_1", codes=[cow("255", startedOn="1816", endedOn="1945")])
    world.update("actor_2", codes=[cow("255", startedOn="1955")])
    with refused(("codes.0", "DUPLICATE")):
        world.update("actor_3", codes=[cow("255", startedOn="1940", endedOn="1950")])
    with refused(("codes.0", "DUPLICATE")):
        world.update("actor_3", codes=[cow("255")])
    world.update("actor_3", codes=[cow("255", startedOn="1946", endedOn="1954")])


@pytest.mark.parametrize(
    ("on", "speaker"), [("1900", 1), ("1950-06", 3), ("1990", 2), (None, 2), ("1815", None)]
)
def test_a_code_names_the_actor_that_has_it_on_the_date(
    world: World, on: str | None, speaker: int | None
) -> None:
    world.update("actor_1", codes=[cow("255", startedOn="1816", endedOn="1945")])
    world.update("actor_3", codes=[cow("255", startedOn="1946", endedOn="1954")])
    world.update("actor_2", codes=[cow("255", startedOn="1955")])
    code = {"code": {**cow("255"), "on": on}}
    if speaker is None:
        with refused(("speaker.code", "UNKNOWN_REFERENCE")):
            world.create("Statement", **SAID | {"speaker": code})
        return
    world.create("Statement", **SAID | {"speaker": code, "text": "At that time."})
    asked = "SELECT speaker_id FROM statement WHERE text = 'At that time.'"
    assert world.value(asked) == speaker
