"""What an answer tells of its request, to who wants to know: its id, and its Server-Timing."""

from functools import lru_cache

from service.http.asgi import HEADER_MOST, Headers, Scope
from service.observability.request_context import REQUEST_ID, RequestContext

# By this header a client asks for what an answer does not tell by itself, with commas between.
INCLUDE = b"allygraph-include"
SERVER_TIMING = b"server-timing"


@lru_cache(maxsize=64)
def words_of(included: bytes) -> frozenset[bytes]:
    """What is asked for by the header: `revision`, `timing`."""
    return frozenset(word.strip().lower() for word in included[:HEADER_MOST].split(b","))


def asks_timing(scope: Scope) -> bool:
    """Whether the client wants to know where the time goes."""
    included = dict(scope["headers"]).get(INCLUDE)
    return included is not None and b"timing" in words_of(included)


def marks(scope: Scope, exchange: RequestContext) -> Headers:
    """The headers of an answer that belong to its request, and are never kept with it."""
    found: Headers = ()
    if exchange.is_named or exchange.code:
        found += ((REQUEST_ID, exchange.request_id.encode()),)
    if exchange.stages is not None and asks_timing(scope):
        found += ((SERVER_TIMING, server_timing(exchange)),)
    return found


def server_timing(exchange: RequestContext) -> bytes:
    """The header Server-Timing: each stage in the order in which it began, in milliseconds."""
    told = ['cache;desc="hit"'] if exchange.is_from_cache else []
    seconds: dict[str, float] = {}
    for name, begun, ended in exchange.stages or ():
        seconds[name] = seconds.get(name, 0.0) + ended - begun
    seconds["total"] = exchange.seconds
    told += [f"{name};dur={took * 1000:.3f}" for name, took in seconds.items()]
    return ", ".join(told).encode()
