"""Invalid input, as a table: the input, and the path and code of the problem."""

from typing import Any

import pytest

from schema.concepts import CONCEPTS
from schema.inputs import INPUTS
from schema.writing.drafts import written_members
from service.errors import RefusedWrite
from service.writing import operations
from tests.names import names
from tests.writing.world import DRONES, World, creating, refused

PERSON = {"slug": "bob", "name": "Bob", "kind": "PERSON"}
ROB = {"name": "Rob"}
SAID = {"text": "So.", "speaker": "analyst", "source": "source_1"}
ASSERTED = {"statement": {"id": "statement_1"}, "stance": "ASSERTS"}
SUPPORT = {**DRONES, "evidence": [ASSERTED]}

GIVEN: dict[str, dict[str, Any]] = {"Actor": PERSON, "Statement": SAID, "Support": SUPPORT}

BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("Actor", {"name": 7}, "name", "WRONG_TYPE"),
    ("Actor", {"name": None}, "name", "MISSING"),
    ("Actor", {"name": ["Bob"]}, "name", "WRONG_TYPE"),
    ("Actor", {"kind": "HUMAN"}, "kind", "UNKNOWN_TERM"),
    ("Actor", {"kind": {"code": "PERSON"}}, "kind", "WRONG_TYPE"),
    ("Actor", {"id": "actor_9"}, "id", "UNKNOWN_FIELD"),
    ("Actor", {"nmae": "Bob"}, "nmae", "UNKNOWN_FIELD"),
    ("Actor", {"supportsGiven": []}, "supportsGiven", "UNKNOWN_FIELD"),
    ("Actor", {"mentionedIn": []}, "mentionedIn", "UNKNOWN_FIELD"),
    ("Actor", {"aliases": "Rob"}, "aliases", "WRONG_TYPE"),
    ("Actor", {"aliases": [ROB, 7]}, "aliases.1", "WRONG_TYPE"),
    ("Actor", {"aliases": [ROB, {"name": ""}]}, "aliases.1.name", "EMPTY_TEXT"),
    ("Actor", {"aliases": [ROB, None]}, "aliases.1", "WRONG_TYPE"),
    ("Actor", {"aliases": [ROB, {"kind": "FORMER"}]}, "aliases.1.name", "MISSING"),
    ("Actor", {"aliases": [ROB, {**ROB, "kind": "NICK"}]}, "aliases.1.kind", "UNKNOWN_TERM"),
    ("Actor", {"aliases": names("Rob", "Bert", "Rob")}, "aliases.2", "DUPLICATE"),
    ("Actor", {"aliases": names(*(f"Rob {n}" for n in range(501)))}, "aliases", "TOO_LONG"),
    (
        "Actor",
        {"codes": [{"scheme": "COW", "value": f"{n}"} for n in range(501)]},
        "codes",
        "TOO_LONG",
    ),
    ("Actor", {"codes": ["COW 2"]}, "codes.0", "WRONG_TYPE"),
    ("Actor", {"codes": [{"scheme": "COW"}]}, "codes.0.value", "MISSING"),
    ("Actor", {"codes": [{"scheme": "COV", "value": "2"}]}, "codes.0.scheme", "UNKNOWN_TERM"),
    ("Actor", {"codes": [{"scheme": "COW", "value": 2}]}, "codes.0.value", "WRONG_TYPE"),
    (
        "Actor",
        {"codes": [{"scheme": "COW", "value": "2", "of": "USA"}]},
        "codes.0.of",
        "UNKNOWN_FIELD",
    ),
    ("Actor", {"codes": [{"scheme": "COW", "value": "2"}] * 2}, "codes.1", "DUPLICATE"),
    ("Statement", {"credibility": 2**40}, "credibility", "WRONG_TYPE"),
    ("Statement", {"credibility": 10**5000}, "credibility", "WRONG_TYPE"),
    ("Statement", {"credibility": 7}, "credibility", "UNKNOWN_GRADE"),
    ("Statement", {"credibility": True}, "credibility", "WRONG_TYPE"),
    ("Statement", {"credibility": 2.5}, "credibility", "WRONG_TYPE"),
    ("Statement", {"quoted": None}, "quoted", "MISSING"),
    ("Statement", {"quoted": 1}, "quoted", "WRONG_TYPE"),
    ("Statement", {"saidOn": "2024-13"}, "saidOn", "BAD_DATE"),
    ("Statement", {"saidOn": "(" * 100_000}, "saidOn", "BAD_DATE"),
    ("Statement", {"claims": []}, "claims", "UNKNOWN_FIELD"),
    ("Statement", {"mentions": {"id": "actor_1"}}, "mentions", "WRONG_TYPE"),
    ("Statement", {"mentions": ["iran", "nobody"]}, "mentions.1", "UNKNOWN_REFERENCE"),
    ("Statement", {"mentions": ["iran", {"id": "actor_1"}]}, "mentions.1", "DUPLICATE"),
    ("Statement", {"speaker": None}, "speaker", "MISSING"),
    ("Support", {"startedOn": 2024}, "startedOn", "WRONG_TYPE"),
    ("Support", {"quantity": 46}, "quantity", "WRONG_TYPE"),
    ("Support", {"quantity": {"value": 46}}, "quantity.value", "WRONG_TYPE"),
    ("Support", {"quantity": {"value": "1e3"}}, "quantity.value", "BAD_DECIMAL"),
    ("Support", {"quantity": {"value": "-1", "low": "0"}}, "quantity.value", "OUTSIDE_RANGE"),
    ("Support", {"quantity": {"amount": "1"}}, "quantity.amount", "UNKNOWN_FIELD"),
    ("Support", {"quantity": {"unit": "CURRENCY"}}, "quantity.unit", "UNKNOWN_TERM"),
    ("Support", {"worth": {"unit": "CURRENCY"}}, "worth.currency", "UNIT_WITHOUT_CURRENCY"),
    ("Support", {"endedOn": "2023"}, "endedOn", "ENDS_BEFORE_START"),
    ("Support", {"recipient": {"id": "actor_1"}}, "recipient", "SUPPORTS_ITSELF"),
    ("Support", {"assessment": {}}, "assessment", "UNKNOWN_FIELD"),
    ("Support", {"evidence": ASSERTED}, "evidence", "WRONG_TYPE"),
    ("Support", {"evidence": [ASSERTED, "more"]}, "evidence.1", "WRONG_TYPE"),
    ("Support", {"evidence": [ASSERTED, ASSERTED]}, "evidence.1.statement", "DUPLICATE"),
    (
        "Support",
        {"evidence": [{**ASSERTED, "stance": "SAYS"}]},
        "evidence.0.stance",
        "UNKNOWN_TERM",
    ),
    (
        "Support",
        {"evidence": [{**ASSERTED, "support": {"id": "support_1"}}]},
        "evidence.0.support",
        "UNKNOWN_FIELD",
    ),
    (
        "Support",
        {"evidence": [{"statement": {"new": {**SAID, "text": ""}}, "stance": "ASSERTS"}]},
        "evidence.0.statement.new.text",
        "EMPTY_TEXT",
    ),
]


