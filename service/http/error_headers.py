"""The headers of a response with an error, besides those of every response."""

from service.errors import AllyGraphError, TooManyRequests, UnsupportedContentCoding
from service.http.asgi import Headers
from service.http.authorization import challenge
from service.http.request_body import GZIP


def error_headers(error: AllyGraphError) -> dict[str, str]:
    """Returns the headers for an error.

    They state how to authenticate (RFC 6750), when to retry, which coding to send, and the rate
    limit. The last is a draft:
    https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    """
    headers = challenge(error)
    if error.retry_after:
        headers["retry-after"] = str(error.retry_after)
    if isinstance(error, UnsupportedContentCoding):
        headers["accept-encoding"] = GZIP
    if isinstance(error, TooManyRequests):
        headers["ratelimit-policy"] = f'"client";q={error.most};w={error.window_seconds}'
        headers["ratelimit"] = f'"client";r=0;t={error.retry_after}'
    return headers


def error_pairs(error: AllyGraphError) -> Headers:
    """Returns the headers for an error in the form of a bare ASGI application."""
    return tuple((name.encode(), value.encode()) for name, value in error_headers(error).items())
