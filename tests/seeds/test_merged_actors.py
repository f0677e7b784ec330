"""A data set is loaded after somebody has merged some of its actors into others."""

from copy import deepcopy

import pytest
from sqlalchemy import Engine

from seeds.loader import load
from service.writing.operations import merge_actors
from service.writing.transaction import Transaction
from tests.names import names
from tests.seeds.test_loader import SMALL, Small, rows


@pytest.fixture
def small() -> Small:
    made = Small(deepcopy(SMALL))
    made.records["Actor"]["ir-iran"] = {"name": "The Islamic Republic", "kind": "ORGANISATION"}
    made.records["Support"]["drones"]["supporter"] = "ir-iran"
    made.records["Statement"]["on-drones"]["mentions"].append("ir-iran")
    return made


def merge(engine: Engine, keep: str, other: str) -> None:
    with engine.begin() as connection:
        transaction = Transaction(connection, "somebody")
        given = {"keep": {"slug": keep}, "merge": [{"slug": other}]}
        merge_actors(transaction, {**given, "allowDifferentKinds": True})


def supporters(engine: Engine) -> list[tuple[str]]:
    return rows(
        engine, "SELECT slug FROM support s JOIN actor a ON a.id = supporter_id ORDER BY s.id"
    )  # type: ignore[return-value]


def test_a_former_actor_is_not_created_again(engine: Engine, small: Small) -> None:
    load(engine, small)
    merge(engine, "iran", "ir-iran")
    small.version = "1.1"
    assert load(engine, small).message == "Loaded small 1.1: 1 data set updated."
    assert rows(engine, "SELECT slug FROM actor ORDER BY 1") == [
        ("analyst",),
        ("iran",),
        ("russia",),
    ]
    assert supporters(engine) == [("iran",), ("russia",)]


def test_what_a_former_actor_was_called_stays_with_the_one_it_became(
    engine: Engine, small: Small
) -> None:
    small.records["Actor"]["ir-iran"] |= {
        "aliases": names("Persia", "IR Iran"),
        "codes": [{"scheme": "GLEDITSCH_WARD", "value": "630"}],
    }
    load(engine, small)
    merge(engine, "iran", "ir-iran")
    small.records["Actor"]["iran"]["name"] = "Iran, as of now"
    assert load(engine, small).message == "Loaded small 1.0: 1 actor updated."
    assert rows(engine, "SELECT name FROM actor_alias ORDER BY 1") == [
        ("IR Iran",),
        ("Persia",),
        ("The Islamic Republic",),
    ]
    assert rows(engine, "SELECT scheme FROM actor_code ORDER BY 1") == [
        ("COW",),
        ("GLEDITSCH_WARD",),
    ]


def test_loading_it_once_more_changes_nothing(engine: Engine, small: Small) -> None:
    load(engine, small)
    merge(engine, "iran", "ir-iran")
    small.version = "1.1"
    load(engine, small)
    small.records["Actor"]["russia"]["aliases"] = []
    assert load(engine, small).revision is None


def test_an_actor_that_became_part_of_somebodys_own_keeps_that_slug(
    engine: Engine, small: Small
) -> None:
    load(engine, small)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO actor (slug, name, kind) VALUES ('persia', 'Persia', 'STATE')"
        )
    merge(engine, "persia", "ir-iran")
    small.records["Actor"]["ir-iran"]["name"] = "As the data set says"
    load(engine, small)
    assert rows(engine, "SELECT slug, name FROM actor WHERE name LIKE 'As%'") == [
        ("persia", "As the data set says")
    ]
    assert supporters(engine) == [("persia",), ("russia",)]


def test_another_data_set_that_states_a_former_actor_means_the_one_it_became(
    engine: Engine, small: Small
) -> None:
    load(engine, small)
    merge(engine, "iran", "ir-iran")
    actors = {
        "ir-iran": {"name": "Iran", "kind": "STATE"},
        "china": {"name": "China", "kind": "STATE"},
    }
    trade = {"supporter": "china", "recipient": "ir-iran", "kind": "TRADE", "phase": "AGREED"}
    load(engine, Small({"Actor": actors, "Support": {"trade": trade}}, slug="other"))
    assert rows(
        engine, "SELECT slug FROM support s JOIN actor a ON a.id = recipient_id ORDER BY s.id"
    ) == [("russia",), ("iran",), ("iran",)]


def test_a_former_actor_need_not_be_stated(engine: Engine, small: Small) -> None:
    load(engine, small)
    merge(engine, "iran", "ir-iran")
    trade = {"supporter": "russia", "recipient": "ir-iran", "kind": "TRADE", "phase": "AGREED"}
    load(engine, Small({"Support": {"trade": trade}}, slug="other"))
    assert rows(
        engine, "SELECT slug FROM support s JOIN actor a ON a.id = recipient_id WHERE s.id = 3"
    ) == [("iran",)]
