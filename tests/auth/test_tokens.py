"""The table of tokens: which tokens can be created, what is stored, and how tokens end."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg import RawCursor

from service.auth.callers import Caller, Role, now
from service.auth.new_token import NewToken, read_new_token
from service.auth.tokens import (
    CreatedToken,
    TokenState,
    create_token,
    list_tokens,
    revoke_token,
    token_by_digest,
    token_transaction,
)
from service.errors import DatabaseUnavailable, InvalidRecord, InvalidToken, NotFound
from tests.guarding import guarding
from tests.postgresql import drop_database
from tests.stores import change, connected, copy_of, database_of, everything, rows, url_of

Known = Callable[[CreatedToken | str], Caller]

CI = NewToken("ci", Role.EDITOR)


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Path:
    return copy_of(empty, tmp_path)


@pytest.fixture
def known(database: Path, runner: asyncio.Runner) -> Iterator[Known]:
    """Yields a function that returns the caller whom the service determines for a token."""
    with guarding(database, runner) as guard:

        def known(shown: CreatedToken | str) -> Caller:
            secret = shown if isinstance(shown, str) else shown.secret
            return runner.run(guard.reader(f"Bearer {secret}".encode()))

        yield known


def create(database: Path, new: NewToken = CI) -> CreatedToken:
    with token_transaction(database_of(database)) as connection:
        return create_token(connection, new)


def revoke(database: Path, id: int) -> None:
    with token_transaction(database_of(database)) as connection:
        revoke_token(connection, id)


def states(database: Path) -> list[tuple[str, TokenState]]:
    with token_transaction(database_of(database)) as connection:
        return [(token.name, token.state) for token in list_tokens(connection)]


# --- making -------------------------------------------------------------------------------------


def test_token_is_long_random_and_known_by_its_beginning(database: Path) -> None:
    secrets = {
        create(database, NewToken(f"ci {number}", Role.READER)).secret for number in range(5)
    }
    assert len(secrets) == 5
    assert all(re.fullmatch("allygraph_[A-Za-z0-9_-]{43}", secret) for secret in secrets)


def test_digest_alone_is_kept(database: Path) -> None:
    created = create(database)
    assert rows(database, "SELECT digest FROM token") == [
        (hashlib.sha256(created.secret.encode()).hexdigest(),)
    ]
    assert created.secret.removeprefix("allygraph_") not in repr(everything(database))


@pytest.mark.sqlite
def test_secret_is_nowhere_in_the_file(database: Path) -> None:
    secret = create(database).secret.removeprefix("allygraph_").encode()
    with connected(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert secret not in database.read_bytes()


def test_created_token_is_returned_as_it_is_stored(database: Path) -> None:
    created = create(database, NewToken("ci", Role.EDITOR, "2999-12-31T23:59:59Z"))
    with token_transaction(database_of(database)) as connection:
        (kept,) = list_tokens(connection)
    assert created.kept == kept
    assert (kept.id, kept.name, kept.role) == (1, "ci", "editor")
    assert (kept.expires_at, kept.revoked_at) == ("2999-12-31T23:59:59Z", None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", kept.created_at)


def test_name_of_a_living_token_is_taken(database: Path) -> None:
    create(database)
    with pytest.raises(InvalidRecord, match="An active token has the name 'ci'") as refused:
        create(database, NewToken("ci", Role.ADMIN))
    assert [(p.path, p.code) for p in refused.value.problems] == [(("name",), "DUPLICATE")]
    assert states(database) == [("ci", TokenState.ACTIVE)]


def test_name_of_a_revoked_token_is_free(database: Path) -> None:
    revoke(database, create(database).kept.id)
    create(database)
    assert states(database) == [("ci", TokenState.REVOKED), ("ci", TokenState.ACTIVE)]


def test_name_of_an_expired_token_is_free(database: Path) -> None:
    create(database, NewToken("ci", Role.EDITOR, now()))
    create(database)
    assert states(database) == [("ci", TokenState.EXPIRED), ("ci", TokenState.ACTIVE)]


def test_of_concurrent_creations_of_the_same_token_one_succeeds(database: Path) -> None:
    def attempt(_: int) -> bool:
        try:
            create(database)
        except InvalidRecord:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(8))) == 1
    assert states(database) == [("ci", TokenState.ACTIVE)]


# --- using and ending ---------------------------------------------------------------------------


def test_made_token_is_known_at_once(database: Path, known: Known) -> None:
    created = create(database)
    assert known(created) == ("ci", Role.EDITOR)


def test_revoked_token_is_refused_at_once(database: Path, known: Known) -> None:
    created = create(database)
    known(created)
    revoke(database, created.kept.id)
    with pytest.raises(InvalidToken, match="was revoked"):
        known(created)


def test_token_beyond_its_end_is_refused(database: Path, known: Known) -> None:
    created = create(database, NewToken("ci", Role.EDITOR, now()))
    with pytest.raises(InvalidToken, match="has expired"):
        known(created)


def test_similar_token_is_unknown(database: Path, known: Known) -> None:
    secret = create(database).secret
    last = "A" if secret[-1] != "A" else "B"
    with pytest.raises(InvalidToken, match="Unknown token"):
        known(f"{secret[:-1]}{last}")


def test_token_is_revoked_once(database: Path) -> None:
    id = create(database).kept.id
    with token_transaction(database_of(database)) as connection:
        first = revoke_token(connection, id)
    change(database, "UPDATE token SET revoked_at = '2026-01-01T00:00:00Z'")
    with token_transaction(database_of(database)) as connection:
        second = revoke_token(connection, id)
    assert first.state is TokenState.REVOKED
    assert second.revoked_at == "2026-01-01T00:00:00Z"


def test_revoking_one_token_leaves_the_others(database: Path, known: Known) -> None:
    other = create(database, NewToken("other", Role.READER))
    revoke(database, create(database).kept.id)
    assert known(other).name == "other"


def test_unknown_token_can_not_be_revoked(database: Path) -> None:
    with pytest.raises(NotFound, match="There is no token 7"):
        revoke(database, 7)


def test_tokens_are_no_revision_of_the_data(database: Path) -> None:
    revoke(database, create(database).kept.id)
    assert rows(database, "SELECT max(number) FROM revision") == [(0,)]


@pytest.mark.sqlite
def test_database_that_is_gone_is_not_created_again(database: Path) -> None:
    database.unlink()
    with pytest.raises(DatabaseUnavailable, match=r"The database .*copy\.db"):
        create(database)
    assert not database.exists()


@pytest.mark.postgresql
def test_database_that_is_dropped_is_reported(database: Path) -> None:
    drop_database(url_of(database))
    with pytest.raises(DatabaseUnavailable, match="does not exist; create it with `createdb`"):
        create(database)


@pytest.mark.sqlite
def test_digest_is_found_by_its_index(database: Path) -> None:
    statement = token_by_digest(database_of(database).dialect)
    ((*_, step),) = rows(database, f"EXPLAIN QUERY PLAN {statement.sql}", "")
    assert "SEARCH" in step
    assert "digest=?" in step


@pytest.mark.postgresql
def test_digest_is_found_by_its_index_on_postgresql(database: Path) -> None:
    statement = token_by_digest(database_of(database).dialect)
    with connected(database) as connection:
        # PostgreSQL would otherwise scan so small a table.
        connection.execute("SET enable_seqscan = off")
        found = RawCursor(connection).execute(f"EXPLAIN {statement.sql}", [""]).fetchall()
    steps = "\n".join(step for (step,) in found)
    assert "Index Scan" in steps
    assert "Index Cond: (digest = " in steps


# --- names, roles and expiries ------------------------------------------------------------------


def given(**fields: Any) -> dict[str, Any]:
    return {"name": "ci", "role": "editor"} | fields


def end_of(expires: str) -> datetime:
    end = read_new_token(given(expires=expires)).expires_at
    assert end is not None
    return datetime.strptime(end, "%Y-%m-%dT%H:%M:%S%z")


SPANS = {"12h": 12, "1d": 24, "90d": 90 * 24, "4w": 4 * 7 * 24, "99999w": 99999 * 7 * 24}


@pytest.mark.parametrize(("expires", "hours"), SPANS.items(), ids=SPANS)
def test_span_begins_now(expires: str, hours: int) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    end = end_of(expires)
    assert before <= end - timedelta(hours=hours) <= datetime.now(UTC)


def test_day_ends_with_its_last_second() -> None:
    assert end_of("2999-12-31") == datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_token_without_an_end_has_none() -> None:
    assert read_new_token(given()).expires_at is None
    assert read_new_token(given(expires=None)).expires_at is None


def test_blanks_around_a_name_are_dropped() -> None:
    assert read_new_token(given(name=" Kyiv desk ")) == NewToken("Kyiv desk", Role.EDITOR)


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name", "MISSING"),
    ({"name": "  "}, "name", "MISSING"),
    ({"name": None}, "name", "MISSING"),
    ({"name": 7}, "name", "MISSING"),
    ({"name": "a" * 201}, "name", "TOO_LONG"),
    ({"name": "a\nb"}, "name", "BAD_CHARACTER"),
    ({"name": "a\x1b[31mb"}, "name", "BAD_CHARACTER"),
    ({"name": "a\u202eb"}, "name", "BAD_CHARACTER"),
    ({"name": "a\ud800b"}, "name", "BAD_CHARACTER"),
    ({"role": None}, "role", "MISSING"),
    ({"role": "owner"}, "role", "UNKNOWN_TERM"),
    ({"role": "ADMIN"}, "role", "UNKNOWN_TERM"),
    ({"role": ["admin"]}, "role", "UNKNOWN_TERM"),
    ({"expires": ""}, "expires", "BAD_DATE"),
    ({"expires": "never"}, "expires", "BAD_DATE"),
    ({"expires": "0d"}, "expires", "BAD_DATE"),
    ({"expires": "-1d"}, "expires", "BAD_DATE"),
    ({"expires": "1y"}, "expires", "BAD_DATE"),
    ({"expires": "100000d"}, "expires", "BAD_DATE"),
    ({"expires": "١d"}, "expires", "BAD_DATE"),
    ({"expires": "2999-02-30"}, "expires", "BAD_DATE"),
    ({"expires": "2999-12"}, "expires", "BAD_DATE"),
    ({"expires": "2001-01-01"}, "expires", "BAD_DATE"),
    ({"expires": 90}, "expires", "BAD_DATE"),
    ({"admin": True}, "admin", "UNKNOWN_FIELD"),
]


@pytest.mark.parametrize(("fields", "path", "code"), REFUSED, ids=lambda part: ascii(part)[:40])
def test_bad_token_is_refused(fields: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        read_new_token(given(**fields))
    assert [(p.path, p.code) for p in refused.value.problems] == [((path,), code)]


def test_every_problem_is_reported() -> None:
    with pytest.raises(InvalidRecord) as refused:
        read_new_token({"expires": "soon", "rôle": "admin"})
    assert [p.path for p in refused.value.problems] == [
        ("rôle",),
        ("name",),
        ("role",),
        ("expires",),
    ]