@pytest.mark.parametrize(("concept", "change", "path", "code"), BAD)
def test_what_cannot_be_kept_is_reported_where_it_stands(
    world: World, concept: str, change: dict[str, Any], path: str, code: str
) -> None:
    before = world.everything()
    with refused((path, code)):
        world.create(concept, **GIVEN[concept] | change)
    assert world.everything() == before


def test_every_problem_is_reported_at_once(world: World) -> None:
    with refused(
        ("phaze", "UNKNOWN_FIELD"),
        ("supporter.slug", "UNKNOWN_REFERENCE"),
        ("quantity.value", "WRONG_TYPE"),
        ("kind", "UNKNOWN_TERM"),
        ("phase", "MISSING"),
        ("evidence.0.statement", "UNKNOWN_REFERENCE"),
        ("evidence.0.stance", "MISSING"),
    ):
        world.create(
            "Support",
            supporter={"slug": "atlantis"},
            recipient={"slug": "russia"},
            kind="DRONE",
            phaze="DELIVERED",
            quantity={"value": 46},
            evidence=[{"statement": "statement_99"}],
        )


def test_a_claim_that_is_made_twice_is_reported_at_its_support(world: World) -> None:
    claim = {"support": {"id": "support_1"}, "stance": "ASSERTS"}
    with refused(("claims.1.support", "DUPLICATE")):
        world.do(lambda tx: operations.record_statement(tx, {**SAID, "claims": [claim, claim]}))


