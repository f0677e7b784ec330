"""Addresses that stand for one state of the data: what a file is cited as, and its citation."""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request

PREFIX = "/api/v1"
CITE = f"{PREFIX}/cite"

Pairs = Sequence[tuple[str, str]]


def base_of(request: Request) -> str:
    """The address of the service, without a path."""
    return f"{request.url.scheme}://{request.url.netloc}"


def as_of_address(name: str, pairs: Pairs, revision: int) -> str:
    """The path that gives the same again. `name`: what is below `/api/v1`."""
    return f"{PREFIX}/{name}?{_as_of(pairs, revision)}"


def cite_address(name: str, pairs: Pairs, revision: int) -> str:
    """The path of the citation of the same, as CSL-JSON."""
    return f"{CITE}?{_as_of([('of', name), *pairs, ('format', 'csl')], revision)}"


def citing_links(base: str, name: str, pairs: Pairs, revision: int) -> list[str]:
    """Links (RFC 8288) to the address that gives the same again (RFC 8574), and to its citation."""
    return [
        f'<{base}{as_of_address(name, pairs, revision)}>; rel="cite-as"',
        f'<{base}{cite_address(name, pairs, revision)}>; rel="describedby"',
    ]


def _as_of(pairs: Pairs, revision: int) -> str:
    again = [(key, value) for key, value in pairs if key != "asOf"]
    return urlencode([*again, ("asOf", str(revision))], safe=",")
