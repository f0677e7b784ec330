"""Merged actors: the kept one gets all records and names of the others."""

from typing import Any

import pytest
from sqlmodel import SQLModel

from service.errors import InvalidRecord
from tests.names import names
from tests.writing.test_creating import add_data_set
from tests.writing.world import DRONES, World, executing, refused, told

PERSIA = {
    "slug": "persia",
    "name": "Persia",
    "kind": "STATE",
    "aliases": names("Iran", "The Empire"),
    "codes": [{"scheme": "ISO_3166_1_ALPHA_2", "value": "IR"}],
}


DATASET = {"slug": "d", "title": "D", "version": "1", "licence": "CC0", "citation": "D"}


@pytest.fixture
def persia(world: World) -> World:
    """With actor_5, which is another record of Iran."""
    world.create("Actor", **PERSIA)
    return world


def test_names_and_codes_move(persia: World) -> None:
    persia.merge("iran", "persia")
    assert persia.rows("SELECT actor_id, name FROM actor_alias ORDER BY 2") == [
        (1, "Persia"),
        (1, "The Empire"),
    ]
    assert persia.rows("SELECT actor_id, scheme FROM actor_code ORDER BY 2") == [
        (1, "COW"),
        (1, "ISO_3166_1_ALPHA_2"),
    ]


def test_the_name_becomes_an_alias(world: World) -> None:
    world.merge("iran", "north-korea")
    assert world.rows("SELECT name FROM actor_alias ORDER BY 1") == [
        ("North Korea",),
        ("Persia",),
    ]


def test_a_name_that_is_the_same_becomes_none(world: World) -> None:
    world.create("Actor", slug="iran-2", name="Iran", kind="STATE")
    world.merge("iran", "iran-2")
    assert world.rows("SELECT name FROM actor_alias") == [("Persia",)]


def test_the_former_slug_and_id_are_kept(persia: World) -> None:
    persia.merge({"id": "actor_1"}, {"id": "actor_5"})
    assert persia.rows("SELECT * FROM former_id") == [("actor", 5, 1)]
    assert persia.rows("SELECT * FROM former_slug") == [("actor", "persia", 1)]
    assert not persia.rows("SELECT * FROM actor WHERE id = 5")


def refer_everywhere(world: World, actor: str) -> None:
    """Sets each column that can refer to an actor to this one."""
    world.create("Membership", member=actor, organisation="russia", relation="PART")
    world.create("Membership", member="analyst", organisation=actor, relation="MEMBER")
    world.create("Source", title="T", publisher=actor)
    world.update("statement_1", speaker=actor, onBehalfOf=actor, mentions=[actor, "russia"])
    world.update("support_1", supporter=actor, recipient="russia")
    world.create("Dataset", **DATASET, publisher=actor)
    world.create("Coverage", dataset="d", actor=actor, role="AS_RECIPIENT")
    world.create("Coverage", dataset="d", actor="iran", counterpart=actor, role="AS_RECIPIENT")
    world.create("Succession", predecessor=actor, successor="russia", kind="RENAMED")
    world.create("Succession", predecessor="russia", successor=actor, kind="RENAMED")
    evidence = [{"statement": "statement_1", "stance": "ASSERTS"}]
    support = {"kind": "TRADE", "phase": "AGREED", "evidence": evidence}
    world.create("Support", **support, supporter="russia", recipient=actor)
    world.create("Support", **support, supporter="russia", recipient="iran", against=actor)
    some = {"attribution": "SOME_OF", "candidates": [actor, "analyst"]}
    world.create("Support", **support, **some)


def referring(world: World, actor: int) -> dict[str, int]:
    """Returns the number of rows that refer to an actor, by column."""
    counts = {
        f"{table.name}.{key.parent.name}": world.value(
            f"SELECT count(*) FROM {table.name} WHERE {key.parent.name} = ?", actor
        )
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "actor"
    }
    return {name: count for name, count in counts.items() if count}


def test_every_reference_moves(persia: World) -> None:
    refer_everywhere(persia, "persia")
    before = referring(persia, 5)
    assert len(before) == 17
    persia.merge("north-korea", "persia")
    assert referring(persia, 5) == {}
    after = referring(persia, 3)
    assert after == {**before, "actor_alias.actor_id": 3}


def test_several_are_merged_at_once(persia: World) -> None:
    others = ("persia", {"slug": "north-korea"}, {"id": "actor_4"})
    persia.merge("iran", *others, allowDifferentKinds=True)
    assert persia.rows("SELECT slug FROM actor ORDER BY 1") == [("iran",), ("russia",)]
    assert persia.rows("SELECT slug, record_id FROM former_slug ORDER BY 1") == [
        ("analyst", 1),
        ("north-korea", 1),
        ("persia", 1),
    ]


