"""Checks the URL of a PostgreSQL database, without showing any of it in error messages.

If special characters of a password are not percent-encoded, each parser of the URL cuts it at a
different wrong place, and would show part of the password as a host or as a parameter.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from service.errors import StartError

# RFC 3986, 3.2.1 and 3.2.2; several hosts are separated by commas.
_USER = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*")
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*)(?::[0-9]{1,5})?")
_QUERY = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:/?-]|%[0-9A-Fa-f]{2})*")
_ENCODE = (
    "percent-encode the special characters of its user and password, such as @ (%40), / (%2F), "
    "space (%20) and % (%25)"
)


def check_address(url: str) -> None:
    """Raises StartError, which shows no part of the URL, if it is malformed."""
    rest, _, query = url.partition("://")[2].partition("?")
    authority, _, name = rest.partition("/")
    user, _, hosts = authority.rpartition("@")
    has_at = any("@" in part for part in (user, name, query))
    if has_at or not _USER.fullmatch(user) or not all(map(_is_text, (user, name, query))):
        raise _malformed(_ENCODE)
    if not all(_HOST.fullmatch(host) for host in hosts.split(",")):
        # Without an "@" before it, this may be the beginning of a password.
        raise _malformed(f"check its host and port, and {_ENCODE}")
    if not _USER.fullmatch(name) or "/" in name:
        raise _malformed(f"check the name of the database, and {_ENCODE}")
    if not _QUERY.fullmatch(query) or not all("=" in each for each in query.split("&") if each):
        raise _malformed("check its parameters: NAME=VALUE, separated by &, percent-encoded")


# Parameters of libpq, which psycopg uses, that asyncpg neither reads nor needs, such as the
# intervals of keepalives. `connect_timeout` is passed to asyncpg separately.
_OF_LIBPQ_ONLY = frozenset(
    [
        "connect_timeout",
        "fallback_application_name",
        "gssdelegation",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "load_balance_hosts",
        "max_protocol_version",
        "min_protocol_version",
        "sslcertmode",
        "sslcompression",
        "sslkeylogfile",
        "sslsni",
        "tcp_user_timeout",
    ]
)
# Parameters that decide where, or how safely, the service connects. If asyncpg ignored them,
# queries would go elsewhere, or over a connection that the operator has ruled out.
_NOT_SUPPORTED = frozenset(
    [
        "hostaddr",
        "oauth_client_id",
        "oauth_client_secret",
        "oauth_issuer",
        "oauth_scope",
        "replication",
        "require_auth",
        "requirepeer",
        "scram_client_key",
        "scram_server_key",
        "sslcrldir",
    ]
)
# The values of libpq's parameters that asyncpg satisfies without reading them.
_OPTIONAL = {"channel_binding": ("prefer", "disable"), "gssencmode": ("prefer", "disable")}


def check_readable(url: str) -> None:
    """Raises StartError, which shows no part of the URL, if libpq can't read it."""
    try:
        conninfo_to_dict(url)
    except ProgrammingError:
        # libpq's message quotes what it can't read. The rest of the URL is checked already.
        raise _malformed("it has a parameter that PostgreSQL does not know; correct it") from None


def check_parameters(parameters: Mapping[str, str]) -> None:
    """Raises StartError for a parameter that the driver of queries does not support."""
    for name, value in parameters.items():
        if name in _NOT_SUPPORTED or value not in _OPTIONAL.get(name, (value,)):
            raise StartError(
                f"The URL of the database has the parameter {name}={value}, which the driver of "
                "queries does not support: remove it from the URL."
                if name in _OPTIONAL
                else f"The URL of the database has the parameter {name}, which the driver of "
                "queries does not support: remove it from the URL."
            )


def serving_parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters that asyncpg reads."""
    dropped = _OF_LIBPQ_ONLY | _OPTIONAL.keys()
    return {name: value for name, value in parameters.items() if name not in dropped}


def _is_text(part: str) -> bool:
    """Whether the percent-encoded characters are UTF-8, without the null character."""
    try:
        return "\0" not in unquote(part, errors="strict")
    except UnicodeDecodeError:
        return False


def _malformed(what_to_do: str) -> StartError:
    return StartError(f"The URL of the database is malformed: {what_to_do}.")
