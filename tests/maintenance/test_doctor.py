"""The doctor's findings, and its advice."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from schema.migrations import upgrade
from seeds import bundled
from seeds.loader import load
from service.database import database_at
from service.maintenance.doctor import examine
from service.settings import Settings
from tests import postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A valid database of each kind."""
    is_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'allygraph.db'}" if is_file else postgresql.create_database()
    engine = database_at(url).engine()
    upgrade(engine)
    for folder in bundled():
        load(engine, folder)
    engine.dispose()
    yield url
    if not is_file:
        postgresql.drop_database(url)


def change(url: str, statement: str) -> None:
    engine = database_at(url).engine()
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def bad(url: str, **settings: object) -> dict[str, str]:
    """Returns the findings, except that the test server does not survive power loss."""
    findings = examine(Settings(database_url=url, **settings))  # type: ignore[arg-type]
    return {each.what: each.says for each in findings if not each.is_good and each.what != "safety"}


def test_nothing_is_wrong_with_what_is_as_it_should_be(url: str) -> None:
    assert bad(url) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trusted_proxies", "0.0.0.0/0"),
        ("cors_origins", "example.org"),
        ("hosts", "https://example.org"),
    ],
)
def test_a_setting_that_serve_would_refuse_is_reported(url: str, name: str, value: str) -> None:
    found = bad(url, **{name: value})
    assert list(found) == ["settings"]
    assert found["settings"].startswith(f"ALLYGRAPH_{name.upper()}: ")


def test_index_that_is_missing_is_named(url: str) -> None:
    change(url, "DROP INDEX ix_support_recipient_id")
    assert "ix_support_recipient_id is missing" in bad(url)["indexes"]


def test_number_of_supports_that_is_wrong_is_reported(url: str) -> None:
    change(url, "UPDATE support_count SET supports = 2 WHERE kind = 'TROOPS'")
    assert bad(url)["counts"].startswith("1 numbers of supports are wrong")


def test_trigger_that_is_missing_is_reported(url: str) -> None:
    of = "" if url.startswith("sqlite") else " ON actor"
    change(url, f"DROP TRIGGER history_of_actor_insert{of}")
    assert "does not keep its history" in bad(url)["database"]


def test_clock_that_was_set_back_is_reported(url: str) -> None:
    change(url, "UPDATE revision SET time = '2999-01-01T00:00:00Z' WHERE number = 1")
    assert "set the clock of this machine" in bad(url)["clock"]


def test_database_that_was_never_migrated_is_reported() -> None:
    url = postgresql.create_database()
    assert "run `allygraph migrate`" in bad(url)["database"]
    postgresql.drop_database(url)


def test_an_unreachable_server_is_reported() -> None:
    assert "cannot be reached" in bad("postgresql://nobody@127.0.0.1:1/none")["database"]


@pytest.fixture
def server() -> Iterator[str]:
    """A database of a server."""
    url = postgresql.create_database()
    engine = database_at(url).engine()
    upgrade(engine)
    engine.dispose()
    yield url
    postgresql.drop_database(url)


def test_server_that_forgets_in_a_power_cut_is_reported(server: str) -> None:
    findings = {each.what: each for each in examine(Settings(database_url=server))}
    assert "fsync is off" in findings["safety"].says


def test_more_connections_than_there_are_is_reported(server: str) -> None:
    assert "lower ALLYGRAPH_POOL_SIZE" in bad(server, pool_size=10_000)["connections"]


def test_a_replica_without_a_primary_is_reported(server: str) -> None:
    found = bad(server, replica_urls=server)
    (says,) = (said for what, said in found.items() if what.startswith("replica"))
    assert "it is a primary" in says


def test_disk_is_looked_at_before_the_database(tmp_path: Path) -> None:
    file = tmp_path / "broken.db"
    file.write_bytes(b"no database" * 100)
    found = list(examine(Settings(database_url=f"sqlite:///{file}")))
    names = [finding.what for finding in found]
    assert names.index("disk") < names.index("database")


def test_a_database_that_takes_no_writes_is_reported() -> None:
    url = postgresql.create_database()
    engine = database_at(url).engine()
    upgrade(engine)
    engine.dispose()
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    assert "turn off default_transaction_read_only" in bad(url)["writes"]
    assert "queries" not in bad(url)
    postgresql.drop_database(url)


def test_currency_that_was_not_in_use_at_the_time_is_a_warning(url: str) -> None:
    findings = {each.what: each for each in examine(Settings(database_url=url))}
    assert findings["currencies"].says == "each was in use at the time"
    change(
        url,
        "UPDATE support SET worth_value = '1', worth_unit = 'CURRENCY',"
        " worth_currency = CASE id WHEN 1 THEN 'DEM' WHEN 2 THEN 'USD' ELSE 'HRK' END,"
        " started_on = CASE id WHEN 1 THEN '2024' WHEN 2 THEN '2024' ELSE '2023-01' END,"
        " agreed_on = NULL",
    )
    findings = {each.what: each for each in examine(Settings(database_url=url))}
    found = findings["currencies"]
    assert (found.is_good, found.is_warning) == (True, True)
    # The last of these states is Kosovo.
    expected = "support_1 is in DEM, which was in use from 1948-06-20 until 2002-05-15"
    assert found.says == f"{expected}: check the code and the dates"