def test_what_was_merged_before_leads_to_the_last(persia: World) -> None:
    persia.merge("persia", "north-korea")
    persia.merge("iran", "north-korea")
    assert persia.rows("SELECT slug, record_id FROM former_slug ORDER BY 1") == [
        ("north-korea", 1),
        ("persia", 1),
    ]


def test_a_statement_that_mentions_both_mentions_one(persia: World) -> None:
    persia.update("statement_1", mentions=["iran", "persia"])
    persia.merge("iran", "persia")
    assert persia.rows("SELECT actor_id FROM mention") == [(1,)]


def test_memberships_that_become_the_same_become_one(persia: World) -> None:
    same = {"organisation": "russia", "relation": "PART", "startedOn": "2020"}
    persia.create("Membership", member="iran", **same)
    persia.create("Membership", member="persia", **same)
    persia.create("Membership", member="persia", **same | {"startedOn": "2021"})
    persia.create("Membership", member="north-korea", **same)
    persia.merge("iran", "persia", "north-korea")
    assert persia.rows("SELECT member_id, started_on FROM membership ORDER BY 2") == [
        (1, "2020"),
        (1, "2021"),
    ]


def test_the_former_slug_is_taken(persia: World) -> None:
    persia.merge("iran", "persia")
    with refused(("slug", "DUPLICATE")):
        persia.create("Actor", **PERSIA | {"codes": []})
    with refused(("slug", "DUPLICATE")):
        persia.update("actor_2", slug="persia")


def test_support_for_itself_is_reported(world: World) -> None:
    before = world.everything()
    with pytest.raises(InvalidRecord, match="support_1 is in the way") as caught:
        world.merge("iran", "russia")
    assert told(caught.value) == [("merge.0", "SUPPORTS_ITSELF")]
    assert world.everything() == before


def test_support_among_the_others_is_reported(world: World) -> None:
    with refused(("merge.1", "SUPPORTS_ITSELF")):
        world.merge("analyst", "north-korea", "iran", "russia", allowDifferentKinds=True)


AGAINST: list[tuple[str, str, str]] = [
    ("north-korea", "iran", "merge.0"),
    ("iran", "north-korea", "merge.0"),
    ("russia", "north-korea", "merge.0"),
]


@pytest.mark.parametrize(("keep", "other", "path"), AGAINST)
def test_support_against_a_party_to_it_is_reported(
    world: World, keep: str, other: str, path: str
) -> None:
    world.update("support_1", against="north-korea")
    before = world.everything()
    with refused((path, "AGAINST_ITSELF")):
        world.merge(keep, other)
    assert world.everything() == before


def test_actors_of_different_kinds_are_merged_only_where_that_is_meant(world: World) -> None:
    before = world.everything()
    with refused(("merge.1", "DIFFERENT_KINDS")):
        world.merge("iran", "north-korea", "analyst")
    with refused(("merge.0", "DIFFERENT_KINDS")):
        world.merge("iran", "analyst", allowDifferentKinds=None)
    with refused(("allowDifferentKinds", "WRONG_TYPE")):
        world.merge("iran", "north-korea", allowDifferentKinds="yes")
    assert world.everything() == before
    world.merge("iran", "analyst", allowDifferentKinds=True)
    assert world.value("SELECT kind FROM actor WHERE id = 1") == "STATE"


def test_a_membership_in_itself_is_reported(world: World) -> None:
    world.create("Membership", member="analyst", organisation="north-korea", relation="PART")
    with refused(("merge.0", "BELONGS_TO_ITSELF")):
        world.merge("analyst", "north-korea", allowDifferentKinds=True)


BAD: list[tuple[Any, list[Any], list[tuple[str, str]]]] = [
    ("iran", [], [("merge", "MISSING")]),
    ("iran", ["iran"], [("merge.0", "DUPLICATE")]),
    ("iran", ["persia", {"id": "actor_1"}], [("merge.1", "DUPLICATE")]),
    ("iran", ["persia", {"id": "actor_5"}], [("merge.1", "DUPLICATE")]),
    ("iran", ["nobody"], [("merge.0", "UNKNOWN_REFERENCE")]),
    ("nobody", ["iran"], [("keep", "UNKNOWN_REFERENCE")]),
    ("nobody", [7], [("keep", "UNKNOWN_REFERENCE"), ("merge.0", "WRONG_TYPE")]),
    ("iran", [{"new": PERSIA}], [("merge.0.new", "UNKNOWN_FIELD")]),
    ({"new": PERSIA}, ["iran"], [("keep.new", "UNKNOWN_FIELD")]),
    ("iran", [{"name": "Persia"}], [("merge.0.name", "UNKNOWN_FIELD")]),
    ("iran", ["persia"] * 101, [("merge", "TOO_LONG")]),
]


