"""The caller is determined by the Authorization header and the table of tokens."""

import asyncio

import pytest

from service.auth.callers import (
    ANONYMOUS_CALLER,
    Caller,
    Find,
    FoundToken,
    Guard,
    Role,
    digest_of,
    require,
)
from service.errors import Forbidden, InvalidToken, Unauthenticated
from service.settings import Settings

SECRET = b"allygraph_" + b"a" * 43
BEARER = b"Bearer " + SECRET
NOON = "2026-11-05T12:00:00Z"


def token(
    digest: str | None = None, expires_at: bytes | None = None, revoked_at: bytes | None = None
) -> FoundToken:
    found = (digest or digest_of(SECRET)).encode()
    return FoundToken(found, b"newsroom", b"editor", expires_at, revoked_at)


def who_shows(
    header: bytes | None,
    kept: FoundToken | None = None,
    read: str = "open",
    find: Find | None = None,
) -> Caller:
    """Returns the caller that a guard determines at noon, with at most one token in its table."""
    rows = {digest_of(SECRET): kept}

    async def look(digest: str) -> FoundToken | None:
        return rows.get(digest)

    guard = Guard(Settings(read=read), find or look, clock=lambda: NOON)
    return asyncio.run(guard.reader(header))


async def never(_: str) -> None:
    raise AssertionError("Nothing is to be looked up.")


def test_token_names_its_caller() -> None:
    assert who_shows(BEARER, token()) == Caller("newsroom", Role.EDITOR)


@pytest.mark.parametrize("scheme", [b"bearer ", b"BEARER ", b"Bearer   "])
def test_scheme_is_written_in_any_case(scheme: bytes) -> None:
    assert who_shows(scheme + SECRET, token()).name == "newsroom"


def test_without_a_header_no_token_is_looked_up() -> None:
    assert who_shows(None, find=never) is ANONYMOUS_CALLER


def test_reading_that_needs_a_token_is_refused_without_one() -> None:
    with pytest.raises(Unauthenticated, match="requires a token with the role reader") as refused:
        who_shows(None, read="token", find=never)
    assert not isinstance(refused.value, InvalidToken)


def test_a_token_allows_reading_that_needs_one() -> None:
    assert who_shows(BEARER, token(), "token").name == "newsroom"


NO_TOKENS = [
    b"",
    b"Bearer",
    b"Bearer ",
    b"Bearer  ",
    SECRET,
    b"Basic " + SECRET,
    b"Bearer" + SECRET,
    b"Bearer\t" + SECRET,
    b"Bearer " + SECRET[:-1],
    b"Bearer " + SECRET + b"a",
    b"Bearer " + SECRET + b"\n",
    b"Bearer " + SECRET[:-1] + b"=",
    b"Bearer " + SECRET[:-1] + b"\xff",
    b"Bearer " + SECRET.upper(),
    BEARER + b", " + BEARER,
    b"Bearer " + b"a" * 100_000,
]


@pytest.mark.parametrize("header", NO_TOKENS, ids=lambda header: repr(header[:70]))
def test_what_is_no_token_is_refused_without_a_look(header: bytes) -> None:
    with pytest.raises(InvalidToken, match="contains no valid token"):
        who_shows(header, find=never)


def test_unknown_token_is_refused() -> None:
    with pytest.raises(InvalidToken, match="Unknown token"):
        who_shows(BEARER, None)


def test_row_of_another_token_is_refused() -> None:
    with pytest.raises(InvalidToken, match="Unknown token"):
        who_shows(BEARER, token(digest=digest_of(b"another")))


def test_revoked_token_is_refused() -> None:
    with pytest.raises(InvalidToken, match="was revoked"):
        who_shows(BEARER, token(revoked_at=b"2026-11-05T11:59:59Z"))


def test_token_is_good_until_its_last_second() -> None:
    assert who_shows(BEARER, token(expires_at=b"2026-11-05T12:00:01Z")).name == "newsroom"


def test_token_is_refused_from_its_end_on() -> None:
    with pytest.raises(InvalidToken, match="has expired"):
        who_shows(BEARER, token(expires_at=NOON.encode()))


def test_no_message_shows_the_token() -> None:
    for kept in (None, token(revoked_at=b""), token(expires_at=b"")):
        with pytest.raises(InvalidToken) as refused:
            who_shows(BEARER, kept)
        assert "aaa" not in refused.value.message


MAY = {
    Role.READER: {Role.READER},
    Role.EDITOR: {Role.READER, Role.EDITOR},
    Role.ADMIN: {Role.READER, Role.EDITOR, Role.ADMIN},
}


@pytest.mark.parametrize("needed", Role)
@pytest.mark.parametrize("role", Role)
def test_role_may_what_the_roles_before_it_may(role: Role, needed: Role) -> None:
    caller = Caller("newsroom", role)
    if needed in MAY[role]:
        require(caller, needed)
    else:
        with pytest.raises(Forbidden, match=f"'newsroom' has the role {role}; this requires"):
            require(caller, needed)


@pytest.mark.parametrize("needed", Role)
def test_without_a_token_a_caller_has_no_role(needed: Role) -> None:
    with pytest.raises(Unauthenticated, match=f"requires a token with the role {needed}"):
        require(ANONYMOUS_CALLER, needed)
