"""Several data sets state one actor, which keeps its facts and gets names and codes of each."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import Engine

from schema.concepts import CONCEPTS
from seeds.loader import load
from seeds.source import SeedError
from service.writing.operations import delete, find, merge_actors
from service.writing.transaction import Transaction
from tests.names import names
from tests.seeds.small import SMALL, Small, rows

TERRITORIES = [
    {"scheme": "COW", "value": "630"},
    {"scheme": "GLEDITSCH_WARD", "value": "630", "startedOn": "1816"},
]


@pytest.fixture
def small() -> Small:
    return Small(deepcopy(SMALL))


def states(slug: str = "states", **iran: Any) -> Small:
    """A data set that has only the actors Iran and Oman."""
    stated = {"name": "Iran", "kind": "STATE", "aliases": names("Persia", "Eran"), **iran}
    stated.setdefault("codes", deepcopy(TERRITORIES))
    oman = {"name": "Oman", "kind": "STATE"}
    return Small({"Actor": {"iran": stated, "oman": oman}}, slug=slug)


def called(engine: Engine, slug: str = "iran") -> list[Any]:
    query = "SELECT l.name FROM actor_alias l JOIN actor a ON a.id = actor_id WHERE slug = '{}'"
    return sorted(name for (name,) in rows(engine, query.format(slug)))


def coded(engine: Engine) -> list[tuple[Any, ...]]:
    return rows(
        engine, "SELECT scheme, value, started_on FROM actor_code ORDER BY scheme, value, 3"
    )


def remove(engine: Engine, slug: str) -> None:
    with engine.begin() as connection:
        transaction = Transaction(connection, "somebody")
        key = find(transaction, CONCEPTS["Dataset"], {"slug": slug})
        delete(transaction, CONCEPTS["Dataset"], key, None)


BOTH = (
    [("COW", "630", None), ("GLEDITSCH_WARD", "630", "1816")],
    ["Eran", "Persia"],
)


def test_the_order_of_two_data_sets_makes_no_difference(engine: Engine, small: Small) -> None:
    load(engine, small)
    load(engine, states())
    assert (coded(engine), called(engine)) == BOTH
    assert rows(engine, "SELECT slug FROM actor WHERE name = 'Iran'") == [("iran",)]


def test_nor_does_the_other_order(engine: Engine, small: Small) -> None:
    load(engine, states())
    load(engine, small)
    assert (coded(engine), called(engine)) == BOTH
    assert rows(engine, "SELECT slug FROM actor WHERE name = 'Iran'") == [("iran",)]


def test_loading_either_again_changes_nothing(engine: Engine, small: Small) -> None:
    load(engine, small)
    load(engine, states())
    for again in (small, states()):
        # Another digest with the same content.
        again.records["Actor"] = dict(reversed(again.records["Actor"].items()))
        assert load(engine, again).revision is None
    assert (coded(engine), called(engine)) == BOTH


def test_what_only_one_of_them_has_goes_with_it(engine: Engine, small: Small) -> None:
    load(engine, small)
    before = coded(engine), called(engine)
    load(engine, states())
    remove(engine, "states")
    assert (coded(engine), called(engine)) == before
    assert rows(engine, "SELECT slug FROM actor WHERE slug = 'oman'") == []
    assert rows(engine, "SELECT 1 FROM seed_share UNION SELECT 1 FROM seed_item") == []


def test_a_newer_version_takes_back_what_it_had_added(engine: Engine, small: Small) -> None:
    load(engine, small)
    load(engine, states())
    newer = states(aliases=names("Iranzamin"), codes=[])
    newer.version = "1.1"
    assert load(engine, newer).message == "Loaded states 1.1: 1 actor, 1 data set updated."
    assert called(engine) == ["Iranzamin", "Persia"]
    assert coded(engine) == [("COW", "630", None)]


def test_what_the_owner_drops_stays_as_long_as_another_states_it(
    engine: Engine, small: Small
) -> None:
    load(engine, small)
    load(engine, states())
    small.records["Actor"]["iran"]["aliases"] = []
    load(engine, small)
    assert called(engine) == ["Eran", "Persia"]
    remove(engine, "states")
    assert called(engine) == []


def test_what_the_owner_takes_up_stays_when_the_other_goes(engine: Engine, small: Small) -> None:
    load(engine, small)
    load(engine, states())
    small.records["Actor"]["iran"]["aliases"] = names("Persia", "Eran")
    load(engine, small)
    assert called(engine) == ["Eran", "Persia"]
    remove(engine, "states")
    assert called(engine) == ["Eran", "Persia"]


def test_what_two_others_add_stays_until_both_are_gone(engine: Engine, small: Small) -> None:
    load(engine, small)
    load(engine, states())
    load(engine, states("more"))
    remove(engine, "states")
    assert (coded(engine), called(engine)) == BOTH
    remove(engine, "more")
    assert called(engine) == ["Persia"]


def test_a_record_passes_to_the_data_set_that_states_it_too(engine: Engine, small: Small) -> None:
    load(engine, states(name="Islamic Republic of Iran"))
    load(engine, small)
    remove(engine, "states")
    assert rows(engine, "SELECT slug FROM actor ORDER BY 1") == [
        ("analyst",),
        ("iran",),
        ("russia",),
    ]
    load(engine, small)
    assert rows(engine, "SELECT name FROM actor WHERE slug = 'iran'") == [("Iran",)]
    assert (coded(engine), called(engine)) == ([("COW", "630", None)], ["Persia"])


def test_a_record_that_a_newer_version_drops_passes_on_too(engine: Engine, small: Small) -> None:
    load(engine, states())
    load(engine, small)
    newer = Small({"Actor": {"oman": {"name": "Oman", "kind": "STATE"}}}, slug="states")
    assert "1 actor kept without the data set" in (load(engine, newer).message or "")
    owner = "SELECT d.slug FROM seed_key k JOIN dataset d ON d.id = dataset_id WHERE key = 'iran'"
    assert rows(engine, owner) == [("small",)]


def test_whatever_differs_is_reported_and_the_facts_stay(engine: Engine, small: Small) -> None:
    small.records["Actor"]["iran"]["aliases"] = [
        {"name": "Persia", "kind": "FORMER", "endedOn": "1935"}
    ]
    load(engine, small)
    stated = states(
        name="The Islamic Republic",
        description="A state.",
        aliases=[{"name": "Persia", "kind": "FORMER", "endedOn": "1934"}],
        codes=[{"scheme": "COW", "value": "630", "startedOn": "1855"}],
    )
    found = [line.split("actor iran: ")[1] for line in load(engine, stated).differences]
    assert sorted(found) == [
        "aliases: Persia: ended_on: The record stays with '1935'; the data set has '1934'.",
        "codes: COW 630: started_on: The record stays with nothing; the data set has '1855'.",
        "description: The record stays with nothing; the data set has 'A state.'.",
        "name: The record stays with 'Iran'; the data set has 'The Islamic Republic'.",
    ]
    assert coded(engine) == [("COW", "630", None)]
    # The actor is found by the other name as well.
    assert called(engine) == ["Persia", "The Islamic Republic"]
    assert rows(engine, "SELECT ended_on FROM actor_alias WHERE name = 'Persia'") == [("1935",)]


def test_a_code_of_other_years_is_another_item(engine: Engine, small: Small) -> None:
    first = {"scheme": "COW", "value": "630", "startedOn": "1855", "endedOn": "1882"}
    second = {"scheme": "COW", "value": "630", "startedOn": "1937"}
    small.records["Actor"]["iran"]["codes"] = [first]
    load(engine, small)
    assert load(engine, states(codes=[first, second])).differences == ()
    assert coded(engine) == [("COW", "630", "1855"), ("COW", "630", "1937")]


def test_what_was_added_moves_with_a_merge(engine: Engine, small: Small) -> None:
    load(engine, small)
    load(engine, states())
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO actor (slug, name, kind) VALUES ('persia', 'Persian Empire', 'STATE')"
        )
        transaction = Transaction(connection, "somebody")
        merge_actors(transaction, {"keep": {"slug": "persia"}, "merge": [{"slug": "iran"}]})
    remove(engine, "states")
    assert called(engine, "persia") == ["Iran", "Persia"]


def test_a_record_that_a_person_made_is_shared_as_well(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO actor (slug, name, kind) VALUES ('iran', 'Iran', 'STATE')"
        )
    load(engine, states())
    assert called(engine) == ["Eran", "Persia"]
    remove(engine, "states")
    assert called(engine) == []
    assert rows(engine, "SELECT slug FROM actor") == [("iran",)]


def alike(slug: str, **statement: Any) -> Small:
    """A data set with records to which none refers.

    It has a membership, a succession, a source without a URL, and a statement in it.
    """
    said = {"source": "paper", "speaker": "iran", "text": "We help.", "saidOn": "2024"}
    return Small(
        {
            "Actor": {
                "iran": {"name": "Iran", "kind": "STATE"},
                "persia": {"name": "Persia", "kind": "STATE"},
                "league": {"name": "League", "kind": "ORGANISATION"},
            },
            "Membership": {
                f"{slug}-m": {"member": "iran", "organisation": "league", "relation": "PART"}
            },
            "Succession": {
                f"{slug}-s": {"predecessor": "persia", "successor": "iran", "kind": "RENAMED"}
            },
            "Source": {"paper": {"title": "A paper", "publishedOn": "2024"}},
            "Statement": {f"{slug}-said": {**said, **statement}},
        },
        slug=slug,
    )


def numbers(engine: Engine) -> dict[str, int]:
    tables = ("membership", "succession", "source", "statement")
    return {name: rows(engine, f"SELECT count(*) FROM {name}")[0][0] for name in tables}


ONE_OF_EACH = {"membership": 1, "succession": 1, "source": 1, "statement": 1}


def test_records_without_a_name_are_one_if_all_identifying_values_are_equal(
    engine: Engine,
) -> None:
    load(engine, alike("first"))
    assert load(engine, alike("second")).differences == ()
    assert numbers(engine) == ONE_OF_EACH
    remove(engine, "first")
    assert numbers(engine) == ONE_OF_EACH
    remove(engine, "second")
    assert set(numbers(engine).values()) == {0}


def test_a_record_that_differs_in_an_identifying_value_is_another(engine: Engine) -> None:
    load(engine, alike("first"))
    load(engine, alike("second", saidOn="2025"))
    assert numbers(engine) == {**ONE_OF_EACH, "statement": 2}


def test_what_else_a_data_set_says_of_a_statement_is_reported(engine: Engine) -> None:
    load(engine, alike("first"))
    found = load(engine, alike("second", onBehalfOf="league", mentions=["persia"])).differences
    ids = {slug: f"actor_{id_}" for slug, id_ in rows(engine, "SELECT slug, id FROM actor")}
    assert [line.partition("second-said: ")[2] for line in found] == [
        f"onBehalfOf: The record stays with nothing; the data set has '{ids['league']}'.",
        f"mentions: The record stays with nothing; the data set has '{ids['persia']}'.",
    ]


def test_a_record_that_a_data_set_states_twice_is_refused_with_any_owner(engine: Engine) -> None:
    load(engine, alike("first"))
    twice = alike("second")
    twice.records["Statement"]["again"] = deepcopy(twice.records["Statement"]["second-said"])
    with pytest.raises(SeedError, match="It is the same as"):
        load(engine, twice)
    assert numbers(engine) == ONE_OF_EACH
