"""A password in a file is added only to URLs without one."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from service.errors import StartError
from service.settings import read_settings, with_password


@pytest.mark.parametrize("password", ["plain", "with @:/?#% and a space", "ключ"])
def test_password_is_read_back_from_the_address_as_it_was(password: str) -> None:
    url = make_url(with_password("postgresql://ada@host:5433/name?sslmode=require", password))
    assert url.password == password
    assert (url.username, url.host, url.port, url.database) == ("ada", "host", 5433, "name")
    assert url.query == {"sslmode": "require"}


def test_address_of_several_hosts_keeps_all_of_them() -> None:
    assert (
        with_password("postgres://ada@one:1,two:2/name", "secret")
        == "postgres://ada:secret@one:1,two:2/name"
    )


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:another@host/name",
        "postgresql://ada:@host/name",
        "postgresql://host/name",
        "postgresql:///name?host=/run&user=a@b",
        "postgresql://[half",
        "sqlite:///folder@2/file.db",
        "no address",
    ],
)
def test_address_without_a_user_or_with_a_password_stays_as_it_is(url: str) -> None:
    assert with_password(url, "secret") == url


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("secret\n")
    return path


def test_settings_hold_the_addresses_with_the_password(password_file: Path) -> None:
    settings = read_settings(
        database_url="postgresql://ada@primary/name",
        replica_urls="postgresql://ada@one/name postgresql://ada@two/name",
        database_password_file=str(password_file),
    )
    assert settings.database_url == "postgresql://ada:secret@primary/name"
    assert settings.replicas == (
        "postgresql://ada:secret@one/name",
        "postgresql://ada:secret@two/name",
    )


def test_file_is_named_by_its_variable(
    password_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLYGRAPH_DATABASE_URL", "postgresql://ada@host/name")
    monkeypatch.setenv("ALLYGRAPH_DATABASE_PASSWORD_FILE", str(password_file))
    assert read_settings().database_url == "postgresql://ada:secret@host/name"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, r"cannot be read \(No such file or directory\): use a file"),
        (b"", "is empty: write the password to it"),
        (b"\n", "is empty"),
        (b"\xff\xfe", r"cannot be read \('utf-8' codec"),
    ],
)
def test_file_without_a_password_ends_the_start(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "password"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StartError, match=f"^ALLYGRAPH_DATABASE_PASSWORD_FILE=.*{says}"):
        read_settings(database_password_file=str(path))
