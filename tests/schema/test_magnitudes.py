"""Amounts of any size sort exactly by the text that the database computes."""

from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import Engine, text

from schema import migrations
from schema.values.decimals import DIGITS, PLACES, canonical_decimal, magnitude

NAMED = ["9007199254740992", "9007199254740993", "-9007199254740993", "0", "0.5", "-0.5", "10", "9"]
NAMED += [
    "-10",
    "-9",
    "1" * DIGITS,
    "-" + "1" * DIGITS,
    "0." + "0" * (PLACES - 1) + "1",
    "12",
    "12.5",
]


def amounts(random: Random, count: int) -> list[str]:
    """Returns distinct amounts of all sizes, in their canonical spelling."""
    found = dict.fromkeys(NAMED)
    while len(found) < count:
        digits, places = random.randint(1, DIGITS), random.randint(0, PLACES)
        number = Decimal(random.randint(0, 10**digits - 1)) + Decimal(random.random())
        sign = random.choice(("", "-"))
        found[canonical_decimal(f"{sign}{number:.{places}f}")] = None
    return list(found)


def test_texts_sort_as_amounts_do() -> None:
    in_order = sorted(amounts(Random(1), 2_000), key=Decimal)
    for lower, higher in pairwise(in_order):
        assert magnitude(lower) < magnitude(higher), (lower, higher)


@pytest.mark.parametrize("sign", ["", "-"])
def test_an_unknown_amount_sorts_below_every_other(sign: str) -> None:
    assert magnitude(f"{sign}{'9' * DIGITS}") > ""


def test_the_database_computes_the_same(engine: Engine) -> None:
    migrations.upgrade(engine)
    given = amounts(Random(2), 200)
    support = (
        "INSERT INTO support (kind, phase, attribution, quantity_value)"
        " VALUES ('TRADE', 'AGREED', 'UNKNOWN', :amount)"
    )
    with engine.begin() as connection:
        connection.execute(text(support), [{"amount": amount} for amount in given])
        query = "SELECT quantity_value, quantity_value_magnitude, worth_low_magnitude FROM support"
        found = connection.execute(text(f"{query} ORDER BY quantity_value_magnitude")).all()
    assert [row[0] for row in found] == sorted(given, key=Decimal)
    assert [tuple(row) for row in found] == [(row[0], magnitude(row[0]), "") for row in found]
