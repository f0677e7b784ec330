"""Loaded data is the same on both databases, including the ids."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, Table, event, select, text
from sqlmodel import SQLModel

from schema.records.revision import REVISION_CHANNEL, lock_for_writing
from seeds import bundled
from seeds.loader import Loaded, load
from seeds.source import DataSet, SeedError
from tests.names import names
from tests.seeds.small import SMALL, Small

pytestmark = pytest.mark.postgresql

# Columns that differ from one load to the next on any database.
TIMES = {"time"}
# Internal ids, which SQLite reuses when they are free.
ITEMS = ("actor_alias", "actor_code")


def everything(engine: Engine) -> Mapping[str, list[dict[str, Any]]]:
    """Returns all rows of all tables, with public ids, history and computed columns."""
    with engine.connect() as connection:
        return {
            table.name: sorted(
                (
                    {name: row[name] for name in _compared(table)}
                    for row in connection.execute(select(table)).mappings()
                ),
                key=repr,
            )
            for table in SQLModel.metadata.sorted_tables
        }


def _compared(table: Table) -> list[str]:
    hidden = {"id"} if table.name.removesuffix("_history") in ITEMS else set()
    return [column.name for column in table.c if column.name not in TIMES | hidden]


def load_both(on_sqlite: Engine, on_postgresql: Engine, data_set: DataSet) -> Loaded:
    """Loads a data set into both databases. The results must be equal."""
    one, other = load(on_sqlite, data_set), load(on_postgresql, data_set)
    assert one == other
    return one


def test_the_bundled_data_sets_are_the_same(on_sqlite: Engine, on_postgresql: Engine) -> None:
    for folder in bundled():
        assert load_both(on_sqlite, on_postgresql, folder).revision
    assert everything(on_sqlite) == everything(on_postgresql)


def test_many_records_get_their_ids_in_the_same_order(
    on_sqlite: Engine, on_postgresql: Engine
) -> None:
    actors = {f"actor-{n * 7919 % 1201}": {"name": "A", "kind": "PERSON"} for n in range(1201)}
    load_both(on_sqlite, on_postgresql, Small({"Actor": actors}))
    assert everything(on_sqlite) == everything(on_postgresql)


def test_a_new_version_changes_the_same(on_sqlite: Engine, on_postgresql: Engine) -> None:
    small = Small(deepcopy(SMALL))
    load_both(on_sqlite, on_postgresql, small)
    small.records["Actor"]["iran"]["aliases"] = names("Iran proper", "\u018fjam")
    small.records["Support"]["drones"]["quantity"] = {"low": "0.1", "high": "46"}
    del small.records["Support"]["aircraft"]
    load_both(on_sqlite, on_postgresql, small)
    assert everything(on_sqlite) == everything(on_postgresql)


def refusal(engine: Engine, data_set: DataSet) -> str:
    with pytest.raises(SeedError) as caught:
        load(engine, data_set)
    return str(caught.value)


def test_what_is_there_twice_is_refused_in_the_same_words(
    on_sqlite: Engine, on_postgresql: Engine
) -> None:
    small = Small(deepcopy(SMALL))
    small.records["Evidence"]["second"] = small.records["Evidence"]["first"]
    told = refusal(on_postgresql, small)
    assert told == refusal(on_sqlite, small)
    assert told.endswith("evidence second: It is the same as first.")


def test_a_record_in_use_stays_in_both(on_sqlite: Engine, on_postgresql: Engine) -> None:
    load_both(on_sqlite, on_postgresql, Small(deepcopy(SMALL)))
    trade = {"supporter": "iran", "recipient": "russia", "kind": "TRADE", "phase": "AGREED"}
    load_both(on_sqlite, on_postgresql, Small({"Support": {"trade": trade}}, slug="other"))
    without = Small({"Actor": {"russia": SMALL["Actor"]["russia"]}})
    load_both(on_sqlite, on_postgresql, without)
    assert [row["slug"] for row in everything(on_sqlite)["actor"]] == ["iran", "russia"]
    assert everything(on_sqlite) == everything(on_postgresql)


def test_a_load_that_is_refused_leaves_the_next_one_as_it_is(on_postgresql: Engine) -> None:
    small = Small(deepcopy(SMALL))
    small.records["Evidence"]["second"] = small.records["Evidence"]["first"]
    refusal(on_postgresql, small)
    del small.records["Evidence"]["second"]
    assert load(on_postgresql, small).revision == 1


def test_a_loader_waits_for_a_writer(on_postgresql: Engine) -> None:
    small = Small(deepcopy(SMALL))
    with on_postgresql.begin() as connection:
        lock_for_writing(connection)

        @event.listens_for(on_postgresql, "connect")
        def do_not_wait_long(connection: psycopg.Connection[Any], _: object) -> None:
            connection.execute("SET lock_timeout = '1ms'")

        with pytest.raises(Exception, match="lock timeout"):
            load(on_postgresql, small)
        event.remove(on_postgresql, "connect", do_not_wait_long)
    assert load(on_postgresql, small).revision == 1


def test_only_revisions_are_announced_to_listeners(on_postgresql: Engine) -> None:
    small = Small(deepcopy(SMALL))
    with on_postgresql.connect() as connection:
        listener = connection.connection.driver_connection
        assert isinstance(listener, psycopg.Connection)
        connection.execute(text(f"LISTEN {REVISION_CHANNEL}"))
        connection.commit()
        load(on_postgresql, small)
        small.records["Actor"]["russia"]["aliases"] = []
        # This load changes nothing.
        load(on_postgresql, small)
        small.records["Actor"]["russia"]["aliases"] = names("Rus")
        load(on_postgresql, small)
        told = [notice.payload for notice in listener.notifies(timeout=10, stop_after=2)]
    assert told == ["1", "2"]
