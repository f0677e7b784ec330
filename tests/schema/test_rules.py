"""Invalid values of records, as a table of (field, value, message)."""

from typing import Any

import pytest

from schema.records import (
    Actor,
    ActorCode,
    Dataset,
    Evidence,
    Membership,
    Source,
    Statement,
    Support,
)
from schema.records.coverage import Coverage
from schema.rules import problems
from schema.rules.across import candidates_agree
from schema.rules.forms import CODE_FORMS
from schema.vocabulary import CODE_SCHEMES, CONFLICT_CODE_SCHEMES

ACTOR = {"slug": "north-korea", "name": "North Korea", "kind": "STATE"}
SUPPORT = {
    "supporter_id": 1,
    "recipient_id": 2,
    "kind": "TROOPS",
    "phase": "DELIVERED",
    "started_on": "2024-10",
}
STATEMENT = {"text": "It is so.", "speaker_id": 1, "source_id": 1}
SOURCE = {"title": "A report"}
RECORDS: dict[Any, dict[str, Any]] = {
    Actor: ACTOR,
    Support: SUPPORT,
    Statement: STATEMENT,
    Source: SOURCE,
    ActorCode: {"scheme": "COW", "value": "365"},
}


def told(record: Any, **values: Any) -> list[tuple[str, str]]:
    """Returns the paths and the codes of a record's problems."""
    row = {**RECORDS.get(record, {}), **values}
    return [(".".join(p.path), p.code.value) for p in problems(record.__table__, row)]


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_with_what_it_must_have_is_good(record: Any) -> None:
    assert told(record) == []


GOOD = [
    (Actor, "name", "Côte d'Ivoire 🇨🇮"),
    (Actor, "name", "می\u200cخواهم"),
    (Actor, "name", "\ue000"),
    (Actor, "name", "n" * 300),
    (Actor, "description", "Two lines\nand a\ttab."),
    (Actor, "slug", "a"),
    (Actor, "slug", "institute-4-war"),
    (Support, "started_on", "2024"),
    (Support, "started_on", "2024-02-29"),
    (Support, "quantity_value", "0"),
    (Support, "quantity_value", "0.5"),
    (Support, "quantity_value", "-0.5"),
    (Support, "quantity_value", "1." + "1" * 20),
    (Support, "in_return_for_id", None),
    (Statement, "credibility", 1),
    (Statement, "credibility", 6),
    (Statement, "language", "en"),
    (Statement, "language", "uk-UA"),
    (Statement, "language", "zh-Hant-TW"),
    (Statement, "language", "sl-rozaj-biske-1994"),
    (Statement, "language", "es-419"),
    (Statement, "quoted", True),
    (Source, "url", "https://example.org/a?b=c#d"),
    (Source, "url", "http://[::1]:8000/"),
    (Source, "reliability", "F"),
]


@pytest.mark.parametrize(("record", "column", "value"), GOOD)
def test_a_value_that_may_be(record: Any, column: str, value: Any) -> None:
    assert told(record, **{column: value}) == []


