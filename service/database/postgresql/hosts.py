"""Checks the hosts of a URL that names several: only one of them may be a primary."""

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from service.errors import StartError

_CONNECT_SECONDS = 3
# Two hosts may be names of one server: the time at which it started shows that.
_STATE = "SELECT pg_is_in_recovery(), pg_postmaster_start_time()::text, inet_server_port()"
_NEWEST = "SELECT max(number) FROM revision"


def refuse_two_primaries(url: str, label: str) -> None:
    """Raises StartError if two of the hosts accept writes; skips hosts that can't be reached.

    After a failover the old primary may come back. A client that connects to it reads old data, and
    no client of the new primary sees what it writes.
    """
    primaries = primaries_of(url)
    if len(primaries) > 1:
        raise StartError(
            f"Of the hosts of {label}, {' and '.join(primaries)} are primaries, so their "
            "data differs. Stop the one that was replaced and let it follow the other, or remove "
            "it from ALLYGRAPH_DATABASE_URL."
        )


def primaries_of(url: str) -> list[str]:
    """Those of several hosts that accept writes, each with its revision; empty for one host."""
    primaries: dict[Any, str] = {}
    for host, conninfo in _each_host(url):
        try:
            with psycopg.connect(conninfo, autocommit=True) as connection:
                is_standby, *server = connection.execute(_STATE).fetchone() or (True,)
                if not is_standby:
                    primaries[tuple(server)] = f"{host} ({_revision(connection)})"
        except psycopg.Error:
            continue
    return list(primaries.values())


def has_several_hosts(url: str) -> bool:
    """Whether the URL names more than one host."""
    return "," in str(conninfo_to_dict(url).get("host") or "")


def _each_host(url: str) -> Iterator[tuple[str, str]]:
    parts = conninfo_to_dict(url)
    hosts = str(parts.get("host") or "").split(",")
    ports = str(parts.get("port") or "").split(",")
    if len(hosts) > 1:
        for place, host in enumerate(hosts):
            port = ports[place] if len(ports) == len(hosts) else ports[0]
            own = {"host": host, "port": port or None, "target_session_attrs": "any"}
            one: dict[str, Any] = {**parts, **own, "connect_timeout": _CONNECT_SECONDS}
            yield f"{host}:{port}" if port else host, make_conninfo(**one)


def _revision(connection: psycopg.Connection[Any]) -> str:
    try:
        ((newest,),) = connection.execute(_NEWEST).fetchall()
    except psycopg.Error:
        return "without tables"
    return f"at revision {newest}"
