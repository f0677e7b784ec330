"""The header `Host`, of which a request has exactly one (RFC 9112, 3.2)."""

import re
from functools import lru_cache

from service.errors import MalformedBody

# A name or an address, as in a URL, and a port.
_HOST = re.compile(rb"([a-z0-9._~!$&'()*+,;=%-]*|\[[0-9a-f:.]+\])(:[0-9]*)?", re.IGNORECASE)


def host_error(headers: list[tuple[bytes, bytes]], version: str) -> MalformedBody | None:
    """What is wrong with the header; None if nothing is. HTTP/1.0 may go without."""
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) == 1:
        return None if _is_host(hosts[0]) else MalformedBody("The header Host is not a host name.")
    if not hosts and version == "1.0":
        return None
    return MalformedBody(f"The request has {len(hosts)} headers Host; send one.")


@lru_cache(maxsize=256)
def _is_host(value: bytes) -> bool:
    return _HOST.fullmatch(value) is not None