@pytest.mark.parametrize(("keep", "others", "expected"), BAD)
def test_what_cannot_be_merged_is_reported(
    persia: World, keep: Any, others: list[Any], expected: list[tuple[str, str]]
) -> None:
    before = persia.everything()
    with refused(*expected):
        persia.merge(keep, *others)
    assert persia.everything() == before


def test_an_actor_that_is_part_of_the_kept_one_cannot_be_merged_again(persia: World) -> None:
    persia.merge("iran", "persia")
    with refused(("merge.0", "DUPLICATE")):
        persia.merge("iran", "persia")
    with refused(("merge.1", "DUPLICATE")):
        persia.merge("north-korea", "iran", "persia")


def own(world: World, key: str, record: int, data_set: int = 1) -> None:
    world.do(executing("INSERT INTO seed_key VALUES (?, 'Actor', ?, ?)", data_set, key, record))


def test_what_a_data_set_calls_the_merged_is_the_kept_one(persia: World) -> None:
    add_data_set(persia)
    own(persia, "persia", 5)
    persia.merge("iran", "persia")
    assert persia.rows("SELECT key, record_id FROM seed_key") == [("persia", 1)]


def test_a_record_that_has_a_key_keeps_it(persia: World) -> None:
    add_data_set(persia)
    own(persia, "iran", 1)
    own(persia, "persia", 5)
    persia.merge("iran", "persia")
    assert persia.rows("SELECT key, record_id FROM seed_key") == [("iran", 1)]


def test_the_revision_says_what_was_merged(persia: World) -> None:
    revision = persia.merge("iran", "persia").revision
    assert persia.value("SELECT message FROM revision WHERE number = ?", revision) == (
        "Merged actor_5 into actor_1."
    )


def test_supports_that_become_the_same_become_one_with_the_evidence_of_both(
    persia: World,
) -> None:
    other = [{"statement": {"id": "statement_1"}, "stance": "DENIES", "quantity": {"value": "5"}}]
    same = [{"statement": {"id": "statement_1"}, "stance": "ASSERTS"}]
    given = {**DRONES, "place": "Isfahan", "supporter": "persia"}
    persia.create("Support", **given, note="Of Persia", evidence=[*same, *other])
    persia.create("Support", **given | {"kind": "TRADE"}, evidence=same, inReturnFor="support_2")
    persia.create(
        "Support",
        **given | {"kind": "TRADE", "supporter": "iran"},
        evidence=same,
        inReturnFor="support_1",
    )
    revision = persia.merge("iran", "persia").revision
    assert persia.rows("SELECT id, kind, in_return_for_id, note FROM support ORDER BY id") == [
        (1, "DRONES", None, "Of Persia"),
        (3, "TRADE", 1, None),
    ]
    assert persia.rows(
        "SELECT support_id, stance, quantity_value FROM evidence ORDER BY support_id, id"
    ) == [(1, "ASSERTS", None), (1, "DENIES", "5"), (3, "ASSERTS", None)]
    message = persia.value("SELECT message FROM revision WHERE number = ?", revision)
    assert "support_2 into support_1" in message


def test_statements_and_sources_that_become_the_same_become_one(persia: World) -> None:
    for actor in ("iran", "persia"):
        persia.create("Source", title="Tasnim", publisher=actor)
    for source, actor in (("source_2", "iran"), ("source_3", "persia")):
        persia.create(
            "Statement",
            text="We do not.",
            speaker=actor,
            source=source,
            mentions=[actor, "russia"],
            note=f"By {actor}",
        )
    for statement in ("statement_2", "statement_3"):
        persia.create("Evidence", support="support_1", statement=statement, stance="DENIES")
    persia.merge("iran", "persia")
    assert persia.rows("SELECT id, source_id, note FROM statement ORDER BY id") == [
        (1, 1, None),
        (2, 2, "By iran\nBy persia"),
    ]
    assert persia.rows("SELECT id FROM source ORDER BY id") == [(1,), (2,)]
    assert persia.rows("SELECT actor_id FROM mention WHERE statement_id = 2 ORDER BY 1") == [
        (1,),
        (2,),
    ]
    assert persia.rows("SELECT support_id, statement_id FROM evidence ORDER BY id") == [
        (1, 1),
        (1, 2),
    ]


