"""The rate limit of one client: the last allowed request succeeds, the next is refused."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.errors import TooManyRequests
from service.http.client_identity import Clients
from service.http.middleware.rate_limit import RateLimiter
from tests.http.application import DOORS, Service, code_of, service
from tests.stores import copy_of, database_of

LIMIT = 20


@pytest.fixture
def limited(seeded: Path, runner: asyncio.Runner) -> Iterator[Service]:
    with service(seeded, runner, requests_per_minute=LIMIT) as running:
        yield running


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_last_request_of_a_minute_is_answered_and_the_next_is_not(
    limited: Service, door: dict[str, Any]
) -> None:
    assert limited.statuses(LIMIT + 1, door) == [200] * LIMIT + [429]


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_refused_client_gets_the_reason_and_the_time_to_wait(
    limited: Service, door: dict[str, Any]
) -> None:
    limited.statuses(LIMIT, door)
    refused = limited.send(**door)
    assert code_of(refused) == "TOO_MANY_REQUESTS"
    assert refused.headers["ratelimit-policy"] == f'"client";q={LIMIT};w=60'
    seconds = refused.headers["retry-after"]
    assert 1 <= int(seconds) <= 63
    assert refused.headers["ratelimit"] == f'"client";r=0;t={seconds}'


def test_all_doors_count_together(limited: Service) -> None:
    for door in DOORS.values():
        limited.statuses(LIMIT // 2, door)
    assert limited.statuses(1, DOORS["REST"]) == [429]


def test_others_are_answered_meanwhile(limited: Service) -> None:
    limited.statuses(LIMIT + 1, DOORS["REST"])
    assert limited.is_well(client="192.0.2.2")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_health_checks_are_not_counted(limited: Service, path: str) -> None:
    limited.statuses(LIMIT + 1, DOORS["REST"])
    assert limited.send("GET", path).status_code == 200


def test_addresses_of_one_network_are_one_client(limited: Service) -> None:
    limited.statuses(LIMIT, DOORS["REST"], client="2001:db8:1:2::1")
    assert limited.statuses(1, DOORS["REST"], client="2001:db8:1:2:ffff::9") == [429]
    assert limited.statuses(1, DOORS["REST"], client="2001:db8:1:3::1") == [200]


def test_address_of_ipv4_is_the_same_over_ipv6(limited: Service) -> None:
    limited.statuses(LIMIT, DOORS["REST"], client="192.0.2.7")
    assert limited.statuses(1, DOORS["REST"], client="::ffff:192.0.2.7") == [429]


def test_a_limit_of_0_counts_no_client(seeded: Path, runner: asyncio.Runner) -> None:
    with service(seeded, runner, requests_per_minute=0) as running:
        assert running.app.edge is running.app


class TestTokens:
    """A client with a token of the service is counted by its token."""

    @pytest.fixture
    def database(self, seeded: Path, tmp_path: Path) -> Path:
        return copy_of(seeded, tmp_path)

    @pytest.fixture
    def limited(self, database: Path, runner: asyncio.Runner) -> Iterator[Service]:
        with service(database, runner, requests_per_minute=LIMIT) as running:
            yield running

    @pytest.fixture
    def shown(self, database: Path) -> dict[str, str]:
        with token_transaction(database_of(database)) as connection:
            secret = create_token(connection, NewToken("ada", Role.READER)).secret
        return {"authorization": f"Bearer {secret}"}

    def test_token_that_is_known_has_an_allowance_of_its_own(
        self, limited: Service, shown: dict[str, str]
    ) -> None:
        limited.statuses(1, DOORS["REST"], headers=shown)
        limited.statuses(LIMIT, DOORS["REST"])
        assert limited.statuses(1, DOORS["REST"]) == [429]
        assert limited.statuses(LIMIT, DOORS["REST"], headers=shown) == [200] * LIMIT
        assert limited.statuses(1, DOORS["REST"], headers=shown) == [429]

    def test_token_has_one_allowance_wherever_it_is_shown(
        self, limited: Service, shown: dict[str, str]
    ) -> None:
        limited.statuses(1 + LIMIT, DOORS["REST"], headers=shown)
        elsewhere = limited.statuses(1, DOORS["REST"], headers=shown, client="192.0.2.9")
        assert elsewhere == [429]

    def test_made_up_tokens_count_for_the_address(self, limited: Service) -> None:
        tokens = [f"Bearer allygraph_{place:043}" for place in range(LIMIT + 1)]
        answers = [
            limited.send(**DOORS["REST"], headers={"authorization": token}) for token in tokens
        ]
        assert [answer.status_code for answer in answers] == [401] * LIMIT + [429]


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        # A second after the start of a minute.
        self.now = 1_800_000_001.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def accepts(limiter: RateLimiter, client: str = "a") -> bool:
    try:
        limiter.check(client)
    except TooManyRequests:
        return False
    return True


def accepted(limiter: RateLimiter, times: int) -> int:
    """Returns how many of these requests are allowed."""
    return sum(accepts(limiter) for _ in range(times))


class TestRateLimiter:
    """The rate limiter without the application."""

    @pytest.mark.parametrize("limit", [1, 2, 9, 10, 11, 600])
    def test_new_client_may_send_just_so_many_requests(self, clock: Clock, limit: int) -> None:
        assert accepted(RateLimiter(limit, clock), 2 * limit) == limit

    @pytest.mark.parametrize("seconds", [0, 1, 30, 58, 59])
    def test_next_minute_gives_only_what_has_left_the_window(
        self, clock: Clock, seconds: int
    ) -> None:
        limiter = RateLimiter(120, clock)
        clock.now += 58
        assert accepted(limiter, 240) == 120
        clock.now += 1 + seconds
        assert accepted(limiter, 240) == 120 * seconds // 60

    def test_client_that_stays_below_the_limit_is_never_refused(self, clock: Clock) -> None:
        limiter = RateLimiter(100, clock)
        for _ in range(10 * 99):
            limiter.check("a")
            clock.now += 60 / 99

    @pytest.mark.parametrize("limit", [1, 7, 100])
    @pytest.mark.parametrize("second", [0, 20, 58.5])
    @pytest.mark.parametrize("pause", [0, 5, 59, 61])
    def test_retry_after_is_the_first_second_at_which_there_is_room(
        self, clock: Clock, limit: int, second: float, pause: float
    ) -> None:
        limiter = RateLimiter(limit, clock)
        clock.now += second
        accepted(limiter, limit)
        clock.now += pause
        accepted(limiter, limit)
        with pytest.raises(TooManyRequests) as refused:
            limiter.check("a")
        clock.now += refused.value.retry_after - 1
        if refused.value.retry_after > 1:
            assert not accepts(limiter)
        clock.now += 1
        assert accepts(limiter)

    def test_clients_are_counted_apart(self, clock: Clock) -> None:
        limiter = RateLimiter(1, clock)
        assert [accepts(limiter, client) for client in "aba"] == [True, True, False]

    def test_after_two_quiet_minutes_all_is_forgotten(self, clock: Clock) -> None:
        limiter = RateLimiter(10, clock)
        accepted(limiter, 10)
        clock.now += 120
        assert accepted(limiter, 20) == 10

    def test_clients_beyond_the_bound_on_memory_are_not_counted(self, clock: Clock) -> None:
        limiter = RateLimiter(1, clock, max_clients=2)
        assert [accepts(limiter, client) for client in "abcabc"] == [True] * 3 + [False] * 2 + [
            True
        ]


def test_long_text_in_place_of_an_address_is_cut() -> None:
    scope = {"headers": [], "client": ("x" * 10_000, 0)}
    assert len(Clients().client_of(scope)) < 100
