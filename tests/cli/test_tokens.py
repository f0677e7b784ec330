"""Tokens at the command line: created for scripts, listed for people, and revoked."""

import re
from pathlib import Path

import pytest

from tests.commands import Ended, run, run_together
from tests.stores import copy_of, url_of

SECRET = re.compile(r"allygraph_[A-Za-z0-9_-]{43}\n")
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


@pytest.fixture
def url(empty: Path, tmp_path: Path) -> str:
    return url_of(copy_of(empty, tmp_path))


def token(command: str, url: str) -> Ended:
    return run("token", *command.split(), "--database-url", url)


def together(commands: list[str], url: str) -> list[Ended]:
    return run_together(
        *(["token", *command.split(), "--database-url", url] for command in commands)
    )


def test_token_stands_alone_on_standard_output(url: str) -> None:
    made = token("create --name ci --role editor --expires 2999-12-31", url)
    assert made.status == 0
    assert SECRET.fullmatch(made.out)
    assert made.err.startswith(
        "Token 1 (ci) created. Role: editor. Expires: 2999-12-31T23:59:59Z.\n"
    )
    assert "not shown again" in made.err
    assert made.out.strip() not in made.err


def test_tokens_are_listed_without_their_secrets(url: str) -> None:
    first = token("create --name ci --role editor --expires 2999-12-31", url)
    second = token("create --name [red]desk --role admin", url)
    revoked = token("revoke 2", url)
    listed = token("list", url)
    assert re.fullmatch(rf"Token 2 \(\[red\]desk\) revoked at {TIME}\.\n", revoked.out)
    assert (listed.status, listed.err) == (0, "")
    head, *rows = listed.out.splitlines()
    assert head.split() == ["ID", "NAME", "ROLE", "CREATED", "EXPIRES", "STATE"]
    expected = [
        rf"1   ci         editor  {TIME}  2999-12-31T23:59:59Z  active",
        rf"2   \[red\]desk  admin   {TIME}  -                     revoked",
    ]
    assert all(re.fullmatch(text, row) for text, row in zip(expected, rows, strict=True))
    for made in (first, second):
        assert made.out.strip() not in listed.out


def test_refusals_are_one_line(url: str) -> None:
    token("create --name ci --role reader", url)
    refusals = {
        "create --name ci --role admin": "An active token has the name 'ci'; revoke it, or use",
        "create --name x --role admin --expires soon": "must be like 12h, 90d, 4w or 2027-12-31.",
        "revoke 7": "There is no token 7.",
    }
    for ended, says in zip(together(list(refusals), url), refusals.values(), strict=True):
        assert (ended.status, ended.out) == (1, "")
        (line,) = ended.err.splitlines()
        assert line.startswith("allygraph: ")
        assert says in line


def test_wrong_calls_are_reported(url: str) -> None:
    nameless, roleless = "create --role admin", "create --name ci"
    for ended in together([nameless, roleless, f"{roleless} --role owner", "revoke x"], url):
        assert (ended.status, ended.out) == (2, "")
        assert "Traceback" not in ended.err


@pytest.mark.sqlite
def test_tokens_need_a_database(tmp_path: Path) -> None:
    ended = token("list", f"sqlite:///{tmp_path / 'missing.db'}")
    assert ended.status == 1
    assert "create it with `allygraph migrate`" in ended.err
    assert list(tmp_path.iterdir()) == []
