"""The canonical spelling of a web address, by RFC 3986.

Case, percent-encoding and dot segments are normalised as its sections 6.2.2 and 6.2.3 say.
Characters that a URI cannot contain are percent-encoded as UTF-8, and internationalised host names
become their ASCII form.
"""

import re
import unicodedata
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote_from_bytes

from schema.values.shown import shown

_DEFAULT_PORTS = {"http": 80, "https": 443}
_PORT_MOST = 65_535

# The pattern of appendix B of the RFC. White space has been refused before.
_PARTS = re.compile(
    r"(?P<scheme>[^:/?#]+)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)"
    r"(?P<query>\?[^#]*)?(?P<fragment>#.*)?"
)
_AUTHORITY = re.compile(r"(?P<host>\[[^\]]*\]|[^:\[\]]*)(?::(?P<port>[0-9]*))?", re.ASCII)
_NOT_PRINTED = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")

# A percent-escape, or any other character.
_ESCAPE_OR_CHARACTER = re.compile(r"%([0-9A-Fa-f]{2})|(.)", re.DOTALL)
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_IN_HOST = "!$&'()*+,;="
_IN_PATH = f"{_IN_HOST}:@/"
_IN_QUERY = f"{_IN_PATH}?"


def canonical_url(text: str) -> str:
    """Returns the canonical spelling of an http or https URL.

    Raises ValueError for other text, and for a URL with a user name.
    """
    parts = None if _NOT_PRINTED.search(text) else _PARTS.fullmatch(text)
    scheme = parts["scheme"].lower() if parts else ""
    if parts is None or scheme not in _DEFAULT_PORTS:
        raise ValueError(f"{shown(text)} is not an http or https URL.")
    if "@" in parts["authority"]:
        # The URL may contain a password as well, so the message does not show it.
        raise ValueError("The URL has a user name before the host; leave it out.")
    try:
        authority = _authority(scheme, parts["authority"])
    except ValueError:
        raise ValueError(f"{shown(text)} has no valid host and port.") from None
    path = _without_dots(_escaped(parts["path"], _IN_PATH))
    query = _escaped((parts["query"] or "")[1:], _IN_QUERY)
    fragment = _escaped((parts["fragment"] or "")[1:], _IN_QUERY)
    ends = f"?{query}" if parts["query"] else "", f"#{fragment}" if parts["fragment"] else ""
    return f"{scheme}://{authority}{path}{''.join(ends)}"


def _authority(scheme: str, authority: str) -> str:
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None or not parts["host"]:
        raise ValueError(authority)
    host, port = _host(parts["host"]), int(parts["port"] or _DEFAULT_PORTS[scheme])
    if port > _PORT_MOST:
        raise ValueError(authority)
    return host if port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"


def _host(host: str) -> str:
    if host.startswith("["):
        try:
            return f"[{IPv6Address(host[1:-1])}]"
        except AddressValueError:
            raise ValueError(host) from None
    if not host.isascii():
        # Imported here because most names are ASCII, and reading its tables takes time.
        import idna

        return idna.encode(host, uts46=True).decode()
    return _escaped(host, _IN_HOST).lower()


def _escaped(text: str, plain: str) -> str:
    """Escapes only the characters that must be, and a percent sign that begins no escape."""

    def escape(found: re.Match[str]) -> str:
        digits, character = found.groups()
        if digits is None:
            return character if character in plain else quote_from_bytes(character.encode(), "")
        meant = chr(int(digits, 16))
        return meant if meant in _UNRESERVED else f"%{digits.upper()}"

    return _ESCAPE_OR_CHARACTER.sub(escape, unicodedata.normalize("NFC", text))


def _without_dots(path: str) -> str:
    """Removes dot segments (section 5.2.4) from a path that begins with a slash or is empty."""
    kept: list[str] = []
    *folders, last = path.split("/")[1:] or [""]
    for segment in folders:
        if segment == "..":
            kept[-1:] = []
        elif segment != ".":
            kept.append(segment)
    if last == "..":
        kept[-1:] = []
    return "/".join(["", *kept, "" if last in (".", "..") else last])
