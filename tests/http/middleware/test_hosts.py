"""The accepted host names, and the proxies that are trusted for client addresses."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.errors import StartError
from service.http.middleware.cors import read_origins
from service.http.middleware.stack import MiddlewareStack, read_proxies
from service.settings import Settings
from tests.http.application import DOORS, Service, code_of, service

PROXY, OTHER_PROXY, STRANGER = "10.0.0.2", "10.0.1.7", "192.0.2.1"


@pytest.fixture(scope="module")
def named(seeded: Path, runner: asyncio.Runner) -> Iterator[Service]:
    with service(seeded, runner, hosts="example.org *.example.net [::1] 127.0.0.1") as running:
        yield running


GOOD_HOSTS = ["example.org", "EXAMPLE.ORG:443", "a.example.net", "[::1]:8000", "127.0.0.1"]
BAD_HOSTS = ["", "example.org.evil.example", "evilexample.net", "example.net", "www.example.org"]


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
class TestHosts:
    @pytest.mark.parametrize("host", GOOD_HOSTS)
    def test_service_is_asked_by_its_names(
        self, named: Service, door: dict[str, Any], host: str
    ) -> None:
        assert named.send(**door, headers={"host": host}).status_code == 200

    @pytest.mark.parametrize("host", BAD_HOSTS)
    def test_and_by_no_other(self, named: Service, door: dict[str, Any], host: str) -> None:
        answer = named.send(**door, headers={"host": host})
        assert (answer.status_code, code_of(answer)) == (421, "UNKNOWN_HOST")

    def test_any_name_is_good_where_none_is_set(
        self, seeded: Path, runner: asyncio.Runner, door: dict[str, Any]
    ) -> None:
        with service(seeded, runner) as running:
            assert running.send(**door, headers={"host": "whatever.example"}).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_health_checks_may_use_the_address(named: Service, path: str) -> None:
    assert named.send("GET", path, headers={"host": "10.1.2.3:8000"}).status_code == 200


class TestProxies:
    """Each client may send two requests, so a refusal shows which client was counted."""

    def counted(
        self, seeded: Path, runner: asyncio.Runner, asked: list[tuple[str, str]], proxies: str
    ) -> list[int]:
        """Returns the statuses of requests from these addresses, with their forwarding headers."""
        with service(seeded, runner, requests_per_minute=2, trusted_proxies=proxies) as running:
            return [
                running.send(
                    **DOORS["REST"], client=address, headers={"x-forwarded-for": said}
                ).status_code
                for address, said in asked
            ]

    def test_no_proxy_is_trusted_by_default(self, seeded: Path, runner: asyncio.Runner) -> None:
        asked = [(STRANGER, f"198.51.100.{place}") for place in range(3)]
        assert self.counted(seeded, runner, asked, "") == [200, 200, 429]

    def test_stranger_is_not_believed_where_a_proxy_is(
        self, seeded: Path, runner: asyncio.Runner
    ) -> None:
        asked = [(STRANGER, f"198.51.100.{place}") for place in range(3)]
        assert self.counted(seeded, runner, asked, PROXY) == [200, 200, 429]

    @pytest.mark.parametrize("proxies", [PROXY, f"127.0.0.1 {PROXY}", "10.0.0.0/24"])
    def test_clients_of_a_trusted_proxy_are_distinguished(
        self, seeded: Path, runner: asyncio.Runner, proxies: str
    ) -> None:
        asked = [(PROXY, f"198.51.100.{place % 2}") for place in range(6)]
        assert self.counted(seeded, runner, asked, proxies) == [200] * 4 + [429] * 2

    def test_client_of_a_trusted_proxy_can_not_pose_as_another(
        self, seeded: Path, runner: asyncio.Runner
    ) -> None:
        """The proxy appends the address it sees to the client's header."""
        asked = [(PROXY, f"198.51.100.{place}, {STRANGER}") for place in range(3)]
        assert self.counted(seeded, runner, asked, PROXY) == [200, 200, 429]

    def test_proxies_may_stand_one_behind_the_other(
        self, seeded: Path, runner: asyncio.Runner
    ) -> None:
        asked = [(PROXY, f"198.51.100.{place % 2}, {OTHER_PROXY}") for place in range(6)]
        proxies = f"{PROXY} {OTHER_PROXY}"
        assert self.counted(seeded, runner, asked, proxies) == [200] * 4 + [429] * 2


BAD_SETTINGS = {
    "every proxy": {"trusted_proxies": "*"},
    "a proxy by its name": {"trusted_proxies": "proxy"},
    "a network with an address in it": {"trusted_proxies": "10.0.0.2/24"},
    "all addresses": {"trusted_proxies": "0.0.0.0/0"},
    "all addresses of IPv6": {"trusted_proxies": "10.0.0.2 ::/0"},
    "all addresses in two halves": {"trusted_proxies": "0.0.0.0/1 10.0.0.2 128.0.0.0/1"},
    "all addresses of IPv6 in parts": {"trusted_proxies": "::/1 8000::/2 c000::/2"},
    "all addresses of IPv4 within IPv6": {"trusted_proxies": "::ffff:0:0/96"},
    "a host with its scheme": {"hosts": "https://example.org"},
    "a host with its port": {"hosts": "example.org:443"},
    "every host": {"hosts": "*"},
    "an origin without its scheme": {"cors_origins": "example.org"},
    "an origin with a path": {"cors_origins": "https://example.org/"},
    "a part of an origin": {"cors_origins": "https://*.example.org"},
    "an origin with a word as its port": {"cors_origins": "https://example.org:https"},
    "an origin as no browser writes it": {"cors_origins": "https://m\u00fcnchen.example"},
    "two origins with a comma": {"cors_origins": "https://example.org,https://example.com"},
    "pages that have no origin": {"cors_origins": "null"},
}


@pytest.mark.parametrize("bad", BAD_SETTINGS.values(), ids=BAD_SETTINGS)
def test_setting_that_can_not_be_meant_ends_the_start(bad: dict[str, Any]) -> None:
    with pytest.raises(StartError, match="ALLYGRAPH_") as refused:
        MiddlewareStack(Settings(**bad))
    assert "write" in refused.value.message


def test_half_of_all_addresses_may_be_proxies() -> None:
    assert read_proxies("10.0.0.0/8 0.0.0.0/1 fd00::/8") == ["10.0.0.0/8", "0.0.0.0/1", "fd00::/8"]


def test_origins_are_as_browsers_write_them() -> None:
    given = (
        "HTTPS://Example.org:443 http://example.org:80 https://[::1]:3000 https://example.org:80"
    )
    assert read_origins(given) == {
        "https://example.org",
        "http://example.org",
        "https://[::1]:3000",
        "https://example.org:80",
    }
