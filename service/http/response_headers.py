"""Response headers that belong to one request: X-Request-Id and Server-Timing."""

from service.http.asgi import REQUEST_ID, Headers
from service.request.context import RequestContext

SERVER_TIMING = b"server-timing"


def context_headers(context: RequestContext) -> Headers:
    """The headers that are never cached with an answer."""
    headers: Headers = ()
    if context.has_given_id or context.code:
        headers += ((REQUEST_ID, context.request_id.encode()),)
    if context.reports_timing:
        headers += ((SERVER_TIMING, server_timing(context)),)
    return headers


def server_timing(context: RequestContext) -> bytes:
    """The header Server-Timing: each stage in the order in which it began, in milliseconds."""
    metrics = ['cache;desc="hit"'] if context.is_from_cache else []
    seconds: dict[str, float] = {}
    for name, begun, ended in context.stages or ():
        seconds[name] = seconds.get(name, 0.0) + ended - begun
    seconds["total"] = context.seconds
    metrics += [f"{name};dur={took * 1000:.3f}" for name, took in seconds.items()]
    return ", ".join(metrics).encode()
