"""An old primary that returns after a failover is not used as the primary."""

import pytest

from service.database import database_at
from service.database.postgresql.hosts import primaries_of
from service.errors import StartError
from tests.commands import run

from .pair import primary_and_replica
from .service import prepared


def test_two_primaries_are_refused_until_one_is_gone() -> None:
    with primary_and_replica() as (primary, replica):
        prepared(primary)
        url = f"postgresql://postgres@{primary.address},{replica.address}/postgres"
        database_at(url).check()
        replica.promote()
        primary.ask("ALTER SYSTEM RESET synchronous_standby_names")
        primary.ask("SELECT pg_reload_conf()")
        # The metric that the alert uses.
        assert len(primaries_of(url)) == 2
        with pytest.raises(StartError, match=r"revision \d+\) and .* are primaries"):
            database_at(url).check()
        doctor = run("doctor", ALLYGRAPH_DATABASE_URL=url)
        assert "are primaries, so their data differs" in doctor.err.replace("\n", " ")
        primary.stop()
        database_at(url).check()
        assert len(primaries_of(url)) == 1


def test_one_server_of_two_names_is_one_primary() -> None:
    with primary_and_replica() as (primary, _):
        prepared(primary)
        port = primary.port
        database_at(f"postgresql://postgres@127.0.0.1:{port},localhost:{port}/postgres").check()
