"""Addresses that name one state of the data: the address to cite a file by, and its citation."""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request

PREFIX = "/api/v1"
CITE = f"{PREFIX}/cite"

Pairs = Sequence[tuple[str, str]]


def base_of(request: Request) -> str:
    """Returns the address of the service, without a path."""
    return f"{request.url.scheme}://{request.url.netloc}"


def as_of_address(name: str, pairs: Pairs, revision: int) -> str:
    """Returns the path that repeats a query at a revision. `name`: the path below `/api/v1`."""
    return f"{PREFIX}/{name}?{_as_of(pairs, revision)}"


def cite_address(name: str, pairs: Pairs, revision: int) -> str:
    """Returns the path of the query's citation, as CSL-JSON."""
    return f"{CITE}?{_as_of([('of', name), *pairs, ('format', 'csl')], revision)}"


def citing_links(base: str, name: str, pairs: Pairs, revision: int) -> list[str]:
    """Returns links (RFC 8288) to the address to cite (RFC 8574), and to the citation."""
    return [
        f'<{base}{as_of_address(name, pairs, revision)}>; rel="cite-as"',
        f'<{base}{cite_address(name, pairs, revision)}>; rel="describedby"',
    ]


def _as_of(pairs: Pairs, revision: int) -> str:
    again = [(key, value) for key, value in pairs if key != "asOf"]
    return urlencode([*again, ("asOf", str(revision))], safe=",")
