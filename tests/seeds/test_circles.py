"""References of a data set's records that form a circle, and allowed ones."""

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import Engine

from seeds.loader import load
from seeds.source import Description, SeedError
from tests.seeds.small import SMALL, Small, everything, rows


def correcting(corrects: dict[str, str | None]) -> Small:
    """Returns statements by key, each with the one that it corrects."""
    made = Small(deepcopy(SMALL))
    for key, corrected in corrects.items():
        said: dict[str, Any] = {"text": key, "speaker": "analyst", "source": "report"}
        made.records["Statement"][key] = said | ({"corrects": corrected} if corrected else {})
    return made


def corrected(engine: Engine) -> dict[str, str]:
    query = "SELECT a.text, b.text FROM statement a JOIN statement b ON b.id = a.corrects_id"
    return dict(rows(engine, query))  # type: ignore[arg-type]


def test_corrections_are_kept_in_whatever_order_they_stand(engine: Engine) -> None:
    for chain in (
        {"a": "b", "b": "c", "c": None},
        {"a": None, "b": "a", "c": "b"},
        {"c": "a", "b": None, "a": "b"},
    ):
        load(engine, correcting(chain))
        assert corrected(engine) == {key: other for key, other in chain.items() if other}
    load(engine, correcting({"c": None}))
    assert corrected(engine) == {}


CIRCLES: list[tuple[dict[str, str | None], list[str]]] = [
    ({"a": "a"}, ["statement a: corrects: The statement corrects itself."]),
    (
        {"a": "b", "b": "a", "c": "a"},
        [
            "statement a: corrects: `corrects` of b leads back here; change that first.",
            "statement b: corrects: `corrects` of a leads back here; change that first.",
            "statement c: corrects: It leads through more than 100 records; shorten that chain "
            "first.",
        ],
    ),
    (
        {f"s{n}": f"s{n + 1}" for n in range(101)} | {"s101": None},
        [
            "statement s0: corrects: It leads through more than 100 records; shorten that chain "
            "first.",
        ],
    ),
]


@pytest.mark.parametrize(("corrects", "messages"), CIRCLES)
def test_statements_that_would_correct_themselves_are_refused(
    engine: Engine, corrects: dict[str, str | None], messages: list[str]
) -> None:
    before = everything(engine)
    with pytest.raises(SeedError) as caught:
        load(engine, correcting(corrects))
    told = [line.partition(".yaml: ")[2] for line in str(caught.value).splitlines()]
    assert told == messages
    assert everything(engine) == before


def test_support_in_return_for_itself_is_refused(engine: Engine) -> None:
    made = Small(deepcopy(SMALL))
    made.records["Support"]["drones"]["inReturnFor"] = "drones"
    with pytest.raises(SeedError, match="support drones: inReturnFor: The support repays itself"):
        load(engine, made)
    # Two supports may be given in return for each other: barter.
    made.records["Support"]["drones"]["inReturnFor"] = "aircraft"
    load(engine, made)
    assert rows(engine, "SELECT count(*) FROM support WHERE in_return_for_id IS NOT NULL") == [(2,)]


@dataclass
class Part(Small):
    """A data set that may be a part of another."""

    part_of: str | None = None

    def description(self) -> Description:
        described = super().description()
        return replace(described, more={"partOf": self.part_of} if self.part_of else {})


def test_a_data_set_is_no_part_of_itself(engine: Engine) -> None:
    with pytest.raises(SeedError, match=r"a/dataset.yaml: partOf: The data set is a part of itse"):
        load(engine, Part({}, slug="a", part_of="a"))
    for slug, part_of in (("a", None), ("b", "a"), ("c", "b")):
        load(engine, Part({}, slug=slug, part_of=part_of))
    before = everything(engine)
    with pytest.raises(SeedError, match="partOf: `partOf` of b leads back here"):
        load(engine, Part({}, slug="a", part_of="c"))
    assert everything(engine) == before