BAD = [
    (Actor, "name", None, "name", "MISSING"),
    (Actor, "kind", None, "kind", "MISSING"),
    (Statement, "quoted", None, "quoted", "MISSING"),
    (Actor, "name", 7, "name", "WRONG_TYPE"),
    (Support, "started_on", 2024, "startedOn", "WRONG_TYPE"),
    (Support, "quantity_value", 12000, "quantity.value", "WRONG_TYPE"),
    (Statement, "quoted", "yes", "quoted", "WRONG_TYPE"),
    (Statement, "credibility", True, "credibility", "WRONG_TYPE"),
    (Statement, "credibility", "2", "credibility", "WRONG_TYPE"),
    (Actor, "name", "", "name", "EMPTY_TEXT"),
    (Actor, "description", " \n ", "description", "EMPTY_TEXT"),
    (Actor, "name", "n" * 301, "name", "TOO_LONG"),
    (Statement, "text", "t" * 5001, "text", "TOO_LONG"),
    (Actor, "name", "Nu\x00l", "name", "BAD_CHARACTER"),
    (Actor, "name", "bell\x07", "name", "BAD_CHARACTER"),
    (Actor, "description", "return\r\n", "description", "BAD_CHARACTER"),
    (Actor, "name", "half \ud83d", "name", "BAD_CHARACTER"),
    (Actor, "slug", "North-Korea", "slug", "BAD_SLUG"),
    (Actor, "slug", "north--korea", "slug", "BAD_SLUG"),
    (Actor, "slug", "-korea", "slug", "BAD_SLUG"),
    (Actor, "slug", "korea-", "slug", "BAD_SLUG"),
    (Actor, "slug", "north korea", "slug", "BAD_SLUG"),
    (Actor, "slug", "korea\n", "slug", "BAD_SLUG"),
    (Actor, "slug", "corée", "slug", "BAD_SLUG"),
    (Actor, "kind", "COUNTRY", "kind", "UNKNOWN_TERM"),
    (Actor, "kind", "state", "kind", "UNKNOWN_TERM"),
    (Support, "phase", "PROMISED", "phase", "UNKNOWN_TERM"),
    (Support, "quantity_unit", "EUR", "quantity.unit", "UNKNOWN_TERM"),
    (Source, "reliability", "G", "reliability", "UNKNOWN_TERM"),
    (Support, "started_on", "2023-02-29", "startedOn", "BAD_DATE"),
    (Support, "started_on", "2024-13", "startedOn", "BAD_DATE"),
    (Support, "started_on", "28 October 2024", "startedOn", "BAD_DATE"),
    (Support, "ended_on", "2024-10/2024-11", "endedOn", "BAD_DATE"),
    (Support, "quantity_value", "1,000", "quantity.value", "BAD_DECIMAL"),
    (Support, "quantity_value", "1e3", "quantity.value", "BAD_DECIMAL"),
    (Support, "quantity_low", "12.50", "quantity.low", "BAD_DECIMAL"),
    (Support, "quantity_high", "007", "quantity.high", "BAD_DECIMAL"),
    (Support, "quantity_value", "-0", "quantity.value", "BAD_DECIMAL"),
    (Support, "quantity_value", "0." + "1" * 21, "quantity.value", "BAD_DECIMAL"),
    (Statement, "credibility", 0, "credibility", "UNKNOWN_GRADE"),
    (Statement, "credibility", 7, "credibility", "UNKNOWN_GRADE"),
    (Statement, "credibility", 2**31, "credibility", "WRONG_TYPE"),
    (Statement, "language", "English", "language", "BAD_LANGUAGE"),
    (Statement, "language", "e", "language", "BAD_LANGUAGE"),
    (Statement, "language", "en_GB", "language", "BAD_LANGUAGE"),
    (Statement, "language", "en-", "language", "BAD_LANGUAGE"),
    (Statement, "language", "British English", "language", "BAD_LANGUAGE"),
    (Source, "url", "ftp://example.org/", "url", "BAD_URL"),
    (Source, "url", "javascript:alert(1)", "url", "BAD_URL"),
    (Source, "url", "example.org", "url", "BAD_URL"),
    (Source, "url", "https://", "url", "BAD_URL"),
    (Source, "url", "https://exa mple.org", "url", "BAD_URL"),
    (Source, "url", "http://[::1", "url", "BAD_URL"),
    (Source, "url", "https://ann@example.org/", "url", "BAD_URL"),
    (Source, "url", "https://example.org:65536/", "url", "BAD_URL"),
    (Actor, "name", "next\x85line", "name", "BAD_CHARACTER"),
    (Actor, "name", "delete\x7f", "name", "BAD_CHARACTER"),
    (Actor, "name", "abc\u202edef", "name", "BAD_CHARACTER"),
    (Actor, "name", "abc\u2066def\u2069", "name", "BAD_CHARACTER"),
    (Actor, "name", "mark\u200f", "name", "BAD_CHARACTER"),
    (Actor, "name", "\u200b\u200d", "name", "EMPTY_TEXT"),
    (Actor, "name", "\u3164 \u2800", "name", "EMPTY_TEXT"),
    (ActorCode, "value", "", "value", "EMPTY_TEXT"),
]


@pytest.mark.parametrize(("record", "column", "value", "path", "code"), BAD)
def test_a_value_that_may_not_be(
    record: Any, column: str, value: Any, path: str, code: str
) -> None:
    assert told(record, **{column: value}) == [(path, code)]


def quantity(**values: str | bool) -> dict[str, str | bool]:
    return {f"quantity_{name}": value for name, value in values.items()}


def worth(**values: str | bool) -> dict[str, str | bool]:
    return {f"worth_{name}": value for name, value in values.items()}


