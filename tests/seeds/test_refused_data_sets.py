"""A data set with a mistake is refused with the place, and nothing of it is loaded."""

import re
from typing import Any

import pytest
from sqlalchemy import Engine

from seeds import stage
from seeds.loader import load
from seeds.source import Entry, SeedError
from seeds.stage import BATCH_RECORDS
from tests.seeds.small import SMALL, Small, everything


def test_a_lost_record_is_noticed(engine: Engine, small: Small) -> None:
    small.expected = small.description().expected | {"supports": 3}  # type: ignore[operator]
    with pytest.raises(SeedError, match=r"expected.supports: There are 2, and there must be 3"):
        load(engine, small)


def test_an_unexpected_record_is_reported(engine: Engine, small: Small) -> None:
    small.expected = {}
    with pytest.raises(SeedError, match=r"expected.actors: There are 3, and there must be 0"):
        load(engine, small)


def test_a_description_is_judged_like_a_record(engine: Engine, small: Small) -> None:
    small.version = ""
    with pytest.raises(SeedError, match=r"small/dataset.yaml: version: The text is empty"):
        load(engine, small)


def test_what_the_database_refuses_is_reported_and_keeps_nothing(
    engine: Engine, small: Small
) -> None:
    before = everything(engine)
    small.records["Source"]["second"] = small.records["Source"]["report"]
    with pytest.raises(SeedError, match=r"refuses it: UNIQUE constraint failed: source.url"):
        load(engine, small)
    assert everything(engine) == before


def test_what_an_earlier_batch_or_load_has_is_not_taken_for_another_record(
    engine: Engine, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "BATCH_RECORDS", 1)
    report = small.records["Source"]["report"]
    small.records["Source"]["second"] = report
    with pytest.raises(SeedError, match="source second: It is the same as report"):
        load(engine, small)
    del small.records["Source"]["second"]
    load(engine, small)
    for size in (1, BATCH_RECORDS):
        monkeypatch.setattr(stage, "BATCH_RECORDS", size)
        small.records["Source"]["second"] = report
        with pytest.raises(SeedError, match="source second: It is the same as report"):
            load(engine, small)


@pytest.mark.parametrize("concept", ["Statement", "Support", "Evidence"])
def test_the_same_record_under_two_keys_is_an_error(
    engine: Engine, small: Small, concept: str
) -> None:
    before = everything(engine)
    ((key, record), *_) = small.records[concept].items()
    small.records[concept]["second"] = {**record, "note": "Again"}
    with pytest.raises(SeedError, match=f"second: It is the same as {key}"):
        load(engine, small)
    assert everything(engine) == before


def test_a_key_twice_is_an_error(engine: Engine, small: Small) -> None:
    entries = small.entries()
    small.entries = lambda: [*entries, entries[0]]  # type: ignore[method-assign]
    with pytest.raises(SeedError, match="actor iran: It is there twice"):
        load(engine, small)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("a\0b", "the character U+0000"),
        ("a\ud800b", "the character U+D800"),
        (" ", "is empty"),
        (True, "is not text"),
    ],
)
def test_a_key_that_not_every_database_keeps_is_an_error(
    engine: Engine, small: Small, key: Any, wrong: str
) -> None:
    small.records["Membership"] = {key: SMALL["Membership"]["analyst russia"]}
    with pytest.raises(SeedError, match=f"Its key can't be kept.*{re.escape(wrong)}"):
        load(engine, small)


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
@pytest.mark.parametrize(
    ("concept", "field"),
    [("Source", "title"), ("Source", "url"), ("Source", "note"), ("Source", "publishedOn")],
)
def test_a_text_that_not_every_database_keeps_is_an_error(
    engine: Engine, small: Small, concept: str, field: str, text: str
) -> None:
    small.records[concept]["report"][field] = text
    with pytest.raises(SeedError, match=f"source report: {field}: "):
        load(engine, small)


def test_a_record_of_a_concept_that_seeds_do_not_have_is_an_error(
    engine: Engine, small: Small
) -> None:
    small.entries = lambda: [Entry("Revision", "1", {}, "f.yaml")]  # type: ignore[method-assign]
    with pytest.raises(SeedError, match=r"f.yaml: revision 1: A data set has no records"):
        load(engine, small)
