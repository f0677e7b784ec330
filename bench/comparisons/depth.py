"""Pages far down, reached by their cursors: do they cost more than the first page?"""

from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from bench.errors import BenchError
from bench.servers import Server
from bench.workloads import body
from bench.wrk import Load

DEEP_PAGE = 10_000
PAGE_SIZE = 10
_STRIDE = 500

# The name of each sort order, and its argument.
ORDERS = {"by id": "", "by date": ", orderBy: {startedOn: DESC}"}


@dataclass(frozen=True)
class Pages:
    """The first page of an order and one far down."""

    name: str
    first: Load
    deep: Load


def pages(server: Server) -> Iterator[Pages]:
    """The pages of each sort order."""
    for name, order in ORDERS.items():
        cursor = _cursor_behind(server, order, (DEEP_PAGE - 1) * PAGE_SIZE)
        yield Pages(
            f"page 1 / page {DEEP_PAGE:,}, {name}",
            Load(f"page 1 {name}", server.url, [_page(order, None)]),
            Load(f"page {DEEP_PAGE:,} {name}", server.url, [_page(order, cursor)]),
        )


def _page(order: str, after: str | None) -> bytes:
    document = f"""
    query Deep($after: String) {{
      supports(first: {PAGE_SIZE}, after: $after{order}) {{
        edges {{ cursor node {{ id kind phase summary startedOn supporter {{ slug name }} }} }}
        pageInfo {{ hasNextPage endCursor }}
      }}
    }}
    """
    return body(document, {"after": after})


def _cursor_behind(server: Server, order: str, count: int) -> str | None:
    """The cursor of record number `count`. Cursors are opaque, so it pages there."""
    document = f"""
    query Walk($first: Int!, $after: String) {{
      supports(first: $first, after: $after{order}) {{ pageInfo {{ endCursor }} }}
    }}
    """
    cursor = None
    while count:
        step = min(count, _STRIDE)
        status, response = server.send(body(document, {"first": step, "after": cursor}))
        if status != 200:
            raise BenchError(f"{server.name} returns {status} {response[:200]!r} while paging.")
        cursor = orjson.loads(response)["data"]["supports"]["pageInfo"]["endCursor"]
        count -= step
    return cursor
