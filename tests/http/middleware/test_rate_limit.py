"""How often one client may ask: the last request that may is answered, the next one is not."""

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
from service.http.middleware.rate_limit import Rates
from tests.http.application import DOORS, Service, code_of, service
from tests.stores import copy_of, database_of

MOST = 20


class Clock:
    """Stands in for the module `time` where requests are counted."""

    def __init__(self) -> None:
        # A second after a minute has begun.
        self.now = 1_800_000_001.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for place in (
        "service.http.middleware.rate_limit",
        "limits.storage.memory",
        "limits.strategies",
    ):
        monkeypatch.setattr(f"{place}.time", clock)
    return clock


@pytest.fixture
def counted(clock: Clock, seeded: Path, runner: asyncio.Runner) -> Iterator[Service]:
    with service(seeded, runner, requests_per_minute=MOST) as running:
        yield running


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_last_request_of_a_minute_is_answered_and_the_next_is_not(
    counted: Service, door: dict[str, Any]
) -> None:
    assert counted.statuses(MOST + 1, door) == [200] * MOST + [429]


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_refused_client_is_told_why_and_when_to_come_again(
    counted: Service, clock: Clock, door: dict[str, Any]
) -> None:
    counted.statuses(MOST, door)
    clock.now += 14
    refused = counted.send(**door)
    assert code_of(refused) == "TOO_MANY_REQUESTS"
    # Until the window begins to move, and one of the 18 that it counts has left it.
    assert refused.headers["retry-after"] == "49"
    assert refused.headers["ratelimit-policy"] == f'"client";q={MOST};w=60'
    assert refused.headers["ratelimit"] == '"client";r=0;t=49'


def test_all_doors_count_together(counted: Service) -> None:
    for door in DOORS.values():
        counted.statuses(MOST // 2, door)
    assert counted.statuses(1, DOORS["REST"]) == [429]


def test_others_are_answered_meanwhile(counted: Service) -> None:
    counted.statuses(MOST + 1, DOORS["REST"])
    assert counted.is_well(client="192.0.2.2")


def test_whoever_waits_as_long_as_told_is_answered(counted: Service, clock: Clock) -> None:
    counted.statuses(MOST, DOORS["REST"])
    refused = counted.send(**DOORS["REST"])
    clock.now += int(refused.headers["retry-after"])
    assert counted.statuses(1, DOORS["REST"]) == [200]


def test_after_two_quiet_minutes_all_is_forgotten(counted: Service, clock: Clock) -> None:
    counted.statuses(MOST, DOORS["REST"])
    clock.now += 120
    assert counted.statuses(MOST + 1, DOORS["REST"]) == [200] * MOST + [429]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_who_watches_the_service_is_not_counted(counted: Service, path: str) -> None:
    counted.statuses(MOST + 1, DOORS["REST"])
    assert counted.send("GET", path).status_code == 200


def test_addresses_of_one_network_are_one_client(counted: Service) -> None:
    counted.statuses(MOST, DOORS["REST"], client="2001:db8:1:2::1")
    assert counted.statuses(1, DOORS["REST"], client="2001:db8:1:2:ffff::9") == [429]
    assert counted.statuses(1, DOORS["REST"], client="2001:db8:1:3::1") == [200]


def test_address_of_ipv4_is_the_same_over_ipv6(counted: Service) -> None:
    counted.statuses(MOST, DOORS["REST"], client="192.0.2.7")
    assert counted.statuses(1, DOORS["REST"], client="::ffff:192.0.2.7") == [429]


def test_nobody_is_counted_where_the_number_is_0(seeded: Path, runner: asyncio.Runner) -> None:
    with service(seeded, runner, requests_per_minute=0) as running:
        assert running.app.edge is running.app


class TestTokens:
    """Who shows a token of the service is known by it."""

    @pytest.fixture
    def database(self, seeded: Path, tmp_path: Path) -> Path:
        return copy_of(seeded, tmp_path)

    @pytest.fixture
    def counted(self, clock: Clock, database: Path, runner: asyncio.Runner) -> Iterator[Service]:
        with service(database, runner, requests_per_minute=MOST) as running:
            yield running

    @pytest.fixture
    def shown(self, database: Path) -> dict[str, str]:
        with token_transaction(database_of(database)) as connection:
            secret = create_token(connection, NewToken("ada", Role.READER)).secret
        return {"authorization": f"Bearer {secret}"}

    def test_token_that_is_known_has_an_allowance_of_its_own(
        self, counted: Service, shown: dict[str, str]
    ) -> None:
        counted.statuses(1, DOORS["REST"], headers=shown)
        counted.statuses(MOST, DOORS["REST"])
        assert counted.statuses(1, DOORS["REST"]) == [429]
        assert counted.statuses(MOST, DOORS["REST"], headers=shown) == [200] * MOST
        assert counted.statuses(1, DOORS["REST"], headers=shown) == [429]

    def test_token_has_one_allowance_wherever_it_is_shown(
        self, counted: Service, shown: dict[str, str]
    ) -> None:
        counted.statuses(1 + MOST, DOORS["REST"], headers=shown)
        elsewhere = counted.statuses(1, DOORS["REST"], headers=shown, client="192.0.2.9")
        assert elsewhere == [429]

    def test_made_up_tokens_count_for_the_address(self, counted: Service) -> None:
        tokens = [f"Bearer allygraph_{place:043}" for place in range(MOST + 1)]
        answers = [
            counted.send(**DOORS["REST"], headers={"authorization": token}) for token in tokens
        ]
        assert [answer.status_code for answer in answers] == [401] * MOST + [429]


class TestRates:
    """What is counted, without the application."""

    def let_through(self, rates: Rates, times: int, client: str = "a") -> int:
        count = 0
        for _ in range(times):
            try:
                rates.check(client)
                count += 1
            except TooManyRequests:
                pass
        return count

    @pytest.mark.parametrize("most", [1, 2, 9, 10, 11, 600])
    def test_new_client_may_ask_just_so_often(self, clock: Clock, most: int) -> None:
        assert self.let_through(Rates(most), 2 * most) == most

    @pytest.mark.parametrize("second", [0, 1, 30, 58, 59])
    def test_end_of_a_minute_does_not_give_twice_as_much(self, clock: Clock, second: float) -> None:
        rates = Rates(100)
        clock.now += 58
        assert self.let_through(rates, 200) == 100
        clock.now += 1 + second
        # A tenth stays for who is quiet; of the rest as much as has moved out of the window.
        assert self.let_through(rates, 200) <= 10 + 90 * second / 60 + 1

    def test_who_stays_below_nine_tenths_is_never_refused(self, clock: Clock) -> None:
        rates = Rates(100)
        for _ in range(10 * 89):
            rates.check("a")
            clock.now += 60 / 89

    def test_crowd_takes_bounded_memory(
        self, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("service.http.middleware.rate_limit._CLIENTS_MOST", 10)
        rates = Rates(100)
        for number in range(1_000):
            rates.check(f"client {number}")
        assert len(rates._now) == 10


def test_what_is_no_address_is_cut(clock: Clock) -> None:
    scope = {"headers": [], "client": ("x" * 10_000, 0)}
    assert len(Clients().client_of(scope)) < 100
