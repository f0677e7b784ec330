"""A world in which few actors give much to two others: amounts to add and to divide."""

from decimal import Decimal
from random import Random

from tests.oracle.data_sets.values import Date
from tests.oracle.data_sets.world import Dataset, Quantity, Revision, Support, World, Worth
from tests.oracle.data_sets.worlds import invented

AMOUNTS = (None, "0", "-1", "2.5", "7", "9007199254740993", "0.000001")
STARTS = ("2022-05", "2022", "2023", "202X")


def crowded() -> World:
    """Returns a world of one revision. Pieces have every form of amount; all euros are known."""
    actors, random = invented(3).copied().actors, Random("crowded")
    about = {"version": "1", "licence": "", "citation": ""}
    covers = {"covers_from": Date("2020"), "covers_until": Date("2026")}
    dataset = Dataset(row=1, slug="data-1", title="", **about, **covers)
    supports = []
    for row in range(1, 91):
        amount = random.choice(AMOUNTS)
        worth = Decimal(random.choice(("0.1", "3", "40000000000")))
        support = Support(
            row=row,
            supporter=random.choice((None, *actors[2:])),
            recipient=actors[row % 2],
            kind=random.choice(("DRONES", "TROOPS")),
            phase=random.choice(("AGREED", "PLEDGED")),
            started_on=Date(random.choice(STARTS[: random.choice((3, 4))])),
            ended_on=random.choice((None, Date("2024"))),
            dataset=random.choice((None, dataset, dataset, dataset)),
            quantity=Quantity(value=amount and Decimal(amount), unit="PIECES"),
            worth=Worth(value=worth, unit="CURRENCY", currency="EUR"),
        )
        supports.append(support)
    first = Revision(number=1, time="2025-02-01T12:00:00Z", author="nobody")
    return World(
        revision=first, before=invented(0), actors=actors, datasets=[dataset], supports=supports
    )
