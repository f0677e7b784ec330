"""Checks the head of a request: exactly one host, and a transfer coding that can be decoded."""

import re
from functools import lru_cache

from service.errors import MalformedBody, RequestError, UnsupportedTransferCoding

# A name or an address, as in a URL, and a port. A URL without a host gives an empty name.
_HOST = re.compile(rb"([a-z0-9._~!$&'()*+,;=%-]*|\[[0-9a-f:.]+\])(:[0-9]*)?", re.IGNORECASE)


def head_error(headers: list[tuple[bytes, bytes]], version: str) -> RequestError | None:
    """The error in the head; None if there is none."""
    hosts = []
    for name, value in headers:
        if name == b"host":
            hosts.append(value)
        elif name == b"transfer-encoding" and value.strip().lower() != b"chunked":
            # The parser decodes only the last of several codings.
            return UnsupportedTransferCoding(
                "Send the body with the transfer coding chunked alone."
            )
    return _host_error(hosts, version)


def _host_error(hosts: list[bytes], version: str) -> MalformedBody | None:
    """The error unless there is one header Host (RFC 9112, 3.2); HTTP/1.0 needs none."""
    match hosts:
        case [host]:
            return None if _is_host(host) else MalformedBody("The header Host is not a host name.")
        case []:
            return None if version == "1.0" else MalformedBody("The header Host is missing.")
        case _:
            return MalformedBody(f"The request has {len(hosts)} headers Host; send one.")


@lru_cache(maxsize=256)
def _is_host(value: bytes) -> bool:
    return _HOST.fullmatch(value) is not None