def test_a_hundred_problems_are_enough(world: World) -> None:
    with pytest.raises(RefusedWrite) as caught:
        world.create("Actor", **PERSON, aliases=[7] * 500)
    assert len(caught.value.problems) == 100


def message_of(world: World, concept: str, **given: Any) -> str:
    with pytest.raises(RefusedWrite) as caught:
        world.create(concept, **given)
    return caught.value.problems[0].message


def test_a_misspelt_field_is_reported_with_the_one_that_was_meant(world: World) -> None:
    message = message_of(world, "Support", **SUPPORT, startetOn="2024")
    assert "did you mean startedOn" in message


def test_a_field_that_is_like_none_is_reported_with_all_there_are(world: World) -> None:
    message = message_of(world, "Support", **SUPPORT, q="2024")
    assert "supporter, recipient, against" in message
    assert "evidence" in message


@pytest.mark.parametrize("value", ["x" * 100_000, [[[["x"] * 9_000]]], {"x": ["y"] * 9_000}])
def test_a_message_is_short_whatever_was_given(world: World, value: Any) -> None:
    for given in ({"kind": value}, {"slug": value}, {"codes": [value]}, {str(value): 1}):
        assert len(message_of(world, "Actor", **PERSON | given)) < 600


@pytest.mark.parametrize("given", [None, [], "actor_1", 7, True, [PERSON]])
def test_what_is_no_object_is_no_record(world: World, given: Any) -> None:
    for concept in operations.WRITABLE:
        with refused(("", "WRONG_TYPE")):
            world.do(lambda tx, concept=concept: operations.create(tx, concept, given))


def test_new_records_do_not_stand_within_each_other_for_ever(world: World) -> None:
    chain: dict[str, Any] = {"id": "support_1"}
    for _ in range(6):
        chain = {"new": {**SUPPORT, "kind": "TROOPS", "inReturnFor": chain}}
    with refused(("inReturnFor." + "new.inReturnFor." * 4 + "new.inReturnFor", "TOO_DEEP")):
        world.create("Support", **SUPPORT | {"inReturnFor": chain})


def test_nothing_is_kept_with_an_operation_that_was_refused(world: World) -> None:
    before = world.everything()

    def work(tx: Any) -> None:
        with pytest.raises(RefusedWrite):
            creating("Statement", **SAID | {"speaker": {"new": PERSON}, "text": ""})(tx)

    with pytest.raises(RuntimeError, match="must be rolled back"):
        world.do(work)
    assert world.everything() == before


@pytest.mark.parametrize("concept", [concept.name for concept in operations.WRITABLE])
def test_what_may_be_given_is_what_the_doors_take(concept: str) -> None:
    evidence = {"evidence"} if concept == "Support" else set()
    given = {field.name for field in INPUTS[f"Create{concept}Input"].fields}
    assert given == set(written_members(concept)) | evidence
    assert {field.name for field in INPUTS[f"Update{concept}Input"].fields} == set(
        written_members(concept)
    )


def test_every_concept_that_can_be_written_is_known() -> None:
    known = ["Actor", "Support", "Evidence", "Statement", "Source", "Dataset", "Membership"]
    known += ["Conflict", "Succession", "Coverage"]
    assert list(operations.WRITABLE) == [CONCEPTS[name] for name in known]
