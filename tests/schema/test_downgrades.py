"""Each migration can be undone and repeated."""

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text

from schema import migrations
from tests.counted_supports import check_counts
from tests.schema.definitions import definitions, history_writers
from tests.searched_texts import check_entries, entries

ACTOR = "INSERT INTO actor (slug, name, kind) VALUES ('iran', 'Iran', 'STATE')"
ALIAS = "INSERT INTO actor_alias (actor_id, name) VALUES (1, 'Persia')"
SECOND = "INSERT INTO revision (number, time, author) VALUES (1, '2026-01-01T00:00:00Z', 'a test')"


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def upgrade_to(engine: Engine, version: str) -> None:
    with migrations.migration(engine) as connection:
        command.upgrade(migrations.configuration(connection), version)


def test_the_way_back_leaves_nothing_of_ours(engine: Engine) -> None:
    migrations.upgrade(engine)
    migrations.downgrade(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert definitions(engine) == set()
    assert history_writers(engine) == {}
    with engine.connect() as connection:
        assert migrations.current(connection) is None


def test_a_function_of_history_goes_with_its_trigger(engine: Engine) -> None:
    migrations.upgrade(engine)
    migrations.downgrade(engine, "0001")
    if engine.dialect.name == "postgresql":
        assert not rows(engine, "SELECT proname FROM pg_proc WHERE proname LIKE 'history%'")


@pytest.mark.parametrize("version", ["base", "0001", "0002", "0003", "0004", "0010"])
def test_there_and_back_is_as_if_never_gone(engine: Engine, version: str) -> None:
    migrations.upgrade(engine)
    tables, triggers = definitions(engine), history_writers(engine)
    migrations.downgrade(engine, version)
    migrations.upgrade(engine)
    assert definitions(engine) == tables
    assert history_writers(engine) == triggers


def test_back_from_history_the_tables_are_those_of_the_first_slice(engine: Engine) -> None:
    upgrade_to(engine, "0001")
    first_slice = definitions(engine)
    migrations.upgrade(engine)
    migrations.downgrade(engine, "0001")
    assert definitions(engine) == first_slice


def test_back_from_history_the_records_are_still_there(engine: Engine) -> None:
    migrations.upgrade(engine)
    run(engine, ACTOR, ALIAS, SECOND)
    migrations.downgrade(engine, "0001")
    assert rows(engine, "SELECT id, slug FROM actor") == [(1, "iran")]
    assert rows(engine, "SELECT actor_id, name FROM actor_alias") == [(1, "Persia")]
    assert rows(engine, "SELECT number FROM revision ORDER BY 1") == [(0,), (1,)]


def test_without_history_records_are_written_as_before(engine: Engine) -> None:
    migrations.upgrade(engine)
    migrations.downgrade(engine, "0001")
    run(engine, ACTOR, "UPDATE actor SET name = 'IR Iran'", "DELETE FROM actor")
    assert rows(engine, "SELECT * FROM actor") == []


def test_history_begins_again_with_the_revision_it_finds(engine: Engine) -> None:
    migrations.upgrade(engine)
    run(engine, ACTOR, SECOND)
    migrations.downgrade(engine, "0001")
    migrations.upgrade(engine)
    run(engine, "UPDATE revision SET number = 2 WHERE number = 1", "UPDATE actor SET name = 'IR'")
    query = "SELECT name, from_revision, until_revision FROM actor_history ORDER BY from_revision"
    assert rows(engine, query) == [("Iran", 1, 2), ("IR", 2, 2**63 - 1)]


def test_an_id_is_not_given_again_after_the_way_back(engine: Engine) -> None:
    migrations.upgrade(engine)
    run(engine, ACTOR, "DELETE FROM actor")
    migrations.downgrade(engine, "0001")
    migrations.upgrade(engine)
    run(engine, ACTOR)
    assert rows(engine, "SELECT id FROM actor") == [(2,)]


def test_dates_keep_what_they_can_say_without_unspecified_digits(engine: Engine) -> None:
    migrations.upgrade(engine)
    said = {
        "198X": None,
        "2004-XX": "2004",
        "2004-06-XX": "2004-06",
        "2019~": "2019",
        "2020": "2020",
    }
    values = ", ".join(
        f"({number}, 'M', '{date}', 1, 1)" for number, date in enumerate(said, start=1)
    )
    columns = "id, relation, started_on, member_id, organisation_id"
    run(engine, ACTOR, f"INSERT INTO membership ({columns}) VALUES {values}")
    migrations.downgrade(engine, "0002")
    query = "SELECT started_on, started_on_earliest, started_on_latest FROM {} ORDER BY id"
    expected = [
        (None, "", None),
        ("2004", "2004-01-01", "2004-12-31"),
        ("2004-06", "2004-06-01", "2004-06-30"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020", "2020-01-01", "2020-12-31"),
    ]
    assert rows(engine, query.format("membership")) == expected
    assert rows(engine, query.format("membership_history")) == expected


def test_an_upgrade_keeps_what_dates_mean_and_finds_no_flag_set(engine: Engine) -> None:
    upgrade_to(engine, "0002")
    columns = "id, supporter_id, recipient_id, kind, phase, started_on"
    support = f"INSERT INTO support ({columns}) VALUES (1, 1, 1, 'TROOPS', 'DELIVERED', '2024-02')"
    run(engine, ACTOR, support)
    migrations.upgrade(engine)
    asked = (
        "started_on, started_on_earliest, started_on_latest, start_censored, mutual, conflict_id"
    )
    expected = [("2024-02", "2024-02-01", "2024-02-29", False, False, None)]
    assert rows(engine, f"SELECT {asked} FROM support") == expected
    assert rows(engine, f"SELECT {asked} FROM support_history") == expected


SUPPORT = (
    "INSERT INTO support (id, supporter_id, recipient_id, kind, phase, {}) VALUES (1, 1, 1, {})"
)


def test_money_moves_from_quantities_to_worths_in_every_version(engine: Engine) -> None:
    upgrade_to(engine, "0004")
    columns = "quantity_value, quantity_unit, quantity_currency, quantity_estimated"
    given = "'FUNDING', 'PLEDGED', '40.5', 'CURRENCY', 'EUR', true"
    run(engine, ACTOR, SUPPORT.format(columns, given))
    migrations.upgrade(engine)
    asked = (
        "quantity_value, quantity_unit, worth_value, worth_unit, worth_currency, worth_estimated"
    )
    expected = [(None, None, "40.5", "CURRENCY", "EUR", True)]
    for table in ("support", "support_history"):
        assert rows(engine, f"SELECT {asked} FROM {table}") == expected
    migrations.downgrade(engine, "0004")
    asked = "quantity_value, quantity_unit, quantity_currency, quantity_estimated"
    assert rows(engine, f"SELECT {asked} FROM support") == [("40.5", "CURRENCY", "EUR", True)]


def test_names_and_codes_keep_their_versions(engine: Engine) -> None:
    upgrade_to(engine, "0004")
    code = "INSERT INTO actor_code (actor_id, scheme, value) VALUES (1, 'COW', '630')"
    run(engine, ACTOR, ALIAS, code, SECOND, "DELETE FROM actor_alias")
    migrations.upgrade(engine)
    query = "SELECT actor_id, name, kind, from_revision, until_revision FROM actor_alias_history"
    assert rows(engine, query) == [(1, "Persia", "ALIAS", 0, 1)]
    assert rows(engine, "SELECT * FROM actor_alias") == []
    asked = "id, actor_id, scheme, value, started_on"
    assert rows(engine, f"SELECT {asked} FROM actor_code") == [(1, 1, "COW", "630", None)]
    # The keys of new names follow the keys of earlier ones.
    run(engine, ALIAS)
    assert rows(engine, "SELECT name FROM actor_alias") == [("Persia",)]


def test_a_code_stays_with_the_last_actor_that_has_it(engine: Engine) -> None:
    migrations.upgrade(engine)
    run(
        engine,
        ACTOR,
        "INSERT INTO actor (slug, name, kind) VALUES ('russia', 'Russia', 'STATE')",
        "INSERT INTO actor (slug, name, kind) VALUES ('soviet-union', 'Soviet Union', 'STATE')",
        "INSERT INTO actor_code (actor_id, scheme, value, started_on, ended_on) VALUES "
        "(1, 'COW', '630', NULL, '1935'), (1, 'COW', '630', '1936', NULL), "
        "(2, 'COW', '365', '1992', NULL), (3, 'COW', '365', '1922-12-30', '1991-12-31'), "
        "(2, 'COW', '364', NULL, '1990'), (3, 'COW', '366', NULL, NULL)",
        SECOND,
        # The earlier state is still in the history.
        "DELETE FROM actor_code WHERE value = '366'",
    )
    migrations.downgrade(engine, "0004")
    asked = "SELECT actor_id, value{} ORDER BY actor_id, value"
    kept = [(1, "630"), (2, "364"), (2, "365")]
    assert rows(engine, asked.format(" FROM actor_code")) == kept
    versions = rows(engine, asked.format(", until_revision FROM actor_code_history"))
    still = 2**63 - 1
    assert versions == [*((*each, still) for each in kept), (3, "366", 1)]
    migrations.upgrade(engine)
    assert rows(engine, asked.format(" FROM actor_code")) == kept


def test_a_support_may_have_no_supporter_and_keeps_its_id(engine: Engine) -> None:
    upgrade_to(engine, "0004")
    # Without an id, so that the database assigns it.
    columns, values = "supporter_id, recipient_id, kind, phase", "1, 1, 'TROOPS', 'DELIVERED'"
    run(engine, ACTOR, f"INSERT INTO support ({columns}) VALUES ({values})")
    run(engine, "DELETE FROM support")
    migrations.upgrade(engine)
    columns = "recipient_id, kind, phase, attribution"
    unknown = f"INSERT INTO support ({columns}) VALUES (1, 'TROOPS', 'DELIVERED', 'UNKNOWN')"
    run(engine, unknown)
    assert rows(engine, "SELECT id, supporter_id FROM support") == [(2, None)]
    migrations.downgrade(engine, "0004")
    assert rows(engine, "SELECT id FROM support") == []


def test_coverage_of_two_actors_does_not_become_coverage_of_all(engine: Engine) -> None:
    migrations.upgrade(engine)
    columns = "dataset_id, actor_id, role"
    run(
        engine,
        ACTOR,
        "INSERT INTO actor (slug, name, kind) VALUES ('iraq', 'Iraq', 'STATE')",
        "INSERT INTO dataset (slug, title, version, licence, citation)"
        " VALUES ('d', 'D', '1', 'L', 'C')",
        f"INSERT INTO coverage ({columns}) VALUES (1, 1, 'AS_EITHER')",
        f"INSERT INTO coverage ({columns}, counterpart_id) VALUES (1, 1, 'AS_EITHER', 2)",
    )
    migrations.downgrade(engine, "0010")
    for table in ("coverage", "coverage_history"):
        assert rows(engine, f"SELECT id FROM {table}") == [(1,)]
    migrations.upgrade(engine)
    for table in ("coverage", "coverage_history"):
        assert rows(engine, f"SELECT id, counterpart_id FROM {table}") == [(1, None)]


def test_texts_are_respelled_unless_their_spelling_is_taken(engine: Engine) -> None:
    upgrade_to(engine, "0003")
    run(
        engine,
        ACTOR,
        "INSERT INTO actor_alias (actor_id, name)"
        " VALUES (1, 'e\u0301'), (1, 'i\u0301'), (1, '\u00ed')",
        "INSERT INTO source (title, url) VALUES"
        " ('Report', 'HTTPS://Example.org:443/a/../report'),"
        " ('First', 'https://example.org/first'), ('Second', 'https://EXAMPLE.org/first')",
    )
    migrations.upgrade(engine)
    names = {name for (name,) in rows(engine, "SELECT name FROM actor_alias")}
    assert names == {"\u00e9", "i\u0301", "\u00ed"}
    assert rows(engine, "SELECT url FROM source ORDER BY id") == [
        ("https://example.org/report",),
        ("https://example.org/first",),
        ("https://EXAMPLE.org/first",),
    ]
    history = "SELECT url FROM source_history WHERE id = 1"
    assert rows(engine, history) == [("https://example.org/report",)]


def test_supports_of_before_are_counted_and_possible_ones_too(engine: Engine) -> None:
    upgrade_to(engine, "0008")
    support = "INSERT INTO support (supporter_id, recipient_id, kind, phase, attribution) VALUES "
    run(
        engine,
        SECOND,
        *(ACTOR.replace("iran", slug) for slug in ("iran", "russia")),
        f"{support} (1, 2, 'DRONES', 'DELIVERED', 'CERTAIN')",
        f"{support} (1, 2, 'DRONES', 'DELIVERED', 'CERTAIN')",
        f"{support} (NULL, 2, 'DRONES', 'DELIVERED', 'SOME_OF')",
    )
    migrations.upgrade(engine)
    check_counts(lambda query: rows(engine, query))
    assert sorted(rows(engine, "SELECT supports FROM support_count")) == [(1,), (2,)]


def test_texts_of_before_are_found_by_type_and_data_sets_too(engine: Engine) -> None:
    upgrade_to(engine, "0009")
    dataset = "INSERT INTO dataset (slug, title, version, licence, citation) VALUES "
    run(engine, SECOND, ACTOR, ALIAS, f"{dataset} ('aid', 'Aid to all', '1', 'CC0', 'Aid.')")
    migrations.upgrade(engine)
    check_entries(lambda query: rows(engine, query), [1])
    assert [each[:4] for each in sorted(entries(lambda query: rows(engine, query)))] == [
        (0, 0, 1, "Iran"),
        (0, 1, 1, "Persia"),
        (2, 0, 1, "Aid to all"),
        (2, 1, 1, "aid"),
    ]
    words = [word for (word,) in rows(engine, "SELECT word FROM search_vocabulary ORDER BY 1")]
    assert words == ["persia"]
    migrations.downgrade(engine, "0009")
    assert len(entries(lambda query: rows(engine, query))) == 2
    if engine.dialect.name == "sqlite":
        found = rows(
            engine, "SELECT rowid & 1048575 FROM search_word WHERE search_word MATCH 'persia'"
        )
        assert found == rows(engine, "SELECT id FROM search_entry WHERE text = 'Persia'")
