"""A data set is loaded completely or not at all, and only changes are written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from seeds import stage
from seeds.loader import load, load_within
from seeds.source import SeedError
from seeds.stage import BATCH_RECORDS
from tests.counted_supports import check_counts
from tests.names import names
from tests.searched_texts import check_entries, entries
from tests.seeds.small import SMALL, TABLES, Records, Small, everything, rows


def test_search_has_the_texts_of_each_load(engine: Engine, small: Small) -> None:
    load(engine, small)
    small.version = "1.1"
    iran = small.records["Actor"]["iran"]
    small.records["Actor"]["iran"] = iran | {"name": "Persia", "aliases": names("Iran", "Eran")}
    small.records["Membership"].clear()
    small.records["Actor"]["oman"] = {"name": "Oman", "kind": "STATE"}
    load(engine, small)
    small.version = "1.2"
    del small.records["Actor"]["oman"]
    load(engine, small)
    found = entries(lambda query: rows(engine, query))
    assert ("Oman", 2, 3) in [each[-3:] for each in found]
    check_entries(lambda query: rows(engine, query), range(4))
    check_counts(lambda query: rows(engine, query))


def test_the_first_load_creates_everything_in_one_revision(engine: Engine, small: Small) -> None:
    loaded = load(engine, small, author="curator")
    assert loaded.revision == 1
    created = {name: counts.created for name, counts in loaded.counts.items()}
    assert created == {
        "actors": 3,
        "memberships": 1,
        "conflicts": 0,
        "successions": 0,
        "coverage": 0,
        "sources": 1,
        "statements": 1,
        "supports": 2,
        "evidence": 1,
        "datasets": 1,
    }
    assert rows(engine, "SELECT number, author, message FROM revision WHERE number > 0") == [
        (
            1,
            "curator",
            "Loaded small 1.0: 3 actors, 1 membership, 1 source, 1 statement, 2 supports, "
            "1 evidence, 1 data set created.",
        )
    ]


def test_what_was_stated_is_in_the_tables(engine: Engine, small: Small) -> None:
    load(engine, small)
    assert rows(
        engine, "SELECT a.slug, n.name FROM actor_alias n JOIN actor a ON a.id = actor_id"
    ) == [("iran", "Persia")]
    assert rows(engine, "SELECT text, quoted, language, credibility FROM statement") == [
        ("Iran sends drones.", 0, "en", 2)
    ]
    assert rows(engine, "SELECT slug FROM mention JOIN actor ON id = actor_id ORDER BY 1") == [
        ("iran",),
        ("russia",),
    ]
    assert rows(
        engine,
        "SELECT s.kind, r.kind, s.quantity_value FROM support s "
        "LEFT JOIN support r ON r.id = s.in_return_for_id ORDER BY 1",
    ) == [("AIRCRAFT", "DRONES", None), ("DRONES", None, "46")]


def test_loading_the_same_again_is_one_query_and_changes_nothing(
    engine: Engine, small: Small
) -> None:
    load(engine, small)
    before, queries = everything(engine), []
    event.listen(engine, "before_cursor_execute", lambda *args: queries.append(args[2]))
    again = load(engine, small)
    assert len(queries) == 1
    assert (again.revision, again.counts) == (None, {})
    assert everything(engine) == before


def test_a_new_digest_without_a_change_makes_no_revision(engine: Engine, small: Small) -> None:
    load(engine, small)
    small.records["Actor"]["russia"]["aliases"] = []
    again = load(engine, small)
    assert again.revision is None
    assert rows(engine, "SELECT max(number) FROM revision") == [(1,)]
    assert rows(engine, "SELECT digest FROM dataset") == [(small.digest(),)]


def ids(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("actor", "membership", "source", "statement", "support", "evidence", "dataset")
    return {table: rows(engine, f"SELECT id FROM {table} ORDER BY 1") for table in tables}


CHANGES: list[tuple[str, Callable[[Records], Any], str]] = [
    ("a text", lambda r: r["Statement"]["on-drones"].update(text="New."), "1 statement updated"),
    ("a name", lambda r: r["Actor"]["iran"].update(name="IR Iran"), "1 actor updated"),
    (
        "a quantity",
        lambda r: r["Support"]["drones"]["quantity"].update(value="47"),
        "1 support updated",
    ),
    (
        "a reference",
        lambda r: r["Support"]["drones"].update(against="analyst"),
        "1 support updated",
    ),
    (
        "a reference among supports",
        lambda r: r["Support"]["aircraft"].pop("inReturnFor"),
        "1 support updated",
    ),
    (
        "an alias",
        lambda r: r["Actor"]["iran"].update(aliases=names("Iran proper")),
        "1 actor updated",
    ),
    (
        "a code that moves",
        lambda r: r["Actor"]["russia"].update(codes=r["Actor"]["iran"].pop("codes")),
        "2 actors updated",
    ),
    (
        "a mention",
        lambda r: r["Statement"]["on-drones"].update(mentions=["iran"]),
        "1 statement updated",
    ),
    (
        "a grade given up",
        lambda r: r["Statement"]["on-drones"].pop("credibility"),
        "1 statement updated",
    ),
]


@pytest.mark.parametrize(("change", "message"), [pytest.param(c, m, id=i) for i, c, m in CHANGES])
def test_a_change_is_made_in_place_and_keeps_the_ids(
    engine: Engine, small: Small, change: Callable[[Records], Any], message: str
) -> None:
    load(engine, small)
    before = ids(engine)
    change(small.records)
    again = load(engine, small)
    assert again.message == f"Loaded small 1.0: {message}."
    assert again.revision == 2
    assert ids(engine) == before
    fresh = everything(engine)
    assert load(engine, Small(small.records)).revision is None
    assert everything(engine) == fresh


def test_a_new_version_updates_the_data_set_itself(engine: Engine, small: Small) -> None:
    load(engine, small)
    small.version = "1.1"
    assert load(engine, small).message == "Loaded small 1.1: 1 data set updated."
    assert rows(engine, "SELECT id, version FROM dataset") == [(1, "1.1")]


def test_what_the_data_set_no_longer_has_is_removed(engine: Engine, small: Small) -> None:
    load(engine, small)
    kept = rows(engine, "SELECT id FROM actor WHERE slug <> 'analyst' ORDER BY 1")
    small.records = {"Actor": {k: v for k, v in SMALL["Actor"].items() if k != "analyst"}}
    again = load(engine, small)
    assert again.message == (
        "Loaded small 1.0: 1 actor, 1 membership, 1 source, 1 statement, 2 supports, 1 evidence "
        "removed."
    )
    assert rows(engine, "SELECT id FROM actor ORDER BY 1") == kept
    assert not rows(engine, "SELECT * FROM support")
    assert not rows(engine, "SELECT * FROM mention")
    assert rows(engine, "SELECT key FROM seed_key ORDER BY 1") == [("iran",), ("russia",)]


def test_a_support_can_take_the_place_of_one_that_goes(engine: Engine, small: Small) -> None:
    load(engine, small)
    supports = small.records["Support"]
    supports["more-drones"] = supports.pop("drones")
    supports["aircraft"]["inReturnFor"] = "more-drones"
    small.records["Evidence"]["first"]["support"] = "more-drones"
    assert load(engine, small).message == (
        "Loaded small 1.0: 1 support created; 1 support, 1 evidence updated; 1 support removed."
    )


def test_a_source_is_the_same_by_its_address_if_its_key_changes(
    engine: Engine, small: Small
) -> None:
    load(engine, small)
    small.records["Source"]["renamed"] = small.records["Source"].pop("report")
    small.records["Statement"]["on-drones"]["source"] = "renamed"
    before = ids(engine)
    assert load(engine, small).revision is None
    assert ids(engine) == before
    assert rows(engine, "SELECT key FROM seed_key WHERE concept = 'Source'") == [("renamed",)]


def other(**actor: Any) -> Small:
    iran = {"name": "Iran (as others call it)", "kind": "STATE", **actor}
    china = {"name": "China", "kind": "STATE"}
    trade = {"supporter": "china", "recipient": "iran", "kind": "TRADE", "phase": "AGREED"}
    return Small(
        {"Actor": {"iran": iran, "china": china}, "Support": {"trade": trade}}, slug="other"
    )


def test_an_actor_of_another_data_set_keeps_its_facts(engine: Engine, small: Small) -> None:
    load(engine, small)
    loaded = load(engine, other(codes=[{"scheme": "COW", "value": "630"}]))
    assert loaded.counts["actors"].created == 1
    assert loaded.counts["actors"].updated == 1
    assert rows(engine, "SELECT name FROM actor WHERE slug = 'iran'") == [("Iran",)]


def test_an_actor_that_is_there_need_not_be_stated(engine: Engine, small: Small) -> None:
    load(engine, small)
    without = other()
    del without.records["Actor"]["iran"]
    assert load(engine, without).counts["supports"].created == 1


@pytest.mark.parametrize(
    ("actor", "path"),
    [
        ({"kind": "ORGANISATION"}, "kind"),
        ({"codes": [{"scheme": "COW", "value": "631"}]}, "codes.0"),
    ],
)
def test_an_actor_that_contradicts_the_one_there_is_an_error(
    engine: Engine, small: Small, actor: dict[str, Any], path: str
) -> None:
    load(engine, small)
    with pytest.raises(SeedError, match="there already") as caught:
        load(engine, other(**actor))
    assert (caught.value.file, caught.value.record) == ("other/actors.yaml", "actor iran")
    assert caught.value.path == path


def test_a_record_that_others_refer_to_stays_without_the_data_set(
    engine: Engine, small: Small
) -> None:
    load(engine, small)
    without = other()
    del without.records["Actor"]["iran"]
    load(engine, without)
    small.records = {"Actor": {"russia": SMALL["Actor"]["russia"]}}
    loaded = load(engine, small)
    assert "1 actor kept without the data set" in (loaded.message or "")
    assert rows(engine, "SELECT slug FROM actor WHERE slug = 'iran'") == [("iran",)]
    owned = "SELECT key FROM seed_key WHERE concept = 'Actor' AND dataset_id = 1"
    assert rows(engine, owned) == [("russia",)]


def test_an_earlier_publisher_goes_with_the_release_that_named_it(
    engine: Engine, small: Small
) -> None:
    for version in ("first", "second"):
        actors = small.records["Actor"]
        small.records["Actor"] = actors | {version: {"name": version, "kind": "ORGANISATION"}}
        small.version = small.publisher = version
        loaded = load(engine, small)
        small.records["Actor"] = actors
    assert loaded.message == (
        "Loaded small second: 1 actor created; 1 data set updated; 1 actor removed."
    )
    assert rows(engine, "SELECT slug FROM actor WHERE kind = 'ORGANISATION'") == [("second",)]


def test_two_loaders_at_once_load_it_once(engine: Engine, small: Small) -> None:
    with ThreadPoolExecutor(4) as threads:
        loads = list(threads.map(lambda _: load(engine, small), range(4)))
    assert sorted(load.revision or 0 for load in loads) == [0, 0, 0, 1]
    assert rows(engine, "SELECT count(*) FROM support") == [(2,)]


def test_progress_ends_at_the_number_of_each(engine: Engine, small: Small) -> None:
    told: dict[str, tuple[int, int]] = {}
    load(engine, small, progress=lambda name, done, total: told.update({name: (done, total)}))
    assert told == {
        "read": (9, 9),
        "actors": (3, 3),
        "memberships": (1, 1),
        "conflicts": (0, 0),
        "successions": (0, 0),
        "coverage": (0, 0),
        "sources": (1, 1),
        "statements": (1, 1),
        "supports": (2, 2),
        "evidence": (1, 1),
    }


def test_many_records_are_compared_without_asking_for_each(engine: Engine) -> None:
    actors = {f"actor-{n}": {"name": f"Actor {n}", "kind": "PERSON"} for n in range(3000)}
    load(engine, Small({"Actor": actors}))
    queries: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: queries.append(args[2]))
    changed = {key: {**actor, "name": "New"} for key, actor in actors.items()}
    assert load(engine, Small({"Actor": changed})).counts["actors"].updated == 3000
    # Records are looked up in batches of hundreds.
    assert len(queries) < 100


def versions() -> list[Records]:
    """Returns releases of one data set that differ in every possible way."""
    first = deepcopy(SMALL)
    # Refers to a later record.
    first["Support"] = dict(reversed(first["Support"].items()))
    second = deepcopy(first)
    second["Support"]["aircraft"]["phase"] = "DELIVERED"
    second["Support"]["drones"]["inReturnFor"] = "shells"
    second["Support"]["shells"] = first["Support"]["drones"] | {"kind": "AMMUNITION"}
    second["Source"] = {"other key": first["Source"]["report"] | {"title": "Renamed"}}
    second["Statement"]["on-drones"] |= {"source": "other key", "mentions": ["russia"]}
    third = deepcopy(second)
    del third["Support"]["shells"], third["Support"]["aircraft"]["inReturnFor"]
    third["Support"]["drones"]["inReturnFor"] = None
    third["Evidence"] = {}
    return [first, second, third]


def test_records_one_at_a_time_become_what_they_are_together(
    on_sqlite: Engine, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_time: dict[int, list[Any]] = {}
    for number in (BATCH_RECORDS, 1):
        monkeypatch.setattr(stage, "BATCH_RECORDS", number)
        # Rolled back at the end; only SQLite rolls back the keys as well.
        with on_sqlite.connect() as connection, connection.begin() as transaction:
            at_a_time[number] = []
            for version, small.records in enumerate(versions()):
                small.version = str(version)
                loaded = load_within(connection, small, author="seed")
                tables = {
                    table: connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all()
                    for table in TABLES
                    if table != "revision"
                }
                at_a_time[number].append((loaded.counts, loaded.message, tables))
            transaction.rollback()
    together, apart = at_a_time.values()
    assert apart == together
    assert [message for _, message, _ in together][1:] == [
        "Loaded small 1: 1 support created; 1 source, 1 statement, 2 supports, 1 data set updated.",
        "Loaded small 2: 2 supports, 1 data set updated; 1 support, 1 evidence removed.",
    ]
