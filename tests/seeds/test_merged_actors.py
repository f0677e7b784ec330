"""A data set is loaded after a user has merged some of its actors into others."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import Engine

from seeds.loader import load
from seeds.source import SeedError
from service.writing.operations import merge_actors
from service.writing.transaction import Transaction
from tests.names import names
from tests.seeds.small import SMALL, Records, Small, everything, rows


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


ACTORS = {name: {"name": name.title(), "kind": "STATE"} for name in ("iran", "eran", "russia")}


def support(**fields: Any) -> dict[str, Any]:
    return {"recipient": "russia", "kind": "TROOPS", "phase": "DELIVERED", **fields}


def of_both(**more: Any) -> Small:
    """A data set that states the same of two actors, which a user may then merge."""
    records: Records = {"Actor": deepcopy(ACTORS), "Source": {"report": {"title": "A report"}}}
    records |= {concept: {} for concept in ("Membership", "Statement", "Support", "Evidence")}
    for name in ("iran", "eran"):
        part = {"member": name, "organisation": "russia", "relation": "MEMBER"}
        records["Membership"][name] = {**part, "note": f"Of {name}"}
        records["Statement"][name] = {"text": "We do.", "speaker": name, "source": "report"}
        records["Support"][name] = support(supporter=name, **more)
        stated = {"support": name, "statement": name, "stance": "ASSERTS"}
        records["Evidence"][name] = stated
    return Small(records)


COUNTED = ("membership", "statement", "support", "evidence")


def counted(engine: Engine) -> list[int]:
    return [rows(engine, f"SELECT count(*) FROM {table}")[0][0] for table in COUNTED]


def test_records_that_the_merge_made_one_stay_one(engine: Engine) -> None:
    load(engine, of_both())
    merge(engine, "iran", "eran")
    assert counted(engine) == [1, 1, 1, 1]
    again = of_both()
    again.version = "1.1"
    load(engine, again)
    assert counted(engine) == [1, 1, 1, 1]
    # The record that differs now is another one, and its evidence is about that one.
    again.version = "1.2"
    again.records["Support"]["eran"]["kind"] = "DRONES"
    load(engine, again)
    assert rows(
        engine,
        "SELECT kind, statement_id FROM evidence e JOIN support s ON s.id = support_id ORDER BY 1",
    ) == [("DRONES", 1), ("TROOPS", 1)]


def test_records_of_actors_that_were_one_before_are_one(engine: Engine) -> None:
    load(engine, Small({"Actor": deepcopy(ACTORS)}, slug="states"))
    merge(engine, "iran", "eran")
    load(engine, of_both())
    assert counted(engine) == [1, 1, 1, 1]


def test_what_only_one_of_them_says_is_not_dropped(engine: Engine) -> None:
    load(engine, Small({"Actor": deepcopy(ACTORS)}, slug="states"))
    merge(engine, "iran", "eran")
    differing = of_both()
    differing.records["Statement"]["eran"]["credibility"] = "2"
    with pytest.raises(
        SeedError, match="statement eran: It is the same as iran, and they differ in `credibility`"
    ):
        load(engine, differing)
    assert counted(engine) == [0, 0, 0, 0]


ROLES: list[tuple[str, dict[str, Any], str]] = [
    ("Support", support(supporter="iran", recipient="eran"), "its own recipient"),
    ("Support", support(supporter="iran", against="eran"), "against its own supporter"),
    (
        "Support",
        support(attribution="SOME_OF", candidates=["iran", "eran"]),
        "there are at least 2 candidates",
    ),
    (
        "Support",
        support(attribution="SOME_OF", candidates=["iran", "russia"], recipient="eran"),
        "The recipient is one of the candidates",
    ),
    (
        "Membership",
        {"member": "iran", "organisation": "eran", "relation": "PART"},
        "its own organisation",
    ),
    (
        "Succession",
        {"predecessor": "iran", "successor": "eran", "kind": "RENAMED"},
        "its own predecessor",
    ),
]


@pytest.mark.parametrize(("concept", "fields", "message"), ROLES)
def test_two_roles_of_one_actor_are_refused_by_whatever_names(
    engine: Engine, concept: str, fields: dict[str, Any], message: str
) -> None:
    load(engine, Small({"Actor": deepcopy(ACTORS)}, slug="states"))
    merge(engine, "iran", "eran")
    before = everything(engine)
    with pytest.raises(SeedError, match=message):
        load(engine, Small({"Actor": deepcopy(ACTORS), concept: {"it": fields}}))
    assert everything(engine) == before


def test_an_actor_that_is_mentioned_by_both_names_is_mentioned_once(engine: Engine) -> None:
    load(engine, of_both())
    merge(engine, "iran", "eran")
    again = of_both()
    again.records["Statement"]["iran"]["mentions"] = ["iran", "eran", "russia"]
    again.records["Statement"]["eran"]["mentions"] = ["russia", "iran"]
    load(engine, again)
    assert rows(engine, "SELECT slug FROM mention JOIN actor a ON a.id = actor_id ORDER BY 1") == [
        ("iran",),
        ("russia",),
    ]
