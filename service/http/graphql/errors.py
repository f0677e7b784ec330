"""Errors as GraphQL has them: each with its code, and with the id of its request."""

from typing import Any

import orjson

from service.errors import AllyGraphError
from service.request.context import RequestContext


def errors_of(error: AllyGraphError, context: RequestContext | None = None) -> list[dict[str, Any]]:
    """The entries of `errors`. Notes the code in the context, if there is one."""
    details = getattr(error, "details", ()) or ({"message": error.message},)
    extensions = {"code": error.code}
    if context is not None:
        context.code = error.code
        extensions["requestId"] = context.request_id
    return [{**detail, "extensions": extensions} for detail in details]


def error_response(error: AllyGraphError, context: RequestContext | None = None) -> bytes:
    """The whole response to a request that failed."""
    return orjson.dumps({"errors": errors_of(error, context)})