# Currencies of the first and the last states that adopted the euro, and of former states.
WITHDRAWN = ("DEM", "FRF", "ITL", "HRK", "BGN", "SUR", "DDM", "CSK", "YUD", "ZRN", "VEB", "TRL")
EUROS = {"unit": "CURRENCY", "currency": "EUR"}
SOME = {"attribution": "SOME_OF", "supporter_id": None}
TOGETHER = [
    ({"ended_on": "2024-09"}, [("endedOn", "ENDS_BEFORE_START")]),
    ({"ended_on": "2023"}, [("endedOn", "ENDS_BEFORE_START")]),
    ({"ended_on": "2024-10"}, []),
    ({"ended_on": "2024-10-01"}, []),
    ({"ended_on": "2024"}, []),
    ({"started_on": None, "ended_on": "1999"}, []),
    ({"recipient_id": 1}, [("recipient", "SUPPORTS_ITSELF")]),
    ({"against_id": 1}, [("against", "AGAINST_ITSELF")]),
    ({"against_id": 2}, [("against", "AGAINST_ITSELF")]),
    ({"against_id": 3}, []),
    (
        {"recipient_id": 1, "against_id": 1},
        [("recipient", "SUPPORTS_ITSELF"), ("against", "AGAINST_ITSELF")],
    ),
    ({"id": 1, "in_return_for_id": 1}, [("inReturnFor", "REPAYS_ITSELF")]),
    ({"id": 1, "in_return_for_id": 2}, []),
    (worth(value="40000000000", **EUROS), []),
    (worth(low="1", high="2", **EUROS), []),
    (worth(high="0", **EUROS), []),
    (quantity(unit="PERSONS"), []),
    (quantity(unit="PERSONS", value="12000", estimated=True), []),
    (worth(unit="CURRENCY", value="5"), [("worth.currency", "UNIT_WITHOUT_CURRENCY")]),
    (worth(currency="EUR", value="5"), [("worth.currency", "CURRENCY_WITHOUT_UNIT")]),
    (
        worth(currency="EUR", value="5", unit="TIV"),
        [("worth.currency", "CURRENCY_WITHOUT_UNIT")],
    ),
    (worth(**EUROS), [("worth.currency", "CURRENCY_WITHOUT_AMOUNT")]),
    (
        worth(unit="CURRENCY", currency="EURO", value="5"),
        [("worth.currency", "TOO_LONG")],
    ),
    *((worth(unit="CURRENCY", currency=code, value="5"), []) for code in WITHDRAWN),
    *(
        (
            worth(unit="CURRENCY", currency=code, value="5"),
            [("worth.currency", "UNKNOWN_CURRENCY")],
        )
        for code in ("XXX", "XTS")
    ),
    (
        worth(unit="CURRENCY", currency="XQZ", value="5"),
        [("worth.currency", "UNKNOWN_CURRENCY")],
    ),
    (
        worth(unit="CURRENCY", currency="eur", value="5"),
        [("worth.currency", "UNKNOWN_CURRENCY")],
    ),
    (quantity(low="10", high="9"), [("quantity.low", "LOW_ABOVE_HIGH")]),
    (quantity(low="9", high="10"), []),
    (quantity(low="9", high="9", value="9"), []),
    (quantity(low="9", value="8.9"), [("quantity.value", "OUTSIDE_RANGE")]),
    (quantity(high="0", value="1"), [("quantity.value", "OUTSIDE_RANGE")]),
    (worth(low="10", high="9", unit="TIV"), [("worth.low", "LOW_ABOVE_HIGH")]),
    (worth(value="1.5", unit="TIV", estimated=True), []),
    (worth(value="5"), [("worth.unit", "AMOUNT_WITHOUT_UNIT")]),
    (worth(high="5"), [("worth.unit", "AMOUNT_WITHOUT_UNIT")]),
    (SOME, []),
    ({**SOME, "candidates_at_least": 1}, []),
    ({**SOME, "candidates_at_least": 0}, [("candidatesAtLeast", "ATTRIBUTION")]),
    ({"attribution": "SOME_OF"}, [("supporter", "ATTRIBUTION")]),
    ({"attribution": "UNKNOWN"}, [("supporter", "ATTRIBUTION")]),
    ({"attribution": "UNKNOWN", "supporter_id": None}, []),
    ({"supporter_id": None}, [("supporter", "ATTRIBUTION")]),
    ({"recipient_id": None}, []),
    ({"candidates_at_least": 1}, [("candidatesAtLeast", "ATTRIBUTION")]),
    (quantity(low="-2", high="-1", value="-1.5"), []),
    (quantity(low="-1", high="-2"), [("quantity.low", "LOW_ABOVE_HIGH")]),
    (quantity(low="-1", value="-2"), [("quantity.value", "OUTSIDE_RANGE")]),
]


