"""Created records have the given values."""

from typing import Any

import pytest

from schema.concepts import CONCEPTS
from service.writing import operations
from tests.names import names
from tests.writing.world import DRONES, World, executing, refused

ASSERTED = [{"statement": {"id": "statement_1"}, "stance": "ASSERTS"}]


def test_an_actor_is_kept_with_its_names_and_codes(world: World) -> None:
    codes = [{"scheme": "ISO_3166_1_ALPHA_2", "value": "CN"}, {"scheme": "COW", "value": "710"}]
    id = world.create(
        "Actor",
        slug="china",
        name="China",
        kind="STATE",
        aliases=names("PRC", "Zhōngguó"),
        codes=codes,
    )
    assert id == "actor_5"
    assert world.rows("SELECT * FROM actor WHERE id = 5") == [(5, "china", "China", "STATE", None)]
    assert world.rows("SELECT name FROM actor_alias WHERE actor_id = 5") == [
        ("PRC",),
        ("Zhōngguó",),
    ]
    assert world.rows("SELECT scheme, value FROM actor_code WHERE actor_id = 5 ORDER BY 1") == [
        ("COW", "710"),
        ("ISO_3166_1_ALPHA_2", "CN"),
    ]


def test_a_support_is_kept_with_its_evidence(world: World) -> None:
    quantity = {"value": "46", "unit": "PIECES", "estimated": True}
    evidence = [{**ASSERTED[0], "quantity": {"low": "40", "unit": "PIECES"}, "note": "Roughly."}]
    world.create("Support", **DRONES, quantity=quantity, evidence=evidence)
    assert world.rows(
        "SELECT supporter_id, recipient_id, kind, phase, started_on, quantity_value, quantity_unit,"
        " quantity_estimated, quantity_low FROM support WHERE id = 2"
    ) == [(1, 2, "DRONES", "DELIVERED", "2024-10", "46", "PIECES", 1, None)]
    assert world.rows(
        "SELECT statement_id, stance, quantity_low, note FROM evidence WHERE support_id = 2"
    ) == [(1, "ASSERTS", "40", "Roughly.")]


def test_a_statement_is_recorded_with_all_that_it_claims(world: World) -> None:
    claims = [
        {"support": {"id": "support_1"}, "stance": "DENIES"},
        {
            "support": {"new": {**DRONES, "kind": "MISSILES"}},
            "stance": "ASSERTS",
            "quantity": {"value": "200", "unit": "PIECES"},
        },
    ]
    given = {
        "text": "No drones, but missiles.",
        "speaker": {"slug": "russia"},
        "source": {"url": "https://example.org/report"},
        "claims": claims,
    }
    world.do(lambda tx: operations.record_statement(tx, given))
    assert world.rows("SELECT text, speaker_id, source_id FROM statement WHERE id = 2") == [
        ("No drones, but missiles.", 2, 1)
    ]
    assert world.rows(
        "SELECT kind, stance, e.quantity_value FROM evidence e JOIN support s ON s.id = support_id"
        " WHERE statement_id = 2 ORDER BY e.id"
    ) == [("DRONES", "DENIES", None), ("MISSILES", "ASSERTS", "200")]


def test_a_field_left_out_has_its_default(world: World) -> None:
    world.create("Statement", text="So.", speaker="analyst", source="source_1")
    assert world.rows("SELECT quoted, language, said_on FROM statement WHERE id = 2") == [
        (0, "en", None)
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("046.50", "46.5"), ("12.000", "12"), ("-0", "0"), ("7", "7"), ("0.5", "0.5")],
)
def test_a_decimal_is_kept_in_its_one_spelling(world: World, given: str, kept: str) -> None:
    quantity = {"value": given, "unit": "PIECES"}
    world.create("Support", **DRONES, quantity=quantity, evidence=ASSERTED)
    assert world.value("SELECT quantity_value FROM support WHERE id = 2") == kept


def test_a_group_that_is_null_is_unknown(world: World) -> None:
    world.create("Support", **DRONES, quantity=None, evidence=ASSERTED)
    assert world.value("SELECT quantity_unit FROM support WHERE id = 2") is None


@pytest.mark.parametrize("empty", [None, []])
def test_a_list_that_is_null_is_empty(world: World, empty: Any) -> None:
    world.create("Actor", slug="a", name="A", kind="PERSON", aliases=empty, codes=empty)
    assert not world.rows("SELECT * FROM actor_alias WHERE actor_id = 5")


def test_a_membership_joins_two_actors(world: World) -> None:
    world.create(
        "Membership", member="analyst", organisation="russia", relation="PART", startedOn="2020"
    )
    assert world.rows(
        "SELECT member_id, organisation_id, relation, started_on FROM membership"
    ) == [(4, 2, "PART", "2020")]


def test_evidence_joins_a_support_and_a_statement(world: World) -> None:
    statement = world.create("Statement", text="So.", speaker="russia", source="source_1")
    world.create(
        "Evidence", support={"id": "support_1"}, statement={"id": statement}, stance="DENIES"
    )
    assert world.rows("SELECT support_id, statement_id, stance FROM evidence WHERE id = 2") == [
        (1, 2, "DENIES")
    ]


def test_a_support_of_a_data_set_needs_no_evidence(world: World) -> None:
    add_data_set(world)
    world.create("Support", **DRONES, dataset={"slug": "trade-2025"})
    assert world.value("SELECT dataset_id FROM support WHERE id = 2") == 1


def add_data_set(world: World) -> None:
    world.do(
        executing(
            "INSERT INTO dataset (slug, title, version, licence, citation)"
            " VALUES ('trade-2025', 'Trade', '1', 'CC0', 'Cite')"
        )
    )


@pytest.mark.parametrize("evidence", [None, []])
def test_a_support_with_neither_evidence_nor_data_set_is_refused(
    world: World, evidence: Any
) -> None:
    before = world.everything()
    with refused(("evidence", "WITHOUT_EVIDENCE")):
        world.create("Support", **DRONES, evidence=evidence)
    assert world.everything() == before


def test_evidence_may_follow_its_support_in_the_same_request(world: World) -> None:
    def work(tx: Any) -> None:
        made = operations.create(tx, CONCEPTS["Support"], DRONES)
        evidence = {"support": {"id": f"support_{made.id}"}, **ASSERTED[0]}
        operations.create(tx, CONCEPTS["Evidence"], evidence)

    world.do(work)
    assert world.value("SELECT support_id FROM evidence WHERE id = 2") == 2
