"""The URL of a PostgreSQL database: what is wrong with it, without showing any of it.

A password with special characters that are not percent-encoded is cut at the wrong place by each
reader of the URL, and part of it would be shown as a host or as an option.
"""

import re
from urllib.parse import unquote

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


def _is_text(part: str) -> bool:
    """Whether what is percent-encoded is UTF-8."""
    try:
        unquote(part, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _malformed(what_to_do: str) -> StartError:
    return StartError(f"The URL of the database is malformed: {what_to_do}.")
