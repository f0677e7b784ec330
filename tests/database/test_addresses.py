"""Errors about a database that cannot be used never contain its password."""

from pathlib import Path
from urllib.parse import parse_qsl

import apsw
import httpx
import psycopg
import pytest

from schema.migrations import upgrade
from service.database import database_at
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.sqlite.database import SQLiteDatabase
from service.errors import StartError
from service.maintenance.doctor import examine
from service.settings import Settings
from tests.commands import serving
from tests.databases import engine_of, new_database

MALFORMED = (
    "postgresql://u:p@ss:w/rd%@host/name",
    "postgresql://u:secretpw@[bad/x",
    "postgresql://u:secret/pw@host/name",
    "postgresql://u:secret pw@host/name",
    "postgresql://u:s%ecret@host/name",
    "postgresql://u:secret?pw@host/name",
    "postgresql://u:secret#pw@host/name",
    "postgresql://u:secret[pw@host/name",
    "postgresql://u:sécret@host/name",
    "postgresql://u:secret\\pw@host/name",
    "postgresql://u:secretpw@host:port/name",
    "postgresql://u:secretpw@host/name?sslmode",
    "postgresql://u:secr%00etpw@host/name",
    "postgresql://host/name?user=u&password=secr%00etpw",
    "postgresql://u:secret",
    "postgres://u:secret/pw@host/name",
    "u:secretpw@host/name",
    "postgresql:/u:secretpw@host/name",
)
PARTS = ("secret", "pw", "ecret", "sécret", "p@ss", "w/rd", "rd%", "cret")


@pytest.mark.parametrize("url", MALFORMED)
def test_a_malformed_url_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(StartError) as refused:
        database_at(url)
    message = str(refused.value)
    assert not [part for part in PARTS if part in message]
    assert "percent-encode" in message or "use sqlite:///PATH or postgresql://" in message


def test_the_doctor_does_not_show_it_either() -> None:
    with pytest.raises(StartError, match="percent-encode"):
        list(examine(Settings(database_url=MALFORMED[0])))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://host/name",
        "postgresql:///name?host=/run/postgresql",
        "postgresql://u:p%40ss%2Fw%25@host:5432/name",
        "postgresql://u:p%20w@one:5432,two:5433/name?connect_timeout=3",
        "postgresql://u:p@[::1]:5432/name?options=-c%20statement_timeout%3D1",
        "postgresql://user-name:a!b$c&d'(e)*f+g,h;i=j@host/name",
    ],
)
def test_a_well_formed_url_is_taken(url: str) -> None:
    assert "p%40" not in PostgreSQLDatabase(url).label


CAUSES = {
    "a missing file of certificates": (
        'connection failed: root certificate file "/etc/ca.pem" does not exist',
        "check sslrootcert",
    ),
    "an unknown authority": (
        "connection failed: SSL error: certificate verify failed",
        "set sslrootcert in the URL to the certificate of its authority",
    ),
    "a certificate of another host": (
        'server certificate for "a" does not match host name "b"',
        "check the host",
    ),
    "a database that does not exist": ('FATAL: database "x" does not exist', "createdb"),
    "a server that does not run": ("connection failed: Connection refused", "start it"),
}


@pytest.mark.parametrize(("message", "to_do"), CAUSES.values(), ids=CAUSES)
def test_each_cause_has_its_sentence(message: str, to_do: str) -> None:
    said = PostgreSQLDatabase("postgresql://host/name").explain(psycopg.OperationalError(message))
    assert to_do in said
    assert sum(other in said for _, other in CAUSES.values()) == 1


def test_a_full_disk_is_said_to_be_full() -> None:
    said = SQLiteDatabase(Path("a.db")).explain(
        apsw.FullError("FullError: database or disk is full")
    )
    assert said == "The database a.db has no disk space left; free some."


def test_a_database_of_a_newer_version_is_not_to_be_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'newer.db'}"
    upgrade(url.replace("sqlite:", "sqlite+apsw:"))
    with engine_of(url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StartError, match="use the version that migrated it, or a newer one"):
        database_at(url).check()


def test_parameters_of_libpq_are_not_taken_for_settings_of_the_server() -> None:
    kept = "sslmode=prefer&options=-c%20geqo%3Doff"
    dropped = "connect_timeout=7&keepalives_idle=3&channel_binding=prefer&gssencmode=disable"
    database = PostgreSQLDatabase(f"postgresql://host/name?{kept}&{dropped}")
    left = dict(parse_qsl(database.serving_url.partition("?")[2]))
    assert left == {
        "sslmode": "prefer",
        "options": "-c geqo=off",
        "application_name": "allygraph",
    }
    assert database.connect_seconds == 7


@pytest.mark.parametrize("parameter", ["channel_binding=require", "hostaddr=::1", "requirepeer=a"])
def test_a_parameter_that_queries_could_not_follow_is_refused(parameter: str) -> None:
    name = parameter.partition("=")[0]
    with pytest.raises(StartError, match=f"parameter {name}.*does not support"):
        PostgreSQLDatabase(f"postgresql://host/name?{parameter}")


@pytest.mark.parametrize("parameter", ["nope=secretpw", "sslmod=require", "statement_timeout=5"])
def test_an_unknown_parameter_is_refused_and_not_shown(parameter: str) -> None:
    with pytest.raises(StartError, match="a parameter that PostgreSQL does not know") as refused:
        database_at(f"postgresql://u:secretpw@host/name?{parameter}")
    assert not [part for part in PARTS if part in str(refused.value)]


@pytest.mark.parametrize(
    "url", ["sqlite://u:secretpw@/x.db", "sqlite://host/x.db", "sqlite://x.db"]
)
def test_a_file_of_another_host_is_not_one_of_this_folder(url: str) -> None:
    with pytest.raises(StartError, match="use sqlite:///PATH") as refused:
        database_at(url)
    assert "secretpw" not in str(refused.value)


@pytest.mark.postgresql
def test_a_service_whose_url_has_such_parameters_is_ready(tmp_path: Path) -> None:
    with new_database("postgresql", tmp_path) as url:
        with engine_of(url) as engine:
            upgrade(engine)
        mark = "&" if "?" in url else "?"
        parameters = "connect_timeout=5&keepalives_idle=30&channel_binding=prefer"
        with serving(ALLYGRAPH_DATABASE_URL=f"{url}{mark}{parameters}") as server:
            assert httpx.get(f"{server.url}/readyz").status_code == 200