def two_statements(persia: World, first: dict[str, Any], second: dict[str, Any]) -> None:
    """With statement_2 of Iran and statement_3 of Persia, which a merge of both makes one."""
    for speaker, more in (("iran", first), ("persia", second)):
        said = {"text": "We do not.", "speaker": speaker, "source": "source_1"}
        persia.create("Statement", **said, **more)


def test_what_only_one_of_two_equal_statements_says_is_kept(persia: World) -> None:
    two_statements(
        persia,
        {"credibility": 2},
        {"corrects": "statement_1", "quoted": True, "language": "fa", "onBehalfOf": "russia"},
    )
    persia.merge("iran", "persia")
    assert persia.rows(
        "SELECT id, corrects_id, quoted, language, on_behalf_of_id, credibility FROM statement "
        "WHERE id > 1"
    ) == [(2, 1, True, "fa", 2, 2)]


def test_what_two_equal_records_say_differently_is_reported(persia: World) -> None:
    two_statements(persia, {"credibility": 2}, {"credibility": 3, "quoted": True})
    for statement, stance in (("statement_2", "ASSERTS"), ("statement_3", "DENIES")):
        persia.create("Evidence", support="support_1", statement=statement, stance=stance)
    before = persia.everything()
    with pytest.raises(InvalidRecord) as caught:
        persia.merge("iran", "persia")
    assert told(caught.value) == [("merge.0", "CONTRADICTS")] * 2
    both = [problem.message.partition(";")[0] for problem in caught.value.problems]
    assert both == [
        "statement_2 and statement_3 would become one, and differ in `credibility`",
        "evidence_2 and evidence_3 would become one, and differ in `stance`",
    ]
    assert persia.everything() == before


@pytest.mark.parametrize("is_first", [True, False])
def test_statements_that_would_correct_themselves_are_reported(
    persia: World, is_first: bool
) -> None:
    two_statements(persia, {}, {})
    correcting, corrected = ("statement_2", "statement_3")[:: 1 if is_first else -1]
    persia.update(correcting, corrects=corrected)
    before = persia.everything()
    with refused(("merge.0", "CORRECTS_ITSELF")):
        persia.merge("iran", "persia")
    assert persia.everything() == before
    between = {"text": "We may.", "speaker": "russia", "source": "source_1", "corrects": corrected}
    persia.create("Statement", **between)
    persia.update(correcting, corrects="statement_4")
    with refused(("merge.0", "CORRECTS_ITSELF")):
        persia.merge("iran", "persia")


def test_coverage_follows_a_merge_unless_it_would_be_of_one_actor(persia: World) -> None:
    persia.create("Dataset", **DATASET)
    given = {"dataset": "d", "role": "AS_SUPPORTER"}
    persia.create("Coverage", **given, actor="russia", counterpart="iran")
    persia.create("Coverage", **given, actor="russia", counterpart="persia")
    persia.create("Coverage", **given, actor="russia")
    between = persia.create("Coverage", **given, actor="iran", counterpart="persia")
    with refused(("merge.0", "COUNTERPART_OF_ITSELF")):
        persia.merge("iran", "persia")
    persia.delete(between)
    persia.merge("iran", "persia")
    # Two records that are equal now become one.
    found = "SELECT counterpart_id FROM coverage ORDER BY counterpart_id IS NULL, 1"
    assert persia.rows(found) == [(1,), (None,)]


CANDIDATES: list[tuple[str, str, str, str]] = [
    ("iran", "persia", "recipient", "SUPPORTS_ITSELF"),
    ("persia", "iran", "recipient", "SUPPORTS_ITSELF"),
    ("iran", "persia", "against", "AGAINST_ITSELF"),
    ("persia", "iran", "against", "AGAINST_ITSELF"),
]


@pytest.mark.parametrize(("keep", "other", "role", "code"), CANDIDATES)
def test_a_candidate_that_would_be_at_the_other_end_is_reported(
    persia: World, keep: str, other: str, role: str, code: str
) -> None:
    evidence = [{"statement": "statement_1", "stance": "ASSERTS"}]
    given = {"kind": "TRADE", "phase": "AGREED", "evidence": evidence, role: "persia"}
    some = {"attribution": "SOME_OF", "candidates": ["iran", "russia", "north-korea"]}
    persia.create("Support", **given, **some)
    before = persia.everything()
    with refused(("merge.0", code)):
        persia.merge(keep, other)
    assert persia.everything() == before