@pytest.mark.parametrize(("values", "expected"), TOGETHER)
def test_what_fields_say_together(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert told(Support, **values) == expected


def test_evidence_has_the_same_rules_for_its_quantity() -> None:
    row = {"support_id": 1, "statement_id": 1, "stance": "ASSERTS"}
    wrong = quantity(low="2", high="1")
    assert told(Evidence, **row, **wrong) == [("quantity.low", "LOW_ABOVE_HIGH")]


CANDIDATES: list[tuple[dict[str, Any], list[int], list[tuple[str, str]]]] = [
    (SOME, [1, 3], []),
    (SOME, [1], [("candidates", "ATTRIBUTION")]),
    (SOME, [], [("candidates", "ATTRIBUTION")]),
    (SOME, [2, 3], [("candidates", "SUPPORTS_ITSELF")]),
    ({**SOME, "against_id": 3}, [1, 3], [("candidates", "AGAINST_ITSELF")]),
    ({**SOME, "against_id": 4}, [1, 3], []),
    ({**SOME, "candidates_at_least": 1}, [1, 3], []),
    ({**SOME, "candidates_at_least": 2}, [1, 3], [("candidatesAtLeast", "ATTRIBUTION")]),
    ({}, [], []),
    ({}, [3], [("candidates", "ATTRIBUTION")]),
    ({"attribution": "UNKNOWN"}, [3, 4], [("candidates", "ATTRIBUTION")]),
]


@pytest.mark.parametrize(("values", "candidates", "expected"), CANDIDATES)
def test_candidates_agree_with_the_attribution(
    values: dict[str, Any], candidates: list[int], expected: list[tuple[str, str]]
) -> None:
    found = candidates_agree({**SUPPORT, **values}, candidates)
    assert [(".".join(p.path), p.code.value) for p in found] == expected


def test_a_member_is_another_than_its_organisation() -> None:
    row = {"member_id": 1, "organisation_id": 1, "relation": "PART"}
    assert told(Membership, **row) == [("organisation", "BELONGS_TO_ITSELF")]
    assert told(Membership, **row | {"organisation_id": 2}) == []


CODES = [
    ("COW", "365", True),
    ("COW", "0365", False),
    ("COW", "RUS", False),
    ("COW", " 365", False),
    ("GLEDITSCH_WARD", "365", True),
    ("GLEDITSCH_WARD", "3 65", False),
    ("ISO_3166_1_ALPHA_2", "RU", True),
    ("ISO_3166_1_ALPHA_2", "ru", False),
    ("ISO_3166_1_ALPHA_2", "RUS", False),
    ("ISO_3166_1_ALPHA_3", "RUS", True),
    ("ISO_3166_1_ALPHA_3", "RU", False),
    ("ISO_3166_1_ALPHA_3", "РУС", False),
]


@pytest.mark.parametrize(("scheme", "value", "good"), CODES)
def test_a_code_has_the_form_of_its_scheme(scheme: str, value: str, *, good: bool) -> None:
    expected = [] if good else [("value", "BAD_CODE")]
    assert told(ActorCode, scheme=scheme, value=value) == expected


def test_each_scheme_has_a_form() -> None:
    assert set(CODE_SCHEMES.codes) | set(CONFLICT_CODE_SCHEMES.codes) == set(CODE_FORMS)


def test_every_bad_value_is_reported_at_once() -> None:
    assert told(Actor, slug="A", name="", kind="X") == [
        ("slug", "BAD_SLUG"),
        ("name", "EMPTY_TEXT"),
        ("kind", "UNKNOWN_TERM"),
    ]


def test_a_reference_may_be_a_key_of_a_seed() -> None:
    assert told(Support, supporter_id="iran", recipient_id="russia") == []
    assert told(Support, supporter_id="iran", recipient_id="iran") == [
        ("recipient", "SUPPORTS_ITSELF")
    ]


def test_at_the_two_ends_of_coverage_are_two_actors() -> None:
    given = {"dataset_id": 1, "actor_id": 1, "role": "AS_EITHER"}
    assert problems(Coverage.__table__, given) == []
    assert problems(Coverage.__table__, given | {"counterpart_id": 2}) == []
    (problem,) = problems(Coverage.__table__, given | {"counterpart_id": 1})
    assert (problem.path, problem.code) == (("counterpart",), "COUNTERPART_OF_ITSELF")


def test_a_field_left_out_has_its_default() -> None:
    assert "quoted" not in STATEMENT
    assert "language" not in STATEMENT
    assert told(Statement) == []


def test_what_only_the_database_needs_is_not_judged() -> None:
    good = {
        "slug": "kiel",
        "title": "T",
        "version": "1",
        "licence": "CC0",
        "citation": "C",
    }
    assert told(Dataset, **good, digest=7) == []
    assert told(ActorCode, scheme="COW", value="365", actor_id=object()) == []


def test_a_message_says_what_is_possible() -> None:
    (problem,) = problems(Support.__table__, {**SUPPORT, "phase": "PROMISED"})  # type: ignore[attr-defined]
    assert "'PROMISED' is not a SupportPhase" in problem.message
    assert "PREDICTED, PLEDGED, AGREED, ALLOCATED, DELIVERED" in problem.message
